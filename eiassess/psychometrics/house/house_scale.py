"""The house scale: within-person agreement with a key, 100 = the key's own pattern, 50 = random answering.

All functions take profiles that were standardised within the person (see `standardised_profile`), the key over the
same ratings. Scenarios are the units of error: options of one scenario depend on each other.
"""

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from eiassess.errors import NotEstimableError

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]


def discrepancy(z: Array, key_z: Array, scenario: Labels, n_scenarios: int) -> Array:
    """Sum the squared distance between standardised ratings and key within each scenario.

    ``d_j = sum_o (z_o - kz_o)^2``

    Parameters
    ----------
    z, key_z
        Shape (n,), or (people, n) for ``z``.
    scenario
        Shape (n,): which scenario, 0 .. n_scenarios - 1, a rating belongs to.

    Returns
    -------
    Array
        Shape (n_scenarios,) or (people, n_scenarios).

    Examples
    --------
    >>> discrepancy(np.array([1.0, -1.0]), np.array([1.0, 1.0]), np.array([0, 1]), 2).tolist()
    [0.0, 4.0]
    """
    return _sums_by((z - key_z) ** 2, scenario, n_scenarios)


def random_discrepancy(key_z: Array, scenario: Labels, n_scenarios: int) -> Array:
    """Half the worst: what the discrepancy is on average when ratings have nothing to do with the key.

    ``e_j = sum_o (1 + kz_o^2)``

    Parameters
    ----------
    key_z
        Shape (n,).
    scenario
        Shape (n,), as in `discrepancy`.

    Examples
    --------
    >>> random_discrepancy(np.array([1.0, -1.0]), np.array([0, 1]), 2).tolist()
    [2.0, 2.0]
    """
    return _sums_by(1 + key_z**2, scenario, n_scenarios)


def _sums_by(values: Array, label: Labels, n_labels: int) -> Array:
    if values.ndim == 1:
        return np.asarray(np.bincount(label, values, n_labels), dtype=np.float64)
    return np.asarray(values @ np.eye(n_labels)[label], dtype=np.float64)


def house_score(d: Array, e: Array) -> float:
    """Score any set of scenarios: ``100 - 50 sum d / sum e``.

    Parameters
    ----------
    d, e
        Shape (k,): discrepancies and random discrepancies of the scenarios.

    Raises
    ------
    NotEstimableError
        There is no scenario.

    Examples
    --------
    >>> house_score(np.array([0.0, 0.0]), np.array([4.0, 4.0]))
    100.0
    >>> house_score(np.array([4.0, 4.0]), np.array([4.0, 4.0]))
    50.0
    """
    if d.size == 0:
        message = "a score needs at least one scenario"
        raise NotEstimableError(message)
    return float(house_scores(d.sum(), e.sum()))


def house_scores(d: Array, e: Array) -> Array:
    """Score many sets of scenarios at once: ``100 - 50 d / e``.

    Parameters
    ----------
    d, e
        Of any same shape: discrepancies and random discrepancies, each already summed over a set's scenarios.

    Examples
    --------
    >>> house_scores(np.array([0.0, 4.0, 8.0]), np.array([4.0, 4.0, 4.0])).tolist()
    [100.0, 50.0, 0.0]
    """
    return 100 - 50 * d / e


def profile_correlation(z: Array, key_z: Array) -> float:
    """Correlate two standardised profiles: ``r = mean(z kz)``, shapes (n,).

    Examples
    --------
    >>> profile_correlation(np.array([1.0, -1.0]), np.array([-1.0, 1.0]))
    -1.0
    """
    return float(np.mean(z * key_z))


