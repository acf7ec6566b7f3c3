"""Figures of a sample with their intervals, and the reason where there is none: never a number that means nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from eiassess.domain.scores import Interval
from eiassess.errors import NotEstimableError
from eiassess.psychometrics import criterion_correlation, t_quantile

Array = npt.NDArray[np.float64]
Value = TypeVar("Value")


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval and the number of people that it rests on."""

    value: float
    interval: Interval
    n: int


def mean_estimate(values: Array) -> Estimate | None:
    """Take a mean with Student's interval, ``mean +- t s / sqrt(n)``; ``None`` for fewer than two people.

    Parameters
    ----------
    values
        Shape (people,), NaN where missing.

    Examples
    --------
    >>> found = mean_estimate(np.array([1.0, 2.0, 3.0, np.nan]))
    >>> found.value, found.n, round(found.interval.low, 3)
    (2.0, 3, -0.484)
    """
    known = values[~np.isnan(values)]
    if known.size < 2:  # noqa: PLR2004 - one value has no spread
        return None
    mean = float(known.mean())
    half = t_quantile(known.size - 1) * float(known.std(ddof=1)) / float(np.sqrt(known.size))
    return Estimate(mean, Interval(mean - half, mean + half), known.size)


def sample_sd(values: Array) -> float | None:
    """Take the standard deviation with divisor ``n - 1``; ``None`` for fewer than two people.

    Examples
    --------
    >>> sample_sd(np.array([1.0, 2.0, 3.0, np.nan])), sample_sd(np.array([1.0]))
    (1.0, None)
    """
    known = values[~np.isnan(values)]
    return float(known.std(ddof=1)) if known.size > 1 else None


def correlation_estimate(first: Array, second: Array) -> Estimate | None:
    """Correlate two lists of values over the people who have both, with Fisher's interval.

    ``None`` for fewer than four people, or where one of the two never varies.

    Examples
    --------
    >>> found = correlation_estimate(np.array([1.0, 2, 3, 4, 5]), np.array([1.0, 3, 2, 5, np.nan]))
    >>> round(found.value, 3), found.n
    (0.832, 4)
    """
    try:
        found = criterion_correlation(first, second)
    except NotEstimableError:
        return None
    return Estimate(found.r, Interval(*found.interval), found.n)


def value_or_reason(what: str, statistic: Callable[[], Value], reasons: list[str]) -> Value | None:
    """Take a statistic; where it has no value, keep why and give ``None``."""
    try:
        return statistic()
    except NotEstimableError as error:
        reasons.append(f"{what}: {error}")
        return None
