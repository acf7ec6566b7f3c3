"""Scores of choices and rank orders against a key: s is at most 1, and 0 on average under random answering.

A scenario's house score is ``50 (1 + s)``. Keys have one value an option, the higher the better; options are numbered
from 0 in the key's order.
"""

import numpy as np
import numpy.typing as npt

from eiassess.errors import NotEstimableError
from eiassess.psychometrics.house.house_scale import correlation_interval, correlation_standard_error, t_quantile
from eiassess.psychometrics.persons.response_quality import ONE_SIDED_95

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]


def best_worst_score(key: Array, best: npt.ArrayLike, worst: npt.ArrayLike) -> Array:
    """Score best and worst by what the key holds of both picks: ``s = (K_best - K_worst) / (K_max - K_min)``.

    Parameters
    ----------
    key
        Shape (options,).
    best, worst
        Numbers of the options picked, of any same shape.

    Raises
    ------
    NotEstimableError
        The key does not tell the options apart.

    References
    ----------
    Motowidlo, Dunnette & Carter (1990), Journal of Applied Psychology 75, 640 (picks of most and least effective);
    this variant takes the key's values instead of its two ends.

    Examples
    --------
    >>> best_worst_score(np.array([5.5, 2.0, 1.5, 4.0]), [0, 3, 2], [2, 1, 0]).tolist()
    [1.0, 0.5, -1.0]
    """
    span = _span(key)
    return np.asarray((key[np.asarray(best)] - key[np.asarray(worst)]) / span, dtype=np.float64)


def best_worst_hits(key: Array, best: npt.ArrayLike, worst: npt.ArrayLike) -> Array:
    """Score best and worst by hits: +1 for each pick that is the key's, -1 for each that is the key's opposite.

    ``S = [best is keyed best] + [worst is keyed worst] - [best is keyed worst] - [worst is keyed best]``, from -2 to 2,
    0 on average under random answering; ``s = S / 2``. Where the key ties, every tied option is keyed best or worst.

    Parameters and errors as in `best_worst_score`.

    References
    ----------
    Motowidlo, Dunnette & Carter (1990), Journal of Applied Psychology 75, 640.

    Examples
    --------
    >>> best_worst_hits(np.array([5.5, 2.0, 1.5, 4.0]), [0, 3, 2, 2], [2, 1, 0, 1]).tolist()
    [2.0, 0.0, -2.0, -1.0]
    """
    _span(key)
    is_best, is_worst = (key == key.max()) * 1.0, (key == key.min()) * 1.0
    value = is_best - is_worst
    return np.asarray(value[np.asarray(best)] - value[np.asarray(worst)], dtype=np.float64)


def rank_score(key: Array, places: npt.ArrayLike) -> Array:
    """Score a rank order: Spearman's rho between the places given and the key's order, mid-ranks where the key ties.

    Pearson's correlation of the ranks, which without ties is ``1 - 6 sum D^2 / (n (n^2 - 1))``. Where the key ties it
    stays below 1 for everybody, since places are not shared.

    Parameters
    ----------
    key
        Shape (options,).
    places
        Shape (options,) or (people, options): 1 = best, each place once.

    Raises
    ------
    NotEstimableError
        The key does not tell the options apart.

    References
    ----------
    Spearman (1904), American Journal of Psychology 15, 72.

    Examples
    --------
    >>> rank_score(np.array([5.5, 2.0, 1.5, 4.0]), [[1, 3, 4, 2], [4, 2, 1, 3], [2, 3, 4, 1]]).round(6).tolist()
    [1.0, -1.0, 0.8]
    """
    _span(key)
    # the key's ranks rise with its values, places fall with them
    ranks = (key[:, None] > key).sum(axis=1) + ((key[:, None] == key).sum(axis=1) + 1) / 2
    expected = ranks - ranks.mean()
    given = (key.size + 1) / 2 - np.asarray(places, dtype=np.float64)
    norm = np.sqrt((expected**2).sum() * (given**2).sum(axis=-1))
    return np.asarray(given @ expected / norm, dtype=np.float64)


def pick_best_score(key: Array, pick: npt.ArrayLike) -> Array:
    """Score the pick of the best option: ``s = (K_pick - mean K) / (K_max - mean K)``.

    Below -1 where the worst option lies further from the mean than the best.

    Parameters
    ----------
    key
        Shape (options,).
    pick
        Numbers of the options picked, of any shape.

    Raises
    ------
    NotEstimableError
        The key does not tell the options apart.

    Examples
    --------
    >>> pick_best_score(np.array([5.0, 2.0, 1.0, 4.0]), [0, 3, 2]).tolist()
    [1.0, 0.5, -1.0]
    """
    _span(key)
    above = key - key.mean()
    return np.asarray(above[np.asarray(pick)] / above.max(), dtype=np.float64)


def best_worst_null_variance(key: Array) -> float:
    """Variance of `best_worst_score` under random answering: ``2 S^2 / (K_max - K_min)^2``, ``S^2`` with n - 1.

    Exact: over all ordered pairs of different options, the mean square of a difference is ``2 S^2``.

    Examples
    --------
    >>> best_worst_null_variance(np.array([1.0, 0.0]))
    1.0
    """
    return float(2 * key.var(ddof=1) / _span(key) ** 2)