def discrepancy_error_variance(d: Array, e: Array, group: Labels) -> tuple[float, int]:
    """Pool, within competencies, how unevenly a person agrees with the key from scenario to scenario.

    ``v = sum_j (d_j - (sum d_c / sum e_c) e_j)^2 / e_j / df``, ``df = scenarios - competencies``

    Parameters
    ----------
    d, e
        Shape (k,).
    group
        Shape (k,): the competency of each scenario, as numbers from 0.

    Returns
    -------
    tuple
        The variance and its degrees of freedom.

    Raises
    ------
    NotEstimableError
        No competency has two scenarios.

    References
    ----------
    Brennan (1998), Applied Psychological Measurement 22, 307 (conditional error of a person's mean).

    Examples
    --------
    >>> discrepancy_error_variance(np.array([1.0, 3.0]), np.array([2.0, 2.0]), np.array([0, 0]))
    (1.0, 1)
    """
    n_groups = int(group.max()) + 1 if group.size else 0
    df = int(d.size - np.unique(group).size)
    if df < 1:
        message = "the error of a score needs two scenarios in some competency"
        raise NotEstimableError(message)
    with np.errstate(invalid="ignore"):
        ratio = np.bincount(group, d, n_groups) / np.bincount(group, e, n_groups)
    residual = d - ratio[group] * e
    return float(np.sum(residual**2 / e) / df), df


def house_score_standard_error(variance: float, e: Array) -> float:
    """Conditional standard error of a house score: ``50 sqrt(v / sum e)``.

    Parameters
    ----------
    variance
        From `discrepancy_error_variance`.
    e
        Shape (k,): random discrepancies of the scenarios that the score covers.

    Examples
    --------
    >>> house_score_standard_error(1.0, np.array([2.0, 2.0]))
    25.0
    """
    return float(50 * np.sqrt(variance / e.sum()))


def correlation_standard_error(influence: Array, group: Labels) -> tuple[float, int]:
    """Conditional standard error of a person's correlation with the key, over scenarios.

    ``u_j = mean_o [z kz - (r/2)(z^2 + kz^2)]``; ``SE = sqrt(pooled within-competency variance of u_j / scenarios)``

    Parameters
    ----------
    influence
        Shape (k,): u_j of each scenario, with the r of the scenario's own format.
    group
        Shape (k,): the competency of each scenario, as numbers from 0.

    Returns
    -------
    tuple
        The standard error and its degrees of freedom.

    Raises
    ------
    NotEstimableError
        No competency has two scenarios.

    Examples
    --------
    >>> se, df = correlation_standard_error(np.array([0.1, 0.3]), np.array([0, 0]))
    >>> round(se, 6), df
    (0.1, 1)
    """
    df = int(influence.size - np.unique(group).size)
    if df < 1:
        message = "the error of a score needs two scenarios in some competency"
        raise NotEstimableError(message)
    counts = np.maximum(np.bincount(group), 1)
    means = np.bincount(group, influence) / counts
    pooled = float(np.sum((influence - means[group]) ** 2) / df)
    return float(np.sqrt(pooled / influence.size)), df


def correlation_interval(r: float, standard_error: float, df: int, confidence: float = 0.95) -> tuple[float, float]:
    """Interval of a correlation by Fisher's transformation: ``tanh(atanh r +- t SE / (1 - r^2))``.

    Parameters
    ----------
    r
        Between -1 and 1; at the ends the interval is that point.
    standard_error
        From `correlation_standard_error`.
    df
        Its degrees of freedom.

    Examples
    --------
    >>> [round(end, 4) for end in correlation_interval(0.5, 0.1, 8)]
    [0.2372, 0.6946]
    """
    if abs(r) >= 1:
        return r, r
    half = t_quantile(df, confidence) * standard_error / (1 - r * r)
    centre = np.arctanh(r)
    return float(np.tanh(centre - half)), float(np.tanh(centre + half))


def t_quantile(df: float, confidence: float = 0.95) -> float:
    """Two-sided quantile of Student's t.

    Examples
    --------
    >>> round(t_quantile(8), 4)
    2.306
    """
    return float(stdtrit(df, (1 + confidence) / 2))
