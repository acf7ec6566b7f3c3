"""Ordinal logistic regression DIF: what group, and group by total, tell of an item beyond the total alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, xlogy

from eiassess.errors import NotEstimableError
from eiassess.psychometrics.dif.classes import DifClass, jodoin_gierl_class
from eiassess.psychometrics.dif.counts import Array, Group, MatchedCounts, matched_counts
from eiassess.psychometrics.dif.cumulative_logit import BATCH_ENTRIES, CumulativeLogitFit, fit_cumulative_logit


@dataclass(frozen=True)
class OrdinalLogisticDif:
    """Three nested proportional-odds models of one item: total; + group; + group by total.

    It exists only where all three converged; how closely is told.

    Attributes
    ----------
    lr_uniform, p_uniform
        Likelihood ratio of the second to the first model, one degree of freedom.
    lr_total, p_total
        Of the third to the first model, two degrees of freedom.
    nagelkerke
        R^2 of the three models.
    dif_class
        A, B or C of the gain in R^2 from the first to the third model, after Jodoin and Gierl.
    group_log_odds
        Slope of the focal group in the second model; negative: harder for the focal group.
    gradient_norm
        Largest absolute element of the gradient, a person, of the three models at their estimates.
    iterations
        Of Newton's method, over the three models.
    """

    lr_uniform: float
    p_uniform: float
    lr_total: float
    p_total: float
    nagelkerke: tuple[float, float, float]
    dif_class: DifClass
    group_log_odds: float
    gradient_norm: float
    iterations: int

    @property
    def delta_r_squared(self) -> float:
        """Gain in Nagelkerke's R^2 from the first to the third model."""
        return self.nagelkerke[2] - self.nagelkerke[0]


def ordinal_logistic_dif(scores: Array, focal: Group, matching: Array) -> OrdinalLogisticDif:
    """Regress an item's ordered categories on total (z), group (g) and their product.

    ``logit P(y <= j) = threshold_j - b1 z``; ``- b2 g``; ``- b3 z g``; ``LR = 2 (l_with - l_without)``;
    ``Nagelkerke R^2 = (1 - exp(2 (l_0 - l) / n)) / (1 - exp(2 l_0 / n))``.

    Parameters
    ----------
    scores
        Shape (n,): item scores; categories that nobody used do not count.
    focal
        Shape (n,): 1 or True for the focal group.
    matching
        Shape (n,): such as the total.
        Rows with NaN anywhere are left out.

    Raises
    ------
    NotEstimableError
        A group has fewer than two people or only one matching value, the item has one category or too many, or its
        categories are separated (the estimates do not converge).

    References
    ----------
    Swaminathan & Rogers (1990), Journal of Educational Measurement 27, 361; Zumbo (1999), A handbook on the theory
    and methods of differential item functioning; Nagelkerke (1991), Biometrika 78, 691; Jodoin & Gierl (2001).

    Examples
    --------
    >>> total = np.tile(np.arange(6.0), 40)
    >>> group = np.repeat([0, 1], 120)
    >>> scores = np.clip(np.round(total / 2 + np.tile([-1, 0, 0, 1], 60) - 0.6 * group), 0, 2)
    >>> dif = ordinal_logistic_dif(scores, group, total)
    >>> round(dif.lr_uniform, 4), round(dif.lr_total, 4), dif.dif_class.value
    (19.0987, 20.2208, 'B')
    """
    (result,) = ordinal_logistic_of_counts([matched_counts(scores, focal, matching)])
    if isinstance(result, NotEstimableError):
        raise result
    return result


def ordinal_logistic_of_counts(tables: Sequence[MatchedCounts]) -> list[OrdinalLogisticDif | NotEstimableError]:
    """Give the same of many items over the same people at once, or the reason why an item has none."""
    results: dict[int, OrdinalLogisticDif | NotEstimableError] = {}
    for batch in _batches(tables):
        refusal = _refusal(tables[batch[0]])
        outcome = [refusal] * len(batch) if refusal else _fit_batch([tables[item] for item in batch])
        results.update(zip(batch, outcome, strict=True))
    return [results[item] for item in range(len(tables))]