def rank_null_variance(n_options: int) -> float:
    """Variance of `rank_score` under random orders: ``1 / (n - 1)``, whether the key ties or not.

    Raises
    ------
    NotEstimableError
        There are fewer than two options.

    References
    ----------
    Pitman (1937), Supplement to the Journal of the Royal Statistical Society 4, 225 (correlation under permutation).

    Examples
    --------
    >>> rank_null_variance(5)
    0.25
    """
    if n_options <= 1:
        message = "a rank order needs at least two options"
        raise NotEstimableError(message)
    return 1 / (n_options - 1)


def pick_best_null_variance(key: Array) -> float:
    """Variance of `pick_best_score` under random picks: ``var K / (K_max - mean K)^2``, the variance with n.

    Examples
    --------
    >>> pick_best_null_variance(np.array([5.0, 2.0, 1.0, 4.0]))
    0.625
    """
    _span(key)
    return float(key.var() / (key.max() - key.mean()) ** 2)


def choice_discrepancy(s: Array, decisions: Array) -> tuple[Array, Array]:
    """Give choices a discrepancy and a random discrepancy, so that they join ratings: ``e = 2 w``, ``d = e (1 - s)``.

    Ratings have ``sum e = 2 n``, n being their number; with w decisions, such as two for best and worst, choices weigh
    in any sum of scenarios by their decisions as ratings do by their number. Over scenarios of one weight
    ``100 - 50 sum d / sum e`` is ``50 (1 + mean s)``.

    Parameters
    ----------
    s
        Shape (scenarios,) or (people, scenarios).
    decisions
        Shape (scenarios,): w.

    Examples
    --------
    >>> d, e = choice_discrepancy(np.array([1.0, 0.5]), np.array([2.0, 2.0]))
    >>> d.tolist(), e.tolist()
    ([0.0, 2.0], [4.0, 4.0])
    """
    e = 2 * decisions
    return np.asarray(e * (1 - s), dtype=np.float64), np.asarray(e, dtype=np.float64)


def mean_score_standard_error(s: Array, group: Labels) -> tuple[float, int]:
    """Conditional standard error of a person's mean over scenarios: ``sqrt(v / n)``.

    v is the variance of s within competencies, pooled: ``v = sum_j (s_j - mean_c s)^2 / df``, ``df = scenarios -
    competencies``. Where no competency has two scenarios v is the variance round the overall mean, with df = n - 1;
    that is for an overall score only, and holds what competencies differ by as well, so that it errs to the wide side.

    Parameters
    ----------
    s
        Shape (k,): the scores of the scenarios, or what each adds to the mean.
    group
        Shape (k,): the competency of each scenario, as numbers from 0.

    Returns
    -------
    tuple
        The standard error, on the scale of s, and its degrees of freedom.

    Raises
    ------
    NotEstimableError
        There are fewer than two scenarios.

    References
    ----------
    Brennan (1998), Applied Psychological Measurement 22, 307 (conditional error of a person's mean).

    Examples
    --------
    >>> se, df = mean_score_standard_error(np.array([0.1, 0.3, 0.9, 0.7]), np.array([0, 0, 1, 1]))
    >>> round(se, 6), df
    (0.070711, 2)
    >>> se, df = mean_score_standard_error(np.array([0.1, 0.3]), np.array([0, 1]))
    >>> round(se, 6), df
    (0.1, 1)
    """
    apart = np.unique(group).size == group.size
    return correlation_standard_error(s, np.zeros_like(group) if apart else group)


def mean_score_interval(mean: float, standard_error: float, df: int, confidence: float = 0.95) -> tuple[float, float]:
    """Interval of a mean of s by Fisher's transformation, as for a correlation: s ends at 1 as a correlation does.

    ``tanh(atanh m +- t SE / (1 - m^2))``. The plain ``m +- t SE`` of 16 best-and-worst scenarios covers 92 % of people
    at m = .5 and 88 % at m = .9, since s piles up below 1; this one 94 to 96 %. Below -1, where picks of the best can
    lead, it is ``m +- t SE``.

    Parameters
    ----------
    mean
        Of s over scenarios; at 1 the interval is that point.
    standard_error, df
        From `mean_score_standard_error`.

    Examples
    --------
    >>> [round(end, 4) for end in mean_score_interval(0.5, 0.1, 8)]
    [0.2372, 0.6946]
    >>> [round(end, 4) for end in mean_score_interval(-1.5, 0.1, 8)]
    [-1.7306, -1.2694]
    """
    if mean > -1:
        return correlation_interval(mean, standard_error, df, confidence)
    half = t_quantile(df, confidence) * standard_error
    return mean - half, mean + half


def random_like_mean(mean: float, null_variance: float) -> bool:
    """Say whether a mean score cannot be told from random answering: ``mean < 1.645 sd``.

    Parameters
    ----------
    mean
        Of s over scenarios.
    null_variance
        Of that mean under random answering, so already divided by the number of scenarios.

    Examples
    --------
    >>> random_like_mean(0.2, 0.02), random_like_mean(0.3, 0.02)
    (True, False)
    """
    return bool(mean < ONE_SIDED_95 * np.sqrt(null_variance))


def _span(key: Array) -> float:
    span = float(np.ptp(key)) if key.size else 0.0
    if span == 0:
        message = "a choice can be scored only where the key tells the options apart"
        raise NotEstimableError(message)
    return span
