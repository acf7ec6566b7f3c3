"""How scores are written for people: one score is one number on every page, in every picture and on paper.

A score is a whole number, since its error bears no decimals, cut where the scale ends; halves go up (87.5 becomes 88).
The ends of an interval go the same way, so that rounding never puts a score outside its own interval. Files for
programs have every decimal.
"""

from decimal import ROUND_HALF_UP, Decimal

from eiassess.domain.scores import Interval, ScoreEstimate

LOWEST, HIGHEST = 0, 100
NOT_KNOWN = "not known"


def shown_score(score: float) -> str:
    """Write a score, or a mean of scores.

    Examples
    --------
    >>> [shown_score(score) for score in (87.5, 87.4999, 86.5, -3.2, 100.2)]
    ['88', '87', '87', '0', '100']
    """
    return str(min(max(_rounded(score), LOWEST), HIGHEST))


def shown_interval(interval: Interval | None) -> str:
    """Write an interval of scores.

    Examples
    --------
    >>> shown_interval(Interval(70.5, 104.0)), shown_interval(None)
    ('71 to 100', 'not known')
    """
    return NOT_KNOWN if interval is None else f"{shown_score(interval.low)} to {shown_score(interval.high)}"


def shown_estimate(estimate: ScoreEstimate) -> tuple[str, str, str]:
    """Write a score with its interval and the range of random answering: what a row of every table of scores has.

    Examples
    --------
    >>> shown_estimate(ScoreEstimate(87.9, 3.0, Interval(81.6, 93.1), Interval(37.5, 62.4), 16, 8))
    ('88', '82 to 93', '38 to 62')
    """
    return shown_score(estimate.score), shown_interval(estimate.interval), shown_interval(estimate.random_interval)


def shown_difference(difference: float) -> str:
    """Write how far two scores lie apart, whichever is higher.

    Examples
    --------
    >>> shown_difference(-12.5), shown_difference(0.4)
    ('13', '0')
    """
    return str(_rounded(abs(difference)))


def _rounded(value: float) -> int:
    return int(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP))
