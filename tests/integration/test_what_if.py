"""Other weights than the job's: who would stand where, and how sure that is. Nothing of anybody's changes."""

from dataclasses import replace

import pytest
from sqlmodel import select

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_form
from eiassess.domain.error_estimates import NotCompared
from eiassess.domain.openings import ProfileRow
from eiassess.domain.uses import UseOfScores
from eiassess.errors import NotFoundError
from eiassess.persistence.tables import ListedScoreRecord, OpeningProfileRecord, OpeningRecord
from eiassess.services.deciding.uses import switch_off
from eiassess.services.differences.estimates import renew_estimates
from eiassess.services.hiring.opening_records import settings_of, store_settings
from eiassess.services.hiring.openings import use_form
from eiassess.services.results.bands import bands_among, bands_within
from eiassess.services.results.candidate_lists import list_candidates
from eiassess.services.results.score_groups import read_groups
from eiassess.services.results.what_if import PEOPLE_AT_MOST, WhatIf, WhyNot, get_what_if, why_not
from tests.candidates import add_many
from tests.hiring_story import NOON, Story, after, rows, standard_form, switch_on
from tests.integration.test_error_estimates import hand_in
from tests.integration.test_uneven_sittings import uneven_ratings

NAMES = [f"{letter} Nora" for letter in "zyxwvutsrqponmlkjihgfedcba"]
ALL = tuple(dict.fromkeys(str(each.competency) for each in standard_form().form.scenarios))
ONE = {each: 3 if each == "recovery" else 0 for each in ALL}


@pytest.fixture
def scored(story: Story) -> Story:
    """26 people of whom 24 are scored, an estimate of their errors, and an opening whose scores may rank."""
    switch_on(story.database, story.opening)
    add_many(story.database, story.opening, NAMES, NOON, handed_in=24)
    assert renew_estimates(story.database, after(days=1)) == 1
    return story


def weigh(story: Story, **weights: int) -> WhatIf:
    asked = {name.replace("_", "-"): weight for name, weight in weights.items()}
    return get_what_if(story.database, story.alice, story.opening, asked)


def test_a_job_that_says_nothing_begins_with_the_overall_score_and_its_bands(scored: Story) -> None:
    found = weigh(scored)
    assert found.competencies == found.bank.model.competency_ids
    assert found.weights == found.start == dict.fromkeys(found.competencies, 1)
    assert (found.shaped_by, found.n_by_width) == ((24,), 0)
    listed = list_candidates(scored.database, scored.alice, scored.opening).bands
    assert found.before == listed
    assert listed is not None
    assert found.bands is not None
    assert found.bands.gap == pytest.approx(listed.gap)
    assert [each.n for each in found.bands.bands] == [each.n for each in listed.bands]
    for each in found.people:
        assert each.weighted is not None
        assert each.weighted.score == pytest.approx(each.overall.score)
        assert each.weighted.interval.low < each.weighted.score < each.weighted.interval.high
        assert each.band == each.weighted_band
    assert [each.name for each in found.people if each.band == 0] == sorted(
        each.name for each in found.people if each.band == 0
    )
    assert len(found.people) == 24, "who is not scored is not weighed"


def test_the_jobs_weights_are_where_one_begins(scored: Story) -> None:
    with scored.database.writing() as db:
        opening = db.get_one(OpeningRecord, scored.opening)
        profile = (ProfileRow("recovery", 3, "Much goes wrong."), ProfileRow("speaking-up", 0, "Not here."))
        store_settings(db, opening, replace(settings_of(db, opening), profile=profile))
    found = weigh(scored, speaking_up=2)
    assert {each: weight for each, weight in found.start.items() if weight} == {"recovery": 3}
    assert {each: weight for each, weight in found.weights.items() if weight} == {"recovery": 3, "speaking-up": 2}
    assert [row.reason for row in found.profile] == ["Much goes wrong.", "Not here."]


def test_one_competency_is_less_sure_and_puts_people_elsewhere(scored: Story) -> None:
    before = {table: rows(scored.database, table) for table in ("listed_score", "score", "opening_profile")}
    found = get_what_if(scored.database, scored.alice, scored.opening, ONE)
    assert found.before is not None
    assert found.bands is not None
    assert found.bands.gap > found.before.gap
    assert any(each.band != each.weighted_band for each in found.people)
    bands = bands_among([each.overall.score for each in found.people], found.bands.gap)
    as_wide = replace(found.bands, bands=bands)
    assert found.n_by_width == sum(as_wide.place_of(each.overall.score) != each.band for each in found.people) > 0
    places = [each.weighted_band for each in found.people if each.weighted_band is not None]
    assert places == sorted(places)
    assert {table: rows(scored.database, table) for table in before} == before, "nothing of anybody's is stored"


def test_bands_of_what_no_table_holds_are_those_of_the_list(scored: Story) -> None:
    with scored.database.reading() as db:
        scores = [each for each in db.exec(select(ListedScoreRecord.overall)) if each is not None]
        opening = db.get_one(OpeningRecord, scored.opening)
        for gap in (0.5, 4.0, 11.0, 500.0):
            assert bands_among(scores, gap) == bands_within(db, opening, read_groups(db, opening.id), gap)


