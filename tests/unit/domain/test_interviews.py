"""Ratings of interviews: what is refused, what stands and what counts."""

from dataclasses import replace
from datetime import UTC, datetime

from eiassess.domain.interviews import (
    GivenRating,
    InterviewRating,
    counted_ratings,
    sheet_problems,
    standing_ratings,
)

FIRST = InterviewRating(1, "b", "Bob", "recovery", 1, 3, "", blind=True, at=datetime(2026, 12, 4, tzinfo=UTC))


def test_what_stands_is_the_newest_and_what_counts_the_newest_given_blind() -> None:
    later = replace(FIRST, number=2, rating=5, blind=False)
    other = replace(FIRST, rater_id="d", rater="Dana", rating=None)
    assert standing_ratings([later, FIRST, other]) == (later, other)
    assert counted_ratings([later, FIRST, other]) == (FIRST,)
    taken_back = replace(FIRST, number=2, rating=None)
    assert counted_ratings([FIRST, taken_back]) == ()


def test_a_bank_without_competencies_has_nothing_to_rate() -> None:
    (problem,) = sheet_problems([], [])
    assert (problem.competency, problem.message[:11]) == ("", "Rate at lea")
    assert sheet_problems([GivenRating("recovery", 3)], ["recovery"]) == ()
