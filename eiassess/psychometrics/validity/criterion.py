"""How well a score foretells a criterion.

The observed correlation comes first and uncorrected; corrected ones stand beside it and never replace it.
"""

from dataclasses import dataclass
from math import atanh, ceil, sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from eiassess.errors import InvalidInputError, NotEstimableError

Array = npt.NDArray[np.float64]

CONFIDENCE = 0.95
POWER = 0.80
SIGNIFICANCE = 0.05
PEOPLE_FOR_AN_INTERVAL = 4


@dataclass(frozen=True)
class Correlation:
    """An observed correlation; ``interval`` is Fisher's, 95 % unless asked otherwise."""

    r: float
    interval: tuple[float, float]
    n: int


def criterion_correlation(scores: Array, criterion: Array, confidence: float = CONFIDENCE) -> Correlation:
    """Pearson correlation of scores with a criterion, with Fisher's interval.

    Parameters
    ----------
    scores, criterion
        Shape (n,); people with either missing (NaN) are left out.

    Raises
    ------
    NotEstimableError
        Fewer than four people have both, or one of the two never varies.

    Examples
    --------
    >>> found = criterion_correlation(np.array([1.0, 2, 3, 4, 5, 6]), np.array([1.0, 3, 2, 5, 4, np.nan]))
    >>> round(found.r, 4), found.n, [round(end, 3) for end in found.interval]
    (0.8, 5, [-0.28, 0.986])
    """
    both = ~np.isnan(scores + criterion)
    x, y = scores[both], criterion[both]
    if x.size < PEOPLE_FOR_AN_INTERVAL:
        message = f"{x.size} people with score and criterion are too few for a correlation"
        raise NotEstimableError(message)
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        message = "a correlation with something that never varies has no value"
        raise NotEstimableError(message)
    x, y = x - x.mean(), y - y.mean()
    x, y = x / np.abs(x).max(), y / np.abs(y).max()
    r = float(np.clip(x @ y / np.sqrt((x @ x) * (y @ y)), -1, 1))
    return Correlation(r, fisher_interval(r, x.size, confidence), x.size)


def fisher_interval(r: float, n: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Interval of a correlation: ``tanh(atanh r +- z / sqrt(n - 3))``.

    Parameters
    ----------
    r
        Between -1 and 1; at the ends the interval is that point.
    n
        People.

    Raises
    ------
    NotEstimableError
        There are fewer than four people.

    References
    ----------
    Fisher (1921), Metron 1, 3.

    Examples
    --------
    >>> [round(end, 4) for end in fisher_interval(0.30, 120)]
    [0.1276, 0.4548]
    """
    require_correlation(r)
    if n < PEOPLE_FOR_AN_INTERVAL:
        message = f"{n} people are too few for the interval of a correlation"
        raise NotEstimableError(message)
    if abs(r) == 1:
        return r, r
    half = ndtri((1 + confidence) / 2) / sqrt(n - 3)
    return float(np.tanh(np.arctanh(r) - half)), float(np.tanh(np.arctanh(r) + half))


def thorndike_ii(r: float, u: float) -> float:
    """Correct a correlation for direct range restriction on the score: ``r u / sqrt(1 + r^2 (u^2 - 1))``.

    Only for people selected directly on this very score, and only where the applicants' SD is documented.

    Parameters
    ----------
    r
        Observed among those selected.
    u
        SD of the score among applicants over its SD among those selected.

    Raises
    ------
    InvalidInputError
        r lies outside -1 to 1, or u is not a positive number.

    References
    ----------
    Thorndike (1949), Personnel Selection, case 2.

    Examples
    --------
    >>> round(thorndike_ii(0.30, 1.5), 4)
    0.4266
    """
    require_correlation(r)
    if not (u > 0 and np.isfinite(u)):
        message = "a ratio of standard deviations must be above zero"
        raise InvalidInputError(message)
    return r * u / sqrt(1 + r * r * (u * u - 1))


def correct_for_attenuation(r: float, criterion_reliability: float, score_reliability: float = 1.0) -> float:
    """Correct a correlation for unreliable measurement: ``r / sqrt(r_yy r_xx)``.

    Left at the default, only the criterion is corrected: a decision is made on the score as it is, error and all.

    Parameters
    ----------
    r
        Observed.
    criterion_reliability, score_reliability
        Above 0, at most 1.

    Raises
    ------
    InvalidInputError
        r lies outside -1 to 1, or a reliability outside 0 to 1.
    NotEstimableError
        The corrected value lies outside -1 to 1: the reliabilities do not fit r.

    References
    ----------
    Spearman (1904), American Journal of Psychology 15, 72.

    Examples
    --------
    >>> round(correct_for_attenuation(0.20, 0.60), 4)
    0.2582
    """
    require_correlation(r)
    if not (0 < criterion_reliability <= 1 and 0 < score_reliability <= 1):
        message = "a reliability lies above 0 and is at most 1"
        raise InvalidInputError(message)
    corrected = r / sqrt(criterion_reliability * score_reliability)
    if abs(corrected) > 1:
        message = "the corrected correlation exceeds 1: these reliabilities are too low for it"
        raise NotEstimableError(message)
    return corrected


def needed_n(r: float, power: float = POWER, significance: float = SIGNIFICANCE) -> int:
    """People needed to find a correlation: ``((z_(1 - alpha / 2) + z_power) / atanh r)^2 + 3``, rounded up.

    Parameters
    ----------
    r
        The correlation expected, not 0.
    power
        Chance of finding it.
    significance
        Of a two-sided test.

    Raises
    ------
    InvalidInputError
        r is 0 or not between -1 and 1, or a share is not between 0 and 1.

    References
    ----------
    Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, chapter 3 (by Fisher's transformation).

    Examples
    --------
    >>> [needed_n(r) for r in (0.20, 0.26, 0.30)]
    [194, 114, 85]
    """
    require_share(power)
    require_share(significance)
    if not 0 < abs(r) < 1:
        message = "the correlation to be found lies between 0 and 1, or between -1 and 0"
        raise InvalidInputError(message)
    deviates = float(ndtri(1 - significance / 2) + ndtri(power))
    return ceil((deviates / atanh(abs(r))) ** 2 + 3)


def require_correlation(r: float) -> None:
    """Refuse what cannot be a correlation."""
    if not -1 <= r <= 1:
        message = "a correlation lies between -1 and 1"
        raise InvalidInputError(message)


def require_share(share: float) -> None:
    """Refuse what is not a share between nobody and everybody."""
    if not 0 < share < 1:
        message = "a share here lies between 0 and 1, its ends left out"
        raise InvalidInputError(message)