def test_whoever_answered_unevenly_has_a_score_and_stands_in_no_band(story: Story) -> None:
    switch_on(story.database, story.opening)
    hand_in(story)
    odd = story.submitted("Odd", uneven_ratings())
    assert renew_estimates(story.database, after(days=1)) == 1
    found = weigh(story)
    (who,) = (each for each in found.people if each.session_id == odd.session_id)
    assert (who.not_compared, who.band, who.weighted_band) == (NotCompared.UNEVEN, None, None)
    assert who.weighted is not None
    compared = [each.weighted_band is not None for each in found.people]
    assert compared == sorted(compared, reverse=True), "who stands in no band stands last"


def test_with_uneven_people_too_the_same_weights_give_the_gap_and_the_bands_of_the_list(story: Story) -> None:
    switch_on(story.database, story.opening)
    hand_in(story, 11)
    for pages in (4, 5):
        story.submitted(f"Odd{pages}", uneven_ratings(pages))
    assert renew_estimates(story.database, after(days=1)) == 1
    found, listed = weigh(story), list_candidates(story.database, story.alice, story.opening)
    uneven = {each.session_id for each in listed.candidates if each.not_compared}
    assert len(uneven) > 1
    assert {each.session_id for each in found.people if each.not_compared} == uneven
    assert listed.bands is not None
    assert found.bands is not None
    assert found.bands.gap == pytest.approx(listed.bands.gap)
    assert [each.n for each in found.bands.bands] == [each.n for each in listed.bands.bands]
    assert sum(each.n for each in found.bands.bands) == 13 - len(uneven)
    assert found.n_by_width == 0


def test_who_is_uneven_is_who_the_list_says_and_intervals_are_those_that_it_draws(story: Story) -> None:
    switch_on(story.database, story.opening)
    hand_in(story)
    story.submitted("Odd", uneven_ratings())
    renew_estimates(story.database, after(days=1))
    listed = {each.session_id: each for each in list_candidates(story.database, story.alice, story.opening).candidates}
    for each in weigh(story).people:
        assert each.overall.interval == listed[each.session_id].drawn
    with story.database.writing() as db:
        for score in db.exec(select(ListedScoreRecord)):
            score.not_compared = score.drawn_low = score.drawn_high = None
    found = weigh(story).people
    assert not any(each.not_compared for each in found)
    assert found[0].overall.interval is not None, "where nothing is drawn the stored one stands"


def test_before_ten_people_were_scored_there_are_scores_and_no_bands(story: Story) -> None:
    switch_on(story.database, story.opening)
    add_many(story.database, story.opening, NAMES[:5], NOON, handed_in=5)
    found = weigh(story)
    assert (found.why_not, found.before, found.bands, found.shaped_by) == (None, None, None, (0,))
    assert [each.name for each in found.people] == sorted(NAMES[:5])
    assert all(each.weighted and each.band is None and each.weighted_band is None for each in found.people)


def test_only_where_scores_may_put_people_in_order(scored: Story) -> None:
    switch_off(scored.database, scored.alice, scored.opening, after(days=2))
    found = weigh(scored)
    assert (found.why_not, found.people, found.bands) == (WhyNot.ORDER, (), None)


def test_nobody_is_scored_or_nothing_counts(story: Story) -> None:
    switch_on(story.database, story.opening)
    assert weigh(story).why_not is WhyNot.NOBODY
    add_many(story.database, story.opening, NAMES[:2], NOON, handed_in=2)
    nothing = get_what_if(story.database, story.alice, story.opening, dict.fromkeys(ALL, 0))
    assert (nothing.why_not, nothing.people) == (WhyNot.NOTHING_COUNTS, ())


def test_a_weight_of_what_no_form_measures_is_named_and_gives_no_beginning(scored: Story) -> None:
    with scored.database.writing() as db:
        db.add(
            OpeningProfileRecord(
                opening_id=scored.opening, competency="selling", weight=3, reason="Yes.", expected_because=""
            )
        )
    found = weigh(scored)
    assert (found.starts_with_job, found.not_measured) == (False, ("selling",))
    assert found.start == dict.fromkeys(found.competencies, 1)


def test_who_sat_another_form_is_counted_and_not_weighed(scored: Story) -> None:
    with scored.database.writing() as db:
        one = db.exec(select(ListedScoreRecord)).first()
        assert one is not None
        one.not_compared = "uneven"  # they have a score as well
    use_form(scored.database, scored.opening, load_form("standard-b", (data_folder("question_banks"),)), after(days=1))
    found = weigh(scored)
    assert (found.why_not, found.n_apart) == (WhyNot.NOBODY, 24)


def test_why_people_cannot_be_weighed() -> None:
    folders = (data_folder("question_banks"),)
    rated, short = standard_form().form, load_form("short", folders).form
    one_each = replace(rated, scenarios=rated.scenarios[:1])
    use, weights = UseOfScores(key_supports=True, choice=None), {"recovery": 1}
    assert why_not(use, [rated], PEOPLE_AT_MOST, weights) is None
    assert why_not(use, [rated], PEOPLE_AT_MOST + 1, weights) is WhyNot.TOO_MANY
    assert why_not(use, [rated, short], 10, weights) is WhyNot.CHOICES
    assert why_not(use, [rated, one_each], 10, weights) is WhyNot.OVERALL_ONLY


def test_an_opening_of_others_is_not_weighed(scored: Story) -> None:
    for who, opening, saved in (
        (scored.charlie, scored.opening, None),
        (scored.alice, scored.other_opening, None),
        (scored.alice, scored.opening, "none"),
    ):
        with pytest.raises(NotFoundError):
            get_what_if(scored.database, who, opening, {}, saved)
