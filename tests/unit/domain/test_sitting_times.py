"""Until when answers are taken: the grace, the limit, the deadline, and a person's factor that moves both."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess.domain.sitting_times import GRACE, SittingTimes

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def test_without_a_limit_the_deadline_is_the_end_whenever_one_began() -> None:
    assert SittingTimes(NOON).ends_at == SittingTimes(NOON, started_at=NOON - 9 * HOUR).ends_at == NOON


def test_a_limit_runs_from_the_first_scenario_and_never_beyond_the_deadline() -> None:
    assert SittingTimes(NOON, minutes(40)).ends_at == NOON
    assert SittingTimes(NOON, minutes(40), NOON - HOUR).ends_at == NOON - minutes(20)
    assert SittingTimes(NOON, minutes(40), NOON - minutes(10)).ends_at == NOON


def test_a_factor_moves_the_limit_and_the_deadline() -> None:
    """Extra time that a deadline cuts off is none: who begins as late as others may has all of it."""
    last_start = NOON - minutes(40)
    assert SittingTimes(NOON, minutes(40), last_start).ends_at == NOON
    assert SittingTimes(NOON, minutes(40), last_start, factor=1.5).ends_at == NOON + minutes(20)
    assert SittingTimes(NOON, minutes(40), NOON - 9 * HOUR, factor=1.5).ends_at == NOON - 8 * HOUR


def test_a_factor_without_a_limit_moves_nothing() -> None:
    assert SittingTimes(NOON, factor=2).ends_at == NOON


def test_a_granted_end_counts_only_if_it_is_later() -> None:
    assert SittingTimes(NOON, granted=NOON + HOUR).ends_at == NOON + HOUR
    assert SittingTimes(NOON, granted=NOON - HOUR).ends_at == NOON


@pytest.mark.parametrize(
    ("late", "is_over", "is_taken", "is_due"),
    [(-1, False, True, False), (0, True, True, False), (60, True, True, False), (60.001, True, False, True)],
)
def test_what_was_on_its_way_is_taken_for_a_minute_and_then_the_server_may_hand_in(
    late: float, *, is_over: bool, is_taken: bool, is_due: bool
) -> None:
    times, now = SittingTimes(NOON), NOON + timedelta(seconds=late)
    assert (times.is_over(now), times.takes_answers(now), times.is_due(now)) == (is_over, is_taken, is_due)
    assert timedelta(seconds=60) == GRACE


def test_others_see_no_end_and_no_moment_that_gives_a_persons_times_away() -> None:
    own = SittingTimes(NOON, minutes(40), NOON - minutes(40), factor=1.5, granted=NOON + HOUR)
    usual = SittingTimes(NOON, minutes(40), NOON - minutes(40))
    assert (own.has_own_times, usual.has_own_times) == (True, False)
    assert own.known_end == usual.ends_at == NOON
    assert own.shown_to_others(NOON + minutes(15)) == NOON
    assert own.shown_to_others(NOON - minutes(5)) == NOON - minutes(5)
    assert usual.shown_to_others(NOON + minutes(1)) == NOON + minutes(1)


TIMES = st.builds(
    SittingTimes,
    deadline=st.just(NOON),
    limit=st.none() | st.integers(5, 600).map(minutes),
    started_at=st.none() | st.integers(-2000, 0).map(lambda n: NOON + minutes(n)),
    factor=st.floats(1, 4),
    granted=st.none() | st.integers(-500, 500).map(lambda n: NOON + minutes(n)),
)


@given(TIMES)
def test_what_a_person_is_given_never_takes_time_away(times: SittingTimes) -> None:
    assert times.known_end <= times.ends_at


@given(TIMES, st.integers(0, 60))
def test_at_each_moment_an_answer_is_taken_or_the_sitting_is_due(times: SittingTimes, after: int) -> None:
    now = times.ends_at + timedelta(seconds=2 * after)
    assert times.takes_answers(now) != times.is_due(now)
