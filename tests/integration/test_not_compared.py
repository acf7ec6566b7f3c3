"""Who is not compared for another reason than an uneven sitting: drawn with it, and in no order, band or filter."""

from sqlmodel import select

from eiassess.domain.error_estimates import NotCompared
from eiassess.domain.formats import ResponseFormat
from eiassess.persistence.migrations import downgrade_database, upgrade_database
from eiassess.persistence.tables import ListedPartRecord, ListedScoreRecord
from eiassess.services.differences.estimates import draw_again, renew_estimates
from eiassess.services.results.candidate_lists import ListQuery, ListSort, list_candidates
from eiassess.services.results.for_recruiters import get_candidate_result
from eiassess.services.results.what_if import get_what_if
from tests.candidates import add_many
from tests.hiring_story import NOON, Story, after, rows, standard_form, switch_on
from tests.integration.test_error_estimates import ratings_near_the_key

HIGHEST_FIRST = ListQuery(ListSort.BAND, descending=True)
BEFORE = "0026"


def alike_ratings() -> list[int]:
    """Nearer the key than anybody, but all alike in the first of the two scenarios on emotions."""
    values, found = iter(ratings_near_the_key(3, noise=0.1)), []
    form = standard_form().form
    alike = next(each.id for each in form.scenarios if form.format_of(each) is ResponseFormat.RATE_EMOTIONS)
    for scenario in form.scenarios:
        own = [next(values) for _ in scenario.option_ids]
        found += [3] * len(own) if scenario.id == alike else own
    return found


def tell(story: Story) -> str:
    """Let twelve people hand in, and one whose error is not known; return the sitting of the last."""
    switch_on(story.database, story.opening)
    add_many(story.database, story.opening, [f"P{place}" for place in range(12)], NOON, handed_in=12)
    odd = story.submitted("Odd", alike_ratings()).session_id
    assert renew_estimates(story.database, after(days=1)) == 1
    return odd


def test_whoever_has_no_error_heads_no_band_and_moves_nothing(story: Story) -> None:
    odd = tell(story)
    placed = get_candidate_result(story.database, story.alice, odd).placed
    assert placed is not None
    assert placed.not_compared is NotCompared.ALIKE_WITHOUT_ONE
    found = list_candidates(story.database, story.alice, story.opening, HIGHEST_FIRST)
    scores = {row.session_id: row.overall.score for row in found.candidates if row.overall}
    assert scores[odd] == max(scores.values())
    assert {row.session_id: row.not_compared for row in found.candidates if row.not_compared} == {
        odd: NotCompared.ALIKE_WITHOUT_ONE
    }
    assert found.candidates[-1].session_id == odd, "below the others"
    assert found.summary.not_compared == {NotCompared.ALIKE_WITHOUT_ONE: 1}
    assert found.bands is not None
    others = [score for session_id, score in scores.items() if session_id != odd]
    assert found.bands.bands[0].highest == found.summary.highest == max(others)
    assert sum(band.n for band in found.bands.bands) == len(others)
    filtered = list_candidates(story.database, story.alice, story.opening, ListQuery(at_least=0))
    assert odd not in {row.session_id for row in filtered.candidates}


def test_other_weights_know_the_same_people_as_the_list(story: Story) -> None:
    odd = tell(story)
    found = get_what_if(story.database, story.alice, story.opening, {})
    listed = list_candidates(story.database, story.alice, story.opening)
    assert found.bands is not None
    assert listed.bands is not None
    assert [each.n for each in found.bands.bands] == [each.n for each in listed.bands.bands]
    assert all(each.band == each.weighted_band for each in found.people), "with all weights 1 nobody moves"
    (who,) = (each for each in found.people if each.session_id == odd)
    assert (who.not_compared, who.band, who.weighted) == (NotCompared.ALIKE_WITHOUT_ONE, None, None)
    assert found.not_compared == {NotCompared.ALIKE_WITHOUT_ONE: 1}


def test_who_was_uneven_stays_so_after_an_update_and_the_other_reasons_follow(story: Story) -> None:
    odd = tell(story)
    with story.database.writing() as db:
        uneven = db.exec(select(ListedScoreRecord).where(ListedScoreRecord.session_id != odd)).first()
        assert uneven is not None
        uneven.not_compared = "uneven"
        of_uneven = uneven.session_id
        for part in db.exec(select(ListedPartRecord).where(ListedPartRecord.session_id == of_uneven)):
            part.not_compared = "uneven"
    story.database.close()
    downgrade_database(story.database.url, BEFORE)
    kept = {row["session_id"]: bool(row["uneven"]) for row in rows(story.database, "listed_score")}
    assert [each for each, is_uneven in kept.items() if is_uneven] == [of_uneven]
    story.database.close()
    upgrade_database(story.database.url)
    for table in ("listed_score", "listed_part"):
        why = {(row["session_id"], row["not_compared"]) for row in rows(story.database, table) if row["not_compared"]}
        assert why == {(of_uneven, "uneven")}
    assert draw_again(story.database) == len(kept), "all are drawn again"
    for table in ("listed_score", "listed_part"):
        why = {(row["session_id"], row["not_compared"]) for row in rows(story.database, table) if row["not_compared"]}
        assert why == {(odd, "alike-without-one")}, "as the estimate in use says"
