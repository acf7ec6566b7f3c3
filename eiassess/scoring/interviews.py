"""What interviewers' ratings say together: result, agreement, and the sum of test and interview by a rule."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eiassess.domain.interviews import InterviewRating, counted_ratings
from eiassess.domain.openings import Combination
from eiassess.domain.scores import Interval, ScoreEstimate
from eiassess.errors import NotEstimableError
from eiassess.psychometrics.raters.intraclass import IntraclassCorrelation, intraclass_correlation
from eiassess.psychometrics.raters.mean_rating import Array, mean_over_raters

INTERVIEW_WEIGHTS = {Combination.EQUAL: 1, Combination.INTERVIEW_TWICE: 2}
"""How often the interview counts for the test's once; other rules combine nothing."""
ICC_FROM = 3
INTERVAL_FROM = 3
"""From two people, how they differ says next to nothing of how a third would: their own means are said instead."""


@dataclass(frozen=True)
class PartResult:
    """What was rated of a competency: the mean of all points that count, the ends, and how many gave one."""

    competency: str
    mean: float
    lowest: int
    highest: int
    n: int


@dataclass(frozen=True)
class InterviewResult:
    """The mean of people's own means, each counted once, from 1 to 5; an interval from three people on who differ."""

    mean: float
    interval: Interval | None
    people: tuple[tuple[str, float], ...]
    parts: tuple[PartResult, ...]


@dataclass(frozen=True)
class Agreement:
    """How far the people of one interview agree, on parts that count for each of them.

    Parameters
    ----------
    n_parts
        How many parts all of them rated.
    n_same, n_close
        On how many all gave the same point, and on how many all points lie within one step.
    correlation
        ICC(2,1) from three people on; ``None`` for two, or where the ratings give none.
    """

    interview: int
    people: tuple[str, ...]
    n_parts: int
    n_same: int
    n_close: int
    correlation: IntraclassCorrelation | None


@dataclass(frozen=True)
class CombinedScore:
    """Test and interview by an opening's rule, from 0 to 100, with both; the interval holds the test's error alone."""

    test: float
    interview: float
    weight: int
    score: float
    interval: Interval | None


def interview_result(ratings: Sequence[InterviewRating]) -> InterviewResult | None:
    """Sum up the ratings that count of a candidate; nothing where none does."""
    counted = counted_ratings(ratings)
    if not counted:
        return None
    people = sorted({(each.rater, each.rater_id) for each in counted})
    own = [[float(each.rating or 0) for each in counted if each.rater_id == rater] for _, rater in people]
    longest = max(map(len, own))
    found = mean_over_raters(np.array([given + [np.nan] * (longest - len(given)) for given in own]))
    enough = len(people) >= INTERVAL_FROM and found.lower is not None and found.upper is not None
    parts = dict.fromkeys(each.competency for each in counted)
    return InterviewResult(
        found.value,
        Interval(max(1.0, found.lower or 0.0), min(5.0, found.upper or 0.0)) if enough else None,
        tuple((name, float(mean)) for (name, _), mean in zip(people, found.rater_means, strict=True)),
        tuple(_part(each, [one.rating or 0 for one in counted if one.competency == each]) for each in parts),
    )


def _part(competency: str, points: list[int]) -> PartResult:
    return PartResult(competency, sum(points) / len(points), min(points), max(points), len(points))


def agreements(ratings: Sequence[InterviewRating]) -> tuple[Agreement, ...]:
    """Say for each interview that two or more people rated how far they agree."""
    counted = counted_ratings(ratings)
    found = []
    for number in sorted({each.interview for each in counted}):
        own = [each for each in counted if each.interview == number]
        people = sorted({(each.rater, each.rater_id) for each in own})
        if len(people) > 1:
            found.append(_agreement(number, people, own))
    return tuple(found)


def _agreement(number: int, people: list[tuple[str, str]], own: list[InterviewRating]) -> Agreement:
    points = {(each.rater_id, each.competency): float(each.rating or 0) for each in own}
    parts = dict.fromkeys(each.competency for each in own)
    table = np.array([[points.get((rater, part), np.nan) for part in parts] for _, rater in people])
    whole = table[:, ~np.isnan(table).any(axis=0)]
    spread = np.ptp(whole, axis=0) if whole.size else np.array([])
    return Agreement(
        number,
        tuple(name for name, _ in people),
        spread.size,
        int((spread == 0).sum()),
        int((spread <= 1).sum()),
        _correlation(table),
    )


def _correlation(table: Array) -> IntraclassCorrelation | None:
    if table.shape[0] < ICC_FROM:
        return None
    try:
        found = intraclass_correlation(table).icc_2_1
    except NotEstimableError:
        return None
    return found if found.value is not None else None


def combined_score(test: ScoreEstimate, mean_rating: float, combination: Combination) -> CombinedScore | None:
    """Combine test and interview by an opening's rule; nothing where it keeps them apart.

    ``(T + w I) / (1 + w)``, T the test's score as shown, from 0 to 100, ``I = 25 (mean rating - 1)``.

    Examples
    --------
    >>> estimate = ScoreEstimate(70.0, 5.0, Interval(60.0, 80.0), Interval(30.0, 70.0), 24, 23.0, None)
    >>> found = combined_score(estimate, 4.0, Combination.INTERVIEW_TWICE)
    >>> round(found.score, 2), round(found.interval.low, 2), round(found.interval.high, 2)
    (73.33, 70.0, 76.67)
    """
    weight = INTERVIEW_WEIGHTS.get(combination)
    if weight is None:
        return None
    interview = 25 * (mean_rating - 1)

    def together(score: float) -> float:
        return (min(max(score, 0.0), 100.0) + weight * interview) / (1 + weight)

    ends = test.interval
    return CombinedScore(
        min(max(test.score, 0.0), 100.0),
        interview,
        weight,
        together(test.score),
        Interval(together(ends.low), together(ends.high)) if ends else None,
    )
