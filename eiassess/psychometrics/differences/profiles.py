"""People's answers standardised with the key over what counts: discrepancies for areas, and what each scenario adds."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.psychometrics.differences.answer_sheets import AnswerSheets

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SheetProfiles:
    """Answers and key, standardised for each person over the ratings of each format that count.

    Parameters
    ----------
    d, e
        Discrepancies and random discrepancies as in RULES section 3, shape (people, scenarios); 0 where one does not
        count.
    influence
        What each scenario's ratings add to r, on average over them, shape (people, scenarios); 0 of choices.
    """

    d: Array
    e: Array
    influence: Array


def sheet_profiles(sheets: AnswerSheets) -> SheetProfiles:
    """Standardise answers and key, as `eiassess.psychometrics.standardised_profile` does for one person.

    ``d_j = sum_o (z_o - kz_o)^2``, ``e_j = sum_o (1 + kz_o^2)``, ``u_j = mean_o [z kz - (r/2)(z^2 + kz^2)]`` with the
    format's r; of choices, with w the format's mean number of picks or places, ``e = 2 w`` and ``d = e (1 - s)``.

    Examples
    --------
    >>> from eiassess.psychometrics.differences.answer_sheets import RATED, FormColumns
    >>> columns = FormColumns(
    ...     key=np.array([1.0, 3.0, 1.0, 3.0]), scenario=np.array([0, 0, 1, 1]), kind=np.zeros(4, dtype=int),
    ...     competency=np.array([0, 0]), choice=np.full(2, RATED), decisions=np.zeros(2),
    ... )
    >>> ratings = np.array([[2.0, 4.0, 4.0, 2.0]])
    >>> found = sheet_profiles(AnswerSheets(columns, ratings, np.zeros((1, 2)), np.ones((1, 2), dtype=bool)))
    >>> found.d.tolist(), found.e.tolist(), found.influence.tolist()
    ([[0.0, 8.0]], [[4.0, 4.0]], [[1.0, -1.0]])
    """
    columns, shape = sheets.columns, sheets.counted.shape
    d, e, influence = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    per_scenario = np.maximum(columns.of_scenario.sum(axis=0), 1)
    for rows in columns.kinds:
        of_scenario = columns.of_scenario[rows]
        used = sheets.counted @ of_scenario.T
        z, key_z = (
            _standardised(np.where(used > 0, x, 0.0), used) for x in (sheets.ratings[:, rows], columns.key[rows])
        )
        r = (z * key_z).sum(axis=1, keepdims=True) / np.maximum(used.sum(axis=1, keepdims=True), 1)
        d += (z - key_z) ** 2 @ of_scenario
        e += (used + key_z**2) @ of_scenario
        influence += (z * key_z - r / 2 * (z**2 + key_z**2)) @ of_scenario / per_scenario
    weights = _choice_weights(sheets)
    s = np.where(weights > 0, sheets.choices, 0.0)
    return SheetProfiles(d + 2 * weights * (1 - s), e + 2 * weights, influence)


def _standardised(x: Array, used: Array) -> Array:
    """Standardise over what is used (1, else 0), 0 elsewhere and where nothing varies."""
    n = np.maximum(used.sum(axis=1, keepdims=True), 1)
    deviations = (x - x.sum(axis=1, keepdims=True) / n) * used
    sd = np.sqrt((deviations**2).sum(axis=1, keepdims=True) / n)
    found: Array = np.divide(deviations, sd, out=np.zeros_like(deviations), where=sd > 0)
    return found


def _choice_weights(sheets: AnswerSheets) -> Array:
    """Give every choice that counts its format's mean number of picks or places; 0 elsewhere."""
    weights = np.zeros(sheets.counted.shape)
    for scenarios in sheets.columns.choices:
        used = sheets.counted & scenarios
        n = np.maximum(used.sum(axis=1, keepdims=True), 1)
        weights += used * (used @ sheets.columns.decisions)[:, None] / n
    return weights


def pooled_discrepancy_variance(d: Array, e: Array, of_competency: Array) -> tuple[Array, Array]:
    """Pool each person's unevenness within competencies, as `eiassess.psychometrics.discrepancy_error_variance` does.

    Parameters
    ----------
    d, e
        Shape (people, scenarios), 0 where a scenario does not count.
    of_competency
        Shape (scenarios, competencies).

    Returns
    -------
    tuple
        The variances, NaN where there are no degrees of freedom, and these, shape (people,).

    Examples
    --------
    >>> v, df = pooled_discrepancy_variance(np.array([[1.0, 3.0]]), np.array([[2.0, 2.0]]), np.ones((2, 1)))
    >>> v.tolist(), df.tolist()
    ([1.0], [1])
    """
    counted = e > 0
    sums_d, sums_e = d @ of_competency, e @ of_competency
    ratio = np.divide(sums_d, sums_e, out=np.zeros_like(sums_d), where=sums_e > 0)
    residual = d - (ratio @ of_competency.T) * e
    df = counted.sum(axis=1) - (sums_e > 0).sum(axis=1)
    sums = np.divide(residual**2, e, out=np.zeros_like(e), where=counted).sum(axis=1)
    return np.where(df > 0, sums / np.maximum(df, 1), np.nan), df
