"""What interviewers' ratings say together: by hand, with what is too little said plainly."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from eiassess.domain.interviews import InterviewRating
from eiassess.domain.openings import Combination
from eiassess.domain.scores import Interval, ScoreEstimate
from eiassess.scoring.interviews import agreements, combined_score, interview_result

FIRST = InterviewRating(1, "a", "Ann", "p0", 1, 3, "", blind=True, at=datetime(2026, 12, 4, tzinfo=UTC))
TEST = ScoreEstimate(70.0, 5.0, Interval(60.0, 80.0), Interval(30.0, 70.0), 24, 23)


def rated(who: str, *points: int | None, interview: int = 1, blind: bool = True) -> list[InterviewRating]:
    return [
        replace(FIRST, rater_id=who, rater=who, competency=f"p{n}", rating=point, interview=interview, blind=blind)
        for n, point in enumerate(points)
    ]


def test_nothing_that_counts_gives_nothing() -> None:
    assert interview_result([]) is None
    assert interview_result(rated("Ann", 3, 4, blind=False)) is None
    assert agreements(rated("Ann", 3, 4)) == ()


def test_each_person_counts_once_and_two_give_no_interval() -> None:
    found = interview_result([*rated("Ann", 3, 5, None), *rated("Bob", 2, None, None), *rated("Eve", 5, blind=False)])
    assert found
    assert (found.mean, found.interval, found.people) == (3.0, None, (("Ann", 4.0), ("Bob", 2.0)))
    assert [(each.competency, each.mean, each.lowest, each.highest, each.n) for each in found.parts] == [
        ("p0", 2.5, 2, 3, 2),
        ("p1", 5.0, 5, 5, 1),
    ]


def test_from_three_there_is_an_interval_cut_at_the_ends_of_the_scale() -> None:
    found = interview_result([*rated("Ann", 3, 4), *rated("Bob", 2, None), *rated("Eve", 4, 5)])
    assert found
    assert found.interval
    assert (found.interval.low, found.interval.high) == (1.0, 5.0)
    close = interview_result([*rated("Ann", 3, 3), *rated("Bob", 3, 4), *rated("Eve", 3, 3)])
    assert close
    assert close.interval
    assert close.interval.low == pytest.approx(3.1667 - 0.7171, abs=1e-3)
    same = interview_result([*rated("Ann", 3), *rated("Bob", 3), *rated("Eve", 3)])
    assert same
    assert same.interval is None


def test_two_agree_in_words() -> None:
    (found,) = agreements([*rated("Ann", 3, 5, 2, None), *rated("Bob", 3, 3, 3, 4), *rated("Bob", 1, interview=2)])
    assert (found.people, found.n_parts, found.n_same, found.n_close) == (("Ann", "Bob"), 3, 1, 2)
    assert found.correlation is None


def test_three_agree_by_shrout_and_fleiss() -> None:
    (found,) = agreements([*rated("Ann", 2, 1, 4, 1), *rated("Bob", 5, 3, 5, 2), *rated("Eve", 4, 2, 4, 3)])
    assert found.correlation
    assert found.correlation.value == pytest.approx(3.75 / 7.25)  # by hand: BMS 4.222, JMS 3.25, EMS 0.472
    (alike,) = agreements([*rated("Ann", 3, 3), *rated("Bob", 3, 3), *rated("Eve", 3, 3)])
    assert alike.correlation is None
    (apart,) = agreements([*rated("Ann", 3, None), *rated("Bob", None, 4), *rated("Eve", 3, 4)])
    assert (apart.n_parts, apart.correlation) == (0, None)


def test_both_parts_are_combined_by_the_rule_and_only_then() -> None:
    assert combined_score(TEST, 4.0, Combination.APART) is None
    equal, twice = (combined_score(TEST, 4.0, each) for each in (Combination.EQUAL, Combination.INTERVIEW_TWICE))
    assert equal
    assert twice
    assert (equal.test, equal.interview, equal.score) == (70.0, 75.0, 72.5)
    assert twice.score == pytest.approx(73.333, abs=1e-3)
    assert equal.interval == Interval(67.5, 77.5)
    bare = combined_score(replace(TEST, score=-4.0, interval=None), 1.0, Combination.EQUAL)
    assert bare
    assert (bare.test, bare.score, bare.interval) == (0.0, 0.0, None)
