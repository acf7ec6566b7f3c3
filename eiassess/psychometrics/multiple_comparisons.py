"""What many questions asked at once allow: adjusted p-values, and groups in which nobody differs."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from eiassess.psychometrics.reliability.differences import pairwise_p_values

Array = npt.NDArray[np.float64]

SIGNIFICANCE = 0.05


def holm_adjusted(p_values: Array) -> Array:
    """Adjust p-values for looking at many comparisons at once, after Holm.

    Parameters
    ----------
    p_values
        Shape (m,), m can be 0.

    Returns
    -------
    Array
        Shape (m,): ``max over smaller ones of (m - rank + 1) p``, at most 1.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6, 65.

    Examples
    --------
    >>> holm_adjusted(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p_values, kind="stable")
    steps = np.arange(p_values.size, 0, -1) * p_values[order]
    adjusted = np.empty_like(p_values)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0) if p_values.size else steps
    return adjusted


def benjamini_hochberg(p_values: Array) -> Array:
    """Adjust p-values to bound the share of false alarms among what is called significant.

    Parameters
    ----------
    p_values
        Shape (m,), m can be 0; NaN, a test that could not be made, stays NaN and does not count to m.

    Returns
    -------
    Array
        Shape (m,): ``min over larger ones of (m / rank) p``, at most 1.

    References
    ----------
    Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, 289.

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    adjusted = np.full(p_values.shape, np.nan)
    made = np.flatnonzero(~np.isnan(p_values))
    falling = made[np.argsort(-p_values[made], kind="stable")]
    steps = p_values[falling] * (made.size / np.arange(made.size, 0, -1))
    adjusted[falling] = np.minimum(np.minimum.accumulate(steps), 1.0) if made.size else steps
    return adjusted


def indistinguishable_groups(
    scores: Array, standard_errors: Array, degrees_of_freedom: Array, significance: float = SIGNIFICANCE
) -> tuple[tuple[int, ...], ...]:
    """Group people so that within a group no two scores differ by more than their error.

    The rule: every pair is compared (Student's t at Welch-Satterthwaite degrees of freedom), Holm's correction runs
    over all pairs, and a group is a *largest possible* set in which no pair differs. "Does not differ" is not
    transitive, so one person can stand in several groups, as in a compact letter display; two people differ exactly
    if they share no group.

    Parameters
    ----------
    scores, standard_errors, degrees_of_freedom
        Shape (n,), without missing entries; degrees of freedom may be infinite (a sample's SEM).
    significance
        Level after Holm.

    Returns
    -------
    tuple
        Groups of positions in ``scores``, the best first, within and between groups.

    Raises
    ------
    NotEstimableError
        A score, its error or its degrees of freedom are missing.

    References
    ----------
    Piepho (2004), Journal of Computational and Graphical Statistics 13, 456 (letter displays).

    Examples
    --------
    >>> infinite = np.full(3, np.inf)
    >>> indistinguishable_groups(np.array([50.0, 58.0, 66.0]), np.array([4.0, 4.0, 4.0]), infinite)
    ((2, 1), (1, 0))
    """
    ranked = np.argsort(-scores, kind="stable")
    p = pairwise_p_values(scores[ranked], standard_errors[ranked], degrees_of_freedom[ranked])
    alike = _alike(holm_adjusted(p) >= significance, scores.size)
    cliques = sorted(_maximal_cliques(alike, frozenset(), frozenset(alike), frozenset()))
    return tuple(tuple(int(ranked[place]) for place in clique) for clique in cliques)


def _alike(pairs: npt.NDArray[np.bool_], n: int) -> dict[int, frozenset[int]]:
    """Each place with the places that it does not differ from."""
    same = np.zeros((n, n), dtype=np.bool_)
    same[np.triu_indices(n, k=1)] = pairs
    return {place: frozenset(np.flatnonzero(row).tolist()) for place, row in enumerate(same | same.T)}


def _maximal_cliques(
    alike: Mapping[int, frozenset[int]], clique: frozenset[int], open_: frozenset[int], done: frozenset[int]
) -> list[tuple[int, ...]]:
    """Enumerate largest sets of mutually alike places (Bron and Kerbosch, with a pivot)."""
    if not open_ and not done:
        return [tuple(sorted(clique))] if clique else []
    pivot = max(open_ | done, key=lambda place: len(alike[place] & open_))
    found = []
    for place in sorted(open_ - alike[pivot]):
        found += _maximal_cliques(alike, clique | {place}, open_ & alike[place], done & alike[place])
        open_, done = open_ - {place}, done | {place}
    return found
