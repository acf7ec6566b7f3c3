"""Bands of a list: whoever lies within the gap of the highest, then the same from the next highest on."""

from collections.abc import Collection
from statistics import median

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from eiassess.domain.error_estimates import NotCompared
from eiassess.persistence.tables import ListedPartRecord, ListedScoreRecord, OpeningRecord
from eiassess.scoring.differences.in_general import gap_needed
from eiassess.services.differences.estimates import newest_estimate, renew_estimates
from eiassess.services.differences.sittings import ScoresOf
from eiassess.services.results.bands import Bands, bands_within, read_bands
from eiassess.services.results.candidate_lists import ListQuery, ListSort, list_candidates
from eiassess.services.results.for_recruiters import get_candidate_result
from eiassess.services.results.list_queries import BY_SCORES
from eiassess.services.results.score_groups import ScoreGroup, read_groups
from tests.candidates import add_many
from tests.hiring_story import NOON, Story, after, standard_form, switch_on

NAMES = [f"{letter} Nora" for letter in "zyxwvutsrqponmlkjihgfedcba"]


@pytest.fixture
def scored(story: Story) -> Story:
    """26 people of whom 24 are scored, an estimate of their errors, and an opening whose scores may rank."""
    switch_on(story.database, story.opening)
    add_many(story.database, story.opening, NAMES, NOON, handed_in=24)
    assert renew_estimates(story.database, after(days=1)) == 1
    return story


def overall(story: Story) -> dict[str, float]:
    with story.database.reading() as db:
        found = db.exec(select(ListedScoreRecord.session_id, ListedScoreRecord.overall)).all()
    return {session_id: score for session_id, score in found if score is not None}


def bands_of(story: Story) -> Bands:
    bands = list_candidates(story.database, story.alice, story.opening).bands
    assert bands is not None
    return bands


def by_hand(scores: list[float], gap: float) -> list[tuple[float, int]]:
    """Make bands as the rule says, without a database."""
    bands = []
    while scores:
        near = [score for score in scores if score > max(scores) - gap]
        bands.append((max(scores), len(near)))
        scores = [score for score in scores if score not in near]
    return bands


