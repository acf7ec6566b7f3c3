"""Mantel-Haenszel DIF of an item that is right or wrong, and Mantel's test of one with more categories."""

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.dif.classes import DifClass, ets_class
from eiassess.psychometrics.dif.counts import Array, Group, MatchedCounts, matched_counts

DELTA_PER_LOG_ODDS = 2.35
CONTINUITY_CORRECTION = 0.5


@dataclass(frozen=True)
class MantelHaenszelDif:
    """Whether matched people of both groups have the same odds of a right answer.

    Attributes
    ----------
    odds_ratio
        Common odds ratio, reference to focal.
    delta
        On the ETS delta scale; negative: harder for the focal group.
    standard_error
        Of delta.
    chi_square, p_value
        Mantel-Haenszel chi-square with continuity correction, one degree of freedom.
    dif_class
        A, B or C.
    """

    odds_ratio: float
    delta: float
    standard_error: float
    chi_square: float
    p_value: float
    dif_class: DifClass


@dataclass(frozen=True)
class MantelTest:
    """Mantel's chi-square, one degree of freedom, without continuity correction."""

    chi_square: float
    p_value: float


def mantel_haenszel_dif(right: Array, focal: Group, matching: Array) -> MantelHaenszelDif:
    """Compare the odds of a right answer between groups matched on another variable.

    ``alpha = sum_s(A D / N) / sum_s(B C / N)`` over strata s with A, B = right and wrong of the reference group, C, D
    of the focal group; ``delta = -2.35 ln alpha``; its standard error after Robins, Breslow & Greenland;
    ``chi^2 = (|sum A - sum E(A)| - 1/2)^2 / sum Var(A)``.

    Parameters
    ----------
    right
        Shape (n,): 1 right, 0 wrong.
    focal
        Shape (n,): 1 or True for the focal group.
    matching
        Shape (n,): such as the number of right answers.
        Rows with NaN anywhere are left out.

    Raises
    ------
    InvalidInputError
        ``right`` or ``focal`` has other values than 0 and 1.
    NotEstimableError
        A group has fewer than two people, or no matched people differ in one direction (the odds ratio would be 0
        or infinite).

    References
    ----------
    Holland & Thayer (1988), in Wainer & Braun, Test Validity, 129; Robins, Breslow & Greenland (1986), Biometrics
    42, 311.

    Examples
    --------
    >>> right = np.repeat([1.0, 0.0, 1.0, 0.0], [30, 20, 20, 30])
    >>> group = np.repeat([0, 1], 50)
    >>> dif = mantel_haenszel_dif(right, group, np.zeros(100))
    >>> dif.odds_ratio, round(dif.delta, 4), dif.dif_class.value
    (2.25, -1.9057, 'A')
    """
    if not np.all((right == 0) | (right == 1) | np.isnan(right)):
        message = "an answer is told by 1 (right), 0 (wrong) or NaN (missing)"
        raise InvalidInputError(message)
    return mantel_haenszel_of_counts(matched_counts(right, focal, matching))


def mantel_haenszel_of_counts(table: MatchedCounts) -> MantelHaenszelDif:
    """Give the same of counts that are there already; their categories are wrong (0) and right (1)."""
    if table.categories.size < 2:  # noqa: PLR2004 - right and wrong
        message = "all answers are right, or all are wrong"
        raise NotEstimableError(message)
    (b, a), (d, c) = (table.counts[:, group, :].T for group in (0, 1))
    n = a + b + c + d
    same, crossed = a * d / n, b * c / n
    if same.sum() == 0 or crossed.sum() == 0:
        message = "matched people of the two groups never differ in one direction: the odds ratio has no finite value"
        raise NotEstimableError(message)
    odds_ratio = float(same.sum() / crossed.sum())
    delta = -DELTA_PER_LOG_ODDS * float(np.log(odds_ratio))
    error = DELTA_PER_LOG_ODDS * _log_odds_error(same, crossed, (a + d) / n)
    test = _mantel(table, CONTINUITY_CORRECTION)
    dif_class = ets_class(delta, error, test.p_value)
    return MantelHaenszelDif(odds_ratio, delta, error, test.chi_square, test.p_value, dif_class)


def _log_odds_error(same: Array, crossed: Array, share_same: Array) -> float:
    """Give Robins, Breslow & Greenland's standard error of the log odds ratio."""
    r, s = same.sum(), crossed.sum()
    mixed = share_same @ crossed + (1 - share_same) @ same
    variance = share_same @ same / (2 * r**2) + mixed / (2 * r * s) + (1 - share_same) @ crossed / (2 * s**2)
    return float(np.sqrt(variance))


def mantel_test(scores: Array, focal: Group, matching: Array) -> MantelTest:
    """Test whether matched people of both groups have the same mean score on an item with ordered categories.

    ``chi^2 = (sum F - sum E(F))^2 / sum Var(F)``, F = the focal group's sum of scores in a stratum, its mean and
    variance hypergeometric.

    Parameters
    ----------
    scores, focal, matching
        Shape (n,) each; rows with NaN anywhere are left out.

    Raises
    ------
    NotEstimableError
        A group has fewer than two people, or no stratum holds both groups and different scores.

    References
    ----------
    Mantel (1963), Journal of the American Statistical Association 58, 690.

    Examples
    --------
    >>> test = mantel_test(np.array([0.0, 1.0, 1.0, 2.0]), np.array([0, 0, 1, 1]), np.zeros(4))
    >>> test.chi_square
    1.5
    """
    return mantel_of_counts(matched_counts(scores, focal, matching))


def mantel_of_counts(table: MatchedCounts) -> MantelTest:
    """Give the same of counts that are there already."""
    return _mantel(table, 0.0)


def _mantel(table: MatchedCounts, correction: float) -> MantelTest:
    both = table.counts.sum(axis=1)
    sizes = table.counts.sum(axis=2)
    telling = np.all(sizes > 0, axis=1) & (np.count_nonzero(both, axis=1) > 1)
    if not telling.any():
        message = "no two people of different groups and the same matching value have different scores"
        raise NotEstimableError(message)
    both, focal, (n_reference, n_focal), y = both[telling], table.counts[telling, 1], sizes[telling].T, table.categories
    n = n_reference + n_focal
    mean = both @ y / n
    spread = np.sum(both * (y - mean[:, None]) ** 2, axis=1)
    variance = float(np.sum(n_reference * n_focal * spread / (n * (n - 1))))
    excess = abs(float(np.sum(focal @ y - n_focal * mean)))
    chi_square = max(0.0, excess - correction) ** 2 / variance
    return MantelTest(chi_square, float(chdtrc(1, chi_square)))
