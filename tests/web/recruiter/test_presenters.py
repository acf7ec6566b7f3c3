"""Words and places of a recruiter's pages, each at its boundary, without a browser or a database."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from eiassess.domain.scores import Interval, ScoreEstimate
from eiassess.domain.sessions import HandedInBy, SessionState, WithdrawnBy
from eiassess.scoring.comparing import Apart
from eiassess.services.results.candidate_lists import ListQuery, ListSort
from eiassess.services.results.candidate_rows import CandidateRow
from eiassess.web.recruiter.blind import own_path
from eiassess.web.recruiter.candidate.scenarios import _time
from eiassess.web.recruiter.list_addresses import nameless, parameters_of, read_list_query, sorted_by
from eiassess.web.recruiter.openings.presenters import why_set_apart
from eiassess.web.recruiter.pictures import interval_picture, rating_picture
from eiassess.web.recruiter.words import distinct_names, state_in_words

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def row(number: int, name: str, state: SessionState = SessionState.SUBMITTED, n_answered: int = 16) -> CandidateRow:
    return CandidateRow(
        session_id=f"s{number}", number=number, name=name, state=state, n_answered=n_answered, n_scenarios=16,
        overall=None, not_scored=(), flagged=False, submitted_at=NOON, released=False, simulated=False,
        form_label="Form, version 1", apart=(),
    )  # fmt: skip


def test_two_of_one_name_get_their_numbers_and_nobody_else() -> None:
    rows = [row(1, "Nora"), row(7, "Nora"), row(12, "Ida")]
    assert distinct_names(rows, blind=False) == {"s1": "Nora (01)", "s7": "Nora (07)", "s12": "Ida"}
    assert distinct_names(rows, blind=True)["s12"] == "Candidate 12"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SessionState.INVITED, "Not begun"),
        (SessionState.STARTED, "3 of 16 done"),
        (SessionState.SUBMITTED, "Handed in"),
    ],
)
def test_how_far_somebody_is(state: SessionState, words: str) -> None:
    assert state_in_words(row(1, "Nora", state, 3)) == words


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        ((), ""),
        ((Apart.FORM,), "Form, version 1"),
        ((Apart.KEY,), "scored under another key"),
        ((Apart.ENGINE,), "scored by another scoring engine"),
        (tuple(Apart), "Form, version 1, scored under another key, scored by another scoring engine"),
    ],
)
def test_what_sets_a_score_apart_is_named(apart: tuple[Apart, ...], words: str) -> None:
    assert why_set_apart(replace(row(1, "Nora"), apart=apart)) == words


def test_the_small_picture_is_cut_where_the_scale_ends() -> None:
    estimate = ScoreEstimate(100.0, 3.0, Interval(-2.0, 101.0), Interval(0.0, 75.0), 2, 8)
    found = interval_picture(estimate, Interval(-5.0, 104.0))
    assert found is not None
    assert (found.low, found.random_high, found.high, found.dot) == (0.0, 75.0, 100.0, 100.0)
    assert (found.random_low, found.band_low, found.band_high) == (0.0, None, None)
    assert interval_picture(ScoreEstimate(50.0, None, None, Interval(0.0, 75.0), 2, 8), None) is None
    assert interval_picture(None, None) is None


def test_a_rating_stands_on_its_scale_with_the_keys_value() -> None:
    found = rating_picture(6, 1.0, (1, 2, 3, 4, 5, 6))
    assert (found.rating, found.key, found.points[0], found.points[-1]) == (107.0, 5.0, 5.0, 107.0)
    assert rating_picture(None, 3.5, (1, 6)).rating is None
    assert rating_picture(None, 3.5, (1, 6)).key == 56.0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "time not known"),
        (0.4, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (60, "1 min 00 s"),
        (125, "2 min 05 s"),
        (600, "10 min 00 s"),
    ],
)
def test_a_time_in_words(seconds: float | None, words: str) -> None:
    assert _time(seconds) == words


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        (ListQuery(), {}),
        (ListQuery(page=2), {"page": "2"}),
        (ListQuery(ListSort.NUMBER, descending=True), {"sort": "number", "order": "desc"}),
        (ListQuery(ListSort.SCORE), {"sort": "score", "order": "asc"}),
        (ListQuery(state=SessionState.STARTED, search="ö &"), {"state": "started", "q": "ö &"}),
        (ListQuery(ListSort.BAND, descending=True), {"sort": "band", "order": "desc"}),
        (ListQuery(ListSort.PART, part="recovery"), {"sort": "part", "order": "asc", "part": "recovery"}),
        (ListQuery(stage="offer", flagged=True), {"stage": "offer", "flag": "yes"}),
        (
            ListQuery(since=date(2026, 11, 1), until=date(2026, 11, 30)),
            {"since": "2026-11-01", "until": "2026-11-30"},
        ),
        (ListQuery(at_least=60.5, at_most=100), {"least": "60.5", "most": "100"}),
        (ListQuery(columns=("number", "recovery")), {"columns": "number.recovery"}),
    ],
)
def test_an_address_holds_a_list_and_gives_it_back(query: ListQuery, parameters: dict[str, str]) -> None:
    assert parameters_of(query) == parameters
    assert read_list_query(parameters, blind=False) == query


@pytest.mark.parametrize(
    ("sort", "descending"),
    [
        ("number", False),
        ("name", False),
        ("state", False),
        ("score", True),
        ("flag", True),
        ("submitted", True),
        ("released", True),
    ],
)
def test_the_order_that_one_wants_first(sort: str, *, descending: bool) -> None:
    assert read_list_query({"sort": sort}, blind=False) == ListQuery(ListSort(sort), descending)
    other = ListSort.NAME if sort == "number" else ListSort.NUMBER
    asked = sorted_by(ListQuery(other, page=3), ListSort(sort))
    assert asked == ListQuery(ListSort(sort), descending)
    assert sorted_by(asked, ListSort(sort)) == ListQuery(ListSort(sort), not descending)


def test_a_search_of_200_characters_is_taken_and_more_is_cut() -> None:
    assert len(read_list_query({"q": "x" * 200}, blind=False).search) == 200
    assert len(read_list_query({"q": "x" * 201}, blind=False).search) == 200
    assert read_list_query({"q": "  a \t b "}, blind=False).search == "a b"


def test_without_the_search_an_address_leads_to_the_first_page() -> None:
    assert nameless(ListQuery(ListSort.FLAG, descending=True, search="zo", page=3)) == {"sort": "flag", "order": "desc"}
    assert nameless(ListQuery(page=3)) == {"page": "3"}


@pytest.mark.parametrize(("path", "is_own"), [("/openings/a-1_B?page=2&q=%C3%B6", True), ("/openings/a?x=/b", False)])
def test_the_way_back_is_one_of_our_addresses(path: str, *, is_own: bool) -> None:
    assert (own_path(path) == path) is is_own


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        ({"handed_in_by": HandedInBy.CANDIDATE}, "Handed in"),
        ({"handed_in_by": HandedInBy.SERVER}, "Handed in by us at the end"),
        ({"withdrawn_by": WithdrawnBy.CANDIDATE}, "Withdrew"),
        ({"withdrawn_by": WithdrawnBy.RECRUITER}, "Withdrawn by the company"),
    ],
)
def test_who_ended_it_is_told_apart(ended: dict[str, Any], words: str) -> None:
    assert state_in_words(replace(row(1, "Nora"), **ended)) == words