def test_the_gap_is_that_of_the_lists_median_for_two_people(scored: Story) -> None:
    loaded, scores = standard_form(), sorted(overall(scored).values())
    with scored.database.reading() as db:
        estimate = newest_estimate(db, ScoresOf(loaded.form.digest, loaded.key.digest, simulated=False))
    assert estimate is not None
    assert len(scores) % 2 == 0, "the median lies between two"
    middle = (scores[len(scores) // 2 - 1] + scores[len(scores) // 2]) / 2
    assert bands_of(scored).gap == pytest.approx(gap_needed(estimate, middle))
    assert bands_of(scored).estimates == (estimate,)


@pytest.mark.parametrize("gap", [0.5, 4.0, 11.0, 500.0])
def test_bands_are_those_near_the_highest_then_the_same_from_the_next(scored: Story, gap: float) -> None:
    with scored.database.reading() as db:
        opening = db.get_one(OpeningRecord, scored.opening)
        found = bands_within(db, opening, read_groups(db, opening.id), gap)
    assert [(band.highest, band.n) for band in found] == by_hand(list(overall(scored).values()), gap)


def test_a_list_stands_band_by_band_and_by_name_within(scored: Story) -> None:
    found = bands_of(scored)
    assert [(band.highest, band.n) for band in found.bands] == by_hand(list(overall(scored).values()), found.gap)
    assert len(found.bands) > 1
    rows = list_candidates(scored.database, scored.alice, scored.opening, ListQuery(ListSort.BAND, descending=True))
    scores = overall(scored)
    places = [found.place_of(scores[row.session_id]) for row in rows.candidates if row.session_id in scores]
    assert places == sorted(places, key=lambda place: -1 if place is None else place)
    names = [(place, row.name) for place, row in zip(places, rows.candidates, strict=False)]
    assert names == sorted(names), "by name within a band"
    assert [row.name for row in rows.candidates[len(scores) :]] == ["b Nora", "a Nora"], "without a score last"
    turned = list_candidates(scored.database, scored.alice, scored.opening, ListQuery(ListSort.BAND, by_name=False))
    assert [found.place_of(scores[row.session_id]) for row in turned.candidates[: len(scores)]] == places[::-1]
    assert found.place_of(-1000.0) is None


def test_the_way_to_the_next_follows_bands(scored: Story) -> None:
    query = ListQuery(ListSort.BAND, descending=True)
    rows = list_candidates(scored.database, scored.alice, scored.opening, query).candidates
    place = get_candidate_result(scored.database, scored.alice, rows[1].session_id, query).place
    assert place is not None
    assert (place.place, place.previous and place.previous.session_id) == (2, rows[0].session_id)


def test_where_scores_may_not_rank_there_is_a_gap_and_no_band(story: Story) -> None:
    add_many(story.database, story.opening, NAMES, NOON, handed_in=24)
    assert list_candidates(story.database, story.alice, story.opening).bands is None, "no estimate yet"
    renew_estimates(story.database, after(days=1))
    found = list_candidates(story.database, story.alice, story.opening, ListQuery(ListSort.BAND, descending=True))
    assert found.bands is not None
    assert (found.bands.bands, found.bands.place_of(80.0), found.sort_refused) == ((), None, True)
    assert [row.name for row in found.candidates] == sorted(NAMES)


def test_of_few_nothing_is_said_and_bands_are_the_order_of_scores(story: Story) -> None:
    switch_on(story.database, story.opening)
    add_many(story.database, story.opening, NAMES[:5], NOON, handed_in=5)
    assert renew_estimates(story.database, after(days=1)) == 0
    found, by_score = (
        list_candidates(story.database, story.alice, story.opening, ListQuery(sort, descending=True))
        for sort in (ListSort.BAND, ListSort.SCORE)
    )
    assert (found.bands, found.candidates) == (None, by_score.candidates)


def mark(story: Story, session_ids: Collection[str], why: NotCompared = NotCompared.UNEVEN) -> None:
    """Mark people who are not compared as the night does."""
    with story.database.writing() as db:
        for table in (ListedScoreRecord, ListedPartRecord):
            db.connection().execute(
                update(table).where(col(table.session_id).in_(session_ids)).values(not_compared=why)
            )


def test_who_answered_unevenly_counts_in_no_band_and_moves_none(scored: Story) -> None:
    scores = overall(scored)
    by_score = sorted(scores, key=lambda session_id: -scores[session_id])
    odd = [by_score[0], by_score[5]]
    mark(scored, odd)
    found, others = bands_of(scored), [scores[each] for each in by_score if each not in odd]
    assert [(band.highest, band.n) for band in found.bands] == by_hand(others, found.gap)
    with scored.database.reading() as db:
        loaded = standard_form()
        estimate = newest_estimate(db, ScoresOf(loaded.form.digest, loaded.key.digest, simulated=False))
    assert estimate is not None
    assert found.gap == pytest.approx(gap_needed(estimate, median(others)))
    summary = list_candidates(scored.database, scored.alice, scored.opening).summary
    assert (summary.not_compared, summary.n_set_apart) == ({NotCompared.UNEVEN: 2}, 0)
    assert (summary.lowest, summary.highest) == (min(others), max(others))


@pytest.mark.parametrize("sort", sorted(BY_SCORES))
@pytest.mark.parametrize("descending", [False, True])
def test_in_an_order_by_scores_they_stand_below_the_others_by_number(
    scored: Story,
    sort: ListSort,
    descending: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    query = ListQuery(sort, descending=descending, part="recovery" if sort is ListSort.PART else "")
    before = [
        row.session_id for row in list_candidates(scored.database, scored.alice, scored.opening, query).candidates
    ]
    scores = overall(scored)
    odd = sorted(scores, key=lambda session_id: -scores[session_id])[:3]
    mark(scored, odd)
    rows = list_candidates(scored.database, scored.alice, scored.opening, query).candidates
    apart = rows[len(scores) - len(odd) : len(scores)]
    assert {row.session_id for row in apart} == set(odd)
    assert [row.number for row in apart] == sorted(row.number for row in apart)
    assert [row.session_id for row in rows if row.not_compared] == [row.session_id for row in apart]
    assert [row.session_id for row in rows[len(scores) :]] == before[len(scores) :]
    if sort is not ListSort.BAND:  # whose bands begin elsewhere without them
        assert [row.session_id for row in rows if not row.not_compared] == [each for each in before if each not in odd]
    for row in rows:
        place = get_candidate_result(scored.database, scored.alice, row.session_id, query).place
        assert place is not None
        assert rows[place.place - 1].session_id == row.session_id


def test_a_filter_by_score_is_of_scores_that_compare(scored: Story) -> None:
    odd = next(iter(overall(scored)))
    mark(scored, [odd])
    found = list_candidates(scored.database, scored.alice, scored.opening, ListQuery(at_least=0))
    assert found.n_matching == len(overall(scored)) - 1
    assert odd not in {row.session_id for row in found.candidates}


def test_where_all_answered_unevenly_nothing_is_said_of_scores(scored: Story) -> None:
    mark(scored, overall(scored))
    found = list_candidates(scored.database, scored.alice, scored.opening, ListQuery(ListSort.BAND, descending=True))
    assert (found.bands, found.summary.not_compared, found.summary.highest) == (None, {NotCompared.UNEVEN: 24}, None)
    assert [row.number for row in found.candidates] == list(range(1, 27))


def test_a_form_of_whose_people_nobody_is_compared_needs_no_estimate(scored: Story) -> None:
    other = ScoreGroup("other", "no form", "no key", "", 0, None, None, {NotCompared.UNEVEN: 1})
    with scored.database.reading() as db:
        opening = db.get_one(OpeningRecord, scored.opening)
        groups = read_groups(db, opening.id)
        assert read_bands(db, opening, [*groups, other], may_rank=True) == read_bands(
            db, opening, groups, may_rank=True
        )
