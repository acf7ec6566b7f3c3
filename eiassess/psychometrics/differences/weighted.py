"""Weighted agreement with a key: scenarios that count what their competency weighs, and the error that follows."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from eiassess.psychometrics.differences.answer_sheets import AnswerSheets

Array = npt.NDArray[np.float64]


def weighted_sheets(sheets: AnswerSheets, weights: Array) -> AnswerSheets:
    """Keep the rated scenarios whose weight is above 0, each with its weight.

    Parameters
    ----------
    sheets
        Answers to a form whose options are all rated.
    weights
        Shape (scenarios,), 0 or more.

    Examples
    --------
    >>> from eiassess.psychometrics.differences.answer_sheets import RATED, FormColumns
    >>> columns = FormColumns(
    ...     key=np.array([1.0, 5.0, 2.0, 4.0, 3.0, 6.0]), scenario=np.array([0, 0, 1, 1, 2, 2]),
    ...     kind=np.zeros(6, dtype=int), competency=np.array([0, 0, 1]),
    ...     choice=np.full(3, RATED), decisions=np.zeros(3),
    ... )
    >>> sheets = AnswerSheets(columns, np.array([[2.0, 5, 2, 6, 5, 4]]), np.zeros((1, 3)), np.ones((1, 3), dtype=bool))
    >>> found = weighted_sheets(sheets, np.array([3.0, 0.0, 1.0]))
    >>> found.ratings.tolist(), found.columns.scenario.tolist(), found.columns.weight.tolist()
    ([[2.0, 5.0, 5.0, 4.0]], [0, 0, 1, 1], [3.0, 1.0])
    """
    columns, kept = sheets.columns, weights > 0
    rows = kept[columns.scenario]
    numbers = np.cumsum(kept) - 1
    chosen = replace(
        columns,
        key=columns.key[rows],
        scenario=numbers[columns.scenario[rows]],
        kind=columns.kind[rows],
        competency=columns.competency[kept],
        choice=columns.choice[kept],
        decisions=columns.decisions[kept],
        weight=weights[kept],
    )
    return AnswerSheets(chosen, sheets.ratings[:, rows], sheets.choices[:, kept], sheets.counted[:, kept])


def weighted_leaving_out_variance(q: Array, of_competency: Array, weights: Array) -> tuple[Array, Array]:
    """Give the error variance of a weighted z, and its degrees of freedom, of each person.

    With weights w_c that all scenarios of a competency share and W their sum over a person's scenarios,
    ``v = (sum n_c w_c^2 / sum over n_c > 1 of n_c w_c^2) sum over n_c > 1 of ((W - w_c) / W)^2 n_c / (n_c - 1) sum
    q_j^2`` and ``d = (sum w_c^2 (n_c - 1))^2 / sum w_c^4 (n_c - 1)``. With equal weights it is
    `leaving_out_variance`.

    Parameters
    ----------
    q
        Shape (people, scenarios), centred or not; NaN where a scenario does not count.
    of_competency
        Shape (scenarios, competencies).
    weights
        Shape (scenarios,), above 0, the same within a competency.

    Returns
    -------
    tuple
        v and d, shape (people,); v is NaN where q is, or where every scenario is alone in its competency.

    References
    ----------
    Efron & Stein (1981), Annals of Statistics 9, 586. Satterthwaite (1946), Biometrics Bulletin 2, 110.

    Examples
    --------
    >>> of_competency = np.array([[1.0, 0], [1, 0], [0, 1], [0, 1]])
    >>> q = np.array([[-0.1, 0.1, 0.2, -0.2]])
    >>> v, d = weighted_leaving_out_variance(q, of_competency, np.full(4, 2.0))
    >>> v.round(6).tolist(), d.tolist()
    ([0.1125], [2.0])
    >>> v, d = weighted_leaving_out_variance(q, of_competency, np.array([3.0, 3.0, 1.0, 1.0]))
    >>> v.round(6).tolist(), d.round(2).tolist()
    ([0.138125], [1.22])
    """
    counted = ~np.isnan(q)
    n = counted @ of_competency
    w = of_competency.T @ weights / np.maximum(of_competency.sum(axis=0), 1)
    total = (counted @ weights)[:, None]
    squares = np.where(counted, q, 0.0) ** 2 @ of_competency
    several = n > 1
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (n * w**2).sum(axis=1) / (several * n * w**2).sum(axis=1)
        sums = np.where(several, ((total - w) / total) ** 2 * n / np.maximum(n - 1, 1) * squares, 0.0).sum(axis=1)
        own = np.maximum(n - 1, 0)
        d = (own * w**2).sum(axis=1) ** 2 / (own * w**4).sum(axis=1)
        v = np.where(counted.any(axis=1), share * sums, np.nan)
    return v, np.nan_to_num(d)
