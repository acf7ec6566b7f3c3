"""An opening's candidates as a list: orders, filters, the summary and pages."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from eiassess.domain.sessions import SessionState
from eiassess.domain.shown_scores import shown_score
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    ListedScoreRecord,
)
from eiassess.services.results.candidate_lists import ListQuery, ListSort, list_candidates
from eiassess.services.results.for_recruiters import get_candidate_result
from tests.answering import following_the_key
from tests.candidate_lists import A_PART, AN_AREA, names, sorted_out
from tests.candidates import add_many
from tests.hiring_story import NOON, Story


@pytest.fixture
def sorted_story(story: Story) -> Story:
    return sorted_out(story)


@pytest.mark.parametrize(
    ("sort", "up", "down"),
    [
        (ListSort.NUMBER, ["Zoe", "åsa", "bo", "Ann", "Cy"], ["Cy", "Ann", "bo", "åsa", "Zoe"]),
        (ListSort.NAME, ["Ann", "åsa", "bo", "Cy", "Zoe"], ["Zoe", "Cy", "bo", "åsa", "Ann"]),
        (ListSort.STATE, ["Zoe", "åsa", "bo", "Ann", "Cy"], ["Cy", "Ann", "Zoe", "åsa", "bo"]),
        # without a value last both ways, and equal ones by number
        (ListSort.SCORE, ["åsa", "Zoe", "bo", "Ann", "Cy"], ["Zoe", "åsa", "bo", "Ann", "Cy"]),
        (ListSort.FLAG, ["Zoe", "åsa", "Ann", "Cy", "bo"], ["bo", "Zoe", "åsa", "Ann", "Cy"]),
        (ListSort.SUBMITTED, ["Zoe", "åsa", "bo", "Ann", "Cy"], ["bo", "Zoe", "åsa", "Ann", "Cy"]),
        (ListSort.STAGE, ["Zoe", "åsa", "Ann", "Cy", "bo"], ["bo", "Zoe", "åsa", "Ann", "Cy"]),
        (ListSort.RELEASED, ["åsa", "bo", "Ann", "Cy", "Zoe"], ["Zoe", "åsa", "bo", "Ann", "Cy"]),
    ],
)
def test_every_order(sorted_story: Story, sort: ListSort, up: list[str], down: list[str]) -> None:
    assert names(sorted_story, sort=sort) == up
    assert names(sorted_story, sort=sort, descending=True) == down


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": SessionState.SUBMITTED}, ["Zoe", "åsa", "bo"]),
        ({"state": SessionState.STARTED}, ["Ann"]),
        ({"state": SessionState.INVITED}, ["Cy"]),
        ({"search": "O"}, ["Zoe", "bo"]),
        ({"search": "asa"}, ["åsa"]),
        ({"search": "Z%"}, []),
        ({"search": "_"}, []),
        ({"search": "z/oe"}, []),
        ({"search": "z\0oe"}, ["Zoe"]),
        ({"search": "cy ann"}, []),
        ({"search": "exam"}, ["Zoe", "åsa", "bo", "Ann", "Cy"]),
        ({"search": "ex"}, []),
        ({"search": "o", "state": SessionState.INVITED}, []),
        ({"stage": "interview"}, ["bo"]),
        ({"stage": "to_review", "state": SessionState.SUBMITTED}, ["Zoe", "åsa"]),
        ({"stage": "dreaming"}, []),
        ({"flagged": True}, ["bo"]),
        ({"since": NOON.date()}, ["Zoe", "åsa", "bo"]),
        ({"since": NOON.date() + timedelta(days=1)}, []),
        ({"until": NOON.date()}, ["Zoe", "åsa", "bo"]),
        ({"until": NOON.date() - timedelta(days=1)}, []),
        ({"at_least": 90.0}, ["Zoe"]),
        ({"at_most": 90.0}, ["åsa"]),
        ({"at_least": 90.0, "search": "asa"}, []),
    ],
)
def test_a_filter(sorted_story: Story, query: dict[str, object], found: list[str]) -> None:
    assert names(sorted_story, **query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"at_least": 70.0}, ["Zoe"]),
        ({"at_most": 69.0}, ["åsa"]),
        ({"at_least": 70.0, "at_most": 70.0}, ["Zoe"]),
        ({"at_least": 69.0, "at_most": 69.0}, ["åsa"]),
        ({"at_least": 69.5}, ["Zoe"]),
        ({"at_most": 69.9}, ["åsa"]),
        ({"at_least": 71.0}, []),
    ],
)
def test_a_filter_by_score_goes_by_the_number_that_the_page_shows(
    sorted_story: Story, query: dict[str, object], found: list[str]
) -> None:
    scores = {"Zoe": 69.5, "åsa": 69.4999}
    assert {name: shown_score(score) for name, score in scores.items()} == {"Zoe": "70", "åsa": "69"}
    with sorted_story.database.writing() as db:
        for candidate in db.exec(select(CandidateRecord).where(col(CandidateRecord.name).in_(scores))):
            session = select(AssessmentSessionRecord.id).where(AssessmentSessionRecord.candidate_id == candidate.id)
            listed = db.exec(select(ListedScoreRecord).where(ListedScoreRecord.session_id == db.exec(session).one()))
            listed.one().overall = scores[candidate.name]
    assert names(sorted_story, **query) == found


@pytest.mark.parametrize("part", [A_PART, AN_AREA])
def test_an_area_or_a_competency_sorts_and_is_read_with_its_interval(sorted_story: Story, part: str) -> None:
    story = sorted_story
    assert names(story, sort=ListSort.PART, part=part, descending=True) == ["Zoe", "åsa", "bo", "Ann", "Cy"]
    assert names(story, sort=ListSort.PART, part=part) == ["åsa", "Zoe", "bo", "Ann", "Cy"]
    assert names(story, sort=ListSort.PART, part="nothing") == ["Zoe", "åsa", "bo", "Ann", "Cy"]
    assert names(story, sort=ListSort.PART, part=part, flagged=True) == ["bo"]
    found = list_candidates(story.database, story.alice, story.opening, ListQuery(columns=(part,)))
    assert len(found.parts) == 2
    for session_id, listed in found.parts.items():
        result = get_candidate_result(story.database, story.alice, session_id)
        assert result.stored is not None
        interval = listed[part].interval
        assert interval is not None
        assert interval.low < listed[part].score < interval.high
        if part == A_PART:
            assert result.stored.score.competencies[part].interval == interval


def test_where_scores_may_not_rank_they_neither_sort_nor_leave_out(story: Story) -> None:
    story.submitted("Zoe", following_the_key())
    story.submitted("Ann")
    assert names(story, sort=ListSort.PART, part=A_PART, descending=True, at_least=99.9, at_most=0.0) == ["Ann", "Zoe"]


def test_the_summary_is_of_everybody_whatever_is_shown(sorted_story: Story) -> None:
    whole = list_candidates(sorted_story.database, sorted_story.alice, sorted_story.opening)
    part = list_candidates(
        sorted_story.database, sorted_story.alice, sorted_story.opening, ListQuery(state=SessionState.INVITED)
    )
    scores = [row.overall.score for row in whole.candidates if row.overall]
    assert whole.summary == part.summary
    assert (part.summary.n_all, part.summary.n_submitted, part.summary.n_set_apart) == (5, 3, 0)
    assert (part.summary.lowest, part.summary.highest) == (min(scores), max(scores))
    assert (part.n_matching, part.n_pages, part.n_before) == (1, 1, 0)


def test_one_score_alone_is_no_gap(story: Story) -> None:
    story.submitted("Casey")
    story.begun("Robin")
    summary = list_candidates(story.database, story.alice, story.opening).summary
    assert (summary.lowest, summary.highest, summary.n_submitted) == (None, None, 1)


@pytest.mark.parametrize(
    ("n", "page", "really", "n_pages", "places"),
    [
        (49, 1, 1, 1, (0, 49)),
        (50, 1, 1, 1, (0, 50)),
        (50, 2, 1, 1, (0, 50)),
        (51, 1, 1, 2, (0, 50)),
        (51, 2, 2, 2, (50, 51)),
        (51, 3, 2, 2, (50, 51)),
        (51, 0, 1, 2, (0, 50)),
        (101, 2, 2, 3, (50, 100)),
    ],
)
def test_pages(story: Story, n: int, page: int, really: int, n_pages: int, places: tuple[int, int]) -> None:
    ids = add_many(story.database, story.opening, [f"Nora {each:03}" for each in range(n)], NOON)
    found = list_candidates(story.database, story.alice, story.opening, ListQuery(page=page))
    assert (found.query.page, found.n_pages, found.n_matching, found.n_before) == (really, n_pages, n, places[0])
    assert [row.session_id for row in found.candidates] == ids[slice(*places)]


def test_nobody_is_one_empty_page(story: Story) -> None:
    found = list_candidates(story.database, story.alice, story.opening, ListQuery(page=2))
    assert (found.candidates, found.n_pages, found.query.page, found.n_matching) == ((), 1, 1, 0)