def _batches(tables: Sequence[MatchedCounts]) -> Iterator[list[int]]:
    """Yield items with the same number of categories together, not so many that their arrays grow large."""
    sizes = np.array([table.categories.size for table in tables])
    for size in np.unique(sizes):
        alike = np.flatnonzero(sizes == size).tolist()
        most = max(1, BATCH_ENTRIES // tables[alike[0]].counts.size)
        yield from (alike[first : first + most] for first in range(0, len(alike), most))


def _refusal(table: MatchedCounts) -> NotEstimableError | None:
    if table.categories.size == 1:
        return NotEstimableError("everybody has the same score on this item")
    if min(np.count_nonzero(table.counts.sum(axis=2), axis=0)) == 1:
        return NotEstimableError("everybody in a group has the same matching value")
    return None


def _fit_batch(tables: Sequence[MatchedCounts]) -> list[OrdinalLogisticDif | NotEstimableError]:
    occupied, design = _design(tables[0])
    cells = np.stack([table.counts.reshape(-1, table.categories.size)[occupied] for table in tables])
    first = fit_cumulative_logit(cells, design[:, :1])
    second = fit_cumulative_logit(cells, design[:, :2], first)
    third = fit_cumulative_logit(cells, design, second)
    return _results(cells.sum(axis=1), (first, second, third))


def _design(table: MatchedCounts) -> tuple[np.ndarray[tuple[int], np.dtype[np.bool_]], Array]:
    """Give which cells hold people, and z, g, z g of those."""
    people = table.counts.sum(axis=2)
    weights = people.sum(axis=1)
    deviation = table.values - np.average(table.values, weights=weights)
    z = np.repeat(deviation / np.sqrt(np.average(deviation**2, weights=weights)), 2)
    g = np.tile([0.0, 1.0], table.values.size)
    occupied = people.ravel() > 0
    return occupied, np.column_stack([z, g, z * g])[occupied]


def _results(
    totals: Array, fits: tuple[CumulativeLogitFit, CumulativeLogitFit, CumulativeLogitFit]
) -> list[OrdinalLogisticDif | NotEstimableError]:
    n = totals.sum(axis=1)
    null = xlogy(totals, totals / n[:, None]).sum(axis=1)
    likelihoods = np.array([fit.log_likelihood for fit in fits])
    r_squared = np.expm1(2 * (null - likelihoods) / n) / np.expm1(2 * null / n)
    ratios = np.maximum(0.0, 2 * (likelihoods[1:] - likelihoods[0]))
    norm = np.max([fit.gradient_norm for fit in fits], axis=0)
    converged = np.all([fit.converged for fit in fits], axis=0)
    iterations = sum(fit.iterations for fit in fits)
    return [
        _result(ratios[:, item], r_squared[:, item], fits[1].slopes[item, 1], norm[item], iterations)
        if converged[item]
        else NotEstimableError(
            "matching value and group separate the item's categories: its proportional-odds models do not converge"
        )
        for item in range(n.size)
    ]


def _result(ratios: Array, r_squared: Array, slope: float, norm: float, iterations: int) -> OrdinalLogisticDif:
    lr_uniform, lr_total = (float(ratio) for ratio in ratios)
    first, second, third = (float(value) for value in r_squared)
    p_total = float(chdtrc(2, lr_total))
    return OrdinalLogisticDif(
        lr_uniform=lr_uniform,
        p_uniform=float(chdtrc(1, lr_uniform)),
        lr_total=lr_total,
        p_total=p_total,
        nagelkerke=(first, second, third),
        dif_class=jodoin_gierl_class(third - first, p_total),
        group_log_odds=float(slope),
        gradient_norm=float(norm),
        iterations=iterations,
    )
