from eiassess.domain.scores import Interval, ScoreEstimate
from eiassess.scoring.comparing import count_neighbours_apart


def estimate(score: float, sem: float | None = 2.0) -> ScoreEstimate:
    return ScoreEstimate(score, sem, None, Interval(38, 62), 16, 8)


def test_neighbours_are_counted_that_differ_by_more_than_their_error() -> None:
    assert count_neighbours_apart([estimate(90), estimate(88), estimate(60)]) == 1


def test_looking_at_more_asks_more_of_each() -> None:
    pair = [estimate(90), estimate(82.5)]
    assert count_neighbours_apart(pair) == 1
    assert count_neighbours_apart([*pair, *(estimate(82.5) for _ in range(20))]) == 0


def test_without_an_error_nothing_is_said() -> None:
    assert count_neighbours_apart([estimate(90, None), estimate(10)]) == 0
    assert count_neighbours_apart([estimate(90)]) == 0
    assert count_neighbours_apart([]) == 0
