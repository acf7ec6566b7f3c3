"""The error of one person's agreement with a key, by leaving out each scenario once (sections 1 and 2 of the rule)."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from eiassess.psychometrics.differences.answer_sheets import AnswerSheets
from eiassess.psychometrics.differences.weighted import weighted_leaving_out_variance

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.intp]

SAME = 1e-12
"""Variances and distances to 1 below this share are rounding: ratings are whole numbers, keys have a few decimals."""


def agreement_leaving_out(sheets: AnswerSheets) -> tuple[Array, Array]:
    """Correlate people's answers with the key, over all scenarios that count and without each of them.

    Each time ratings *and key* are standardised again over what is left, and the mean over formats, weighted by their
    ratings (choices by their picks or places), is made again. Where scenarios have weights, each rating counts its
    scenario's weight in the means, the variances and the covariance, and in the mean over formats.

    Returns
    -------
    tuple
        r, shape (people,), and r without each scenario, shape (people, scenarios): NaN where the scenario does not
        count, where nothing is left, and where the ratings or the key of a format that is left are all alike.

    Examples
    --------
    >>> from eiassess.psychometrics.differences.answer_sheets import RATED, FormColumns
    >>> columns = FormColumns(
    ...     key=np.array([1.0, 5.0, 2.0, 4.0, 3.0, 6.0]), scenario=np.array([0, 0, 1, 1, 2, 2]),
    ...     kind=np.zeros(6, dtype=int), competency=np.array([0, 0, 0]),
    ...     choice=np.full(3, RATED), decisions=np.zeros(3),
    ... )
    >>> ratings = np.array([[2.0, 5.0, 2.0, 6.0, 5.0, 4.0]])
    >>> sheets = AnswerSheets(columns, ratings, np.zeros((1, 3)), np.ones((1, 3), dtype=bool))
    >>> r, without = agreement_leaving_out(sheets)
    >>> r.round(4).tolist(), without.round(4).tolist()
    ([0.6389], [[0.3714, 0.6378, 0.8856]])
    >>> round(float(np.corrcoef(ratings[0, 2:], columns.key[2:])[0, 1]), 4)
    0.3714
    """
    total = np.zeros((len(sheets.counted), sheets.counted.shape[1] + 1))
    weights = np.zeros_like(total)
    for weight, r in (*_of_ratings(sheets), *_of_choices(sheets)):
        total += np.where(weight > 0, weight * r, 0.0)
        weights += weight
    with np.errstate(invalid="ignore"):
        found = total / weights
    return found[:, 0], np.where(sheets.counted, found[:, 1:], np.nan)


def _of_ratings(sheets: AnswerSheets) -> Iterator[tuple[Array, Array]]:
    """Give of each rated format the numbers of ratings and the correlations, nothing and each scenario left out."""
    columns = sheets.columns
    for rows in columns.kinds:
        of_scenario, key = columns.of_scenario[rows], columns.key[rows]
        x = np.where(sheets.counted @ of_scenario.T > 0, sheets.ratings[:, rows], 0.0)
        weighed = of_scenario if columns.weight is None else of_scenario * columns.weight
        of_key = np.stack([np.ones_like(key), key, key**2]) @ weighed
        n, k, kk = (_left(sheets.counted * each) for each in of_key)
        sx, sxx, sxk = (_left(each @ weighed) for each in (x, x**2, x * key))
        varies = _spread(sxx, sx, n) * _spread(kk, k, n)
        with np.errstate(invalid="ignore"):
            yield n, (n * sxk - sx * k) / np.sqrt(varies)


def _spread(squares: Array, sums: Array, n: Array) -> Array:
    """Give n^2 times a variance; NaN where it is nothing but rounding, so that nothing can be said."""
    spread = n * squares - sums**2
    return np.where(spread > SAME * n * squares, spread, np.nan)


def _of_choices(sheets: AnswerSheets) -> Iterator[tuple[Array, Array]]:
    """Give of each format of choices its picks or places and its mean score."""
    for scenarios in sheets.columns.choices:
        used = sheets.counted & scenarios
        n = _left(used.astype(np.float64))
        with np.errstate(invalid="ignore"):
            mean = _left(np.where(used, sheets.choices, 0.0)) / n
        yield _left(used * sheets.columns.decisions), mean


def _left(of_scenarios: Array) -> Array:
    """Sum over scenarios, shape (people, scenarios), all of them and without each: shape (people, 1 + scenarios)."""
    total = of_scenarios.sum(axis=1, keepdims=True)
    return np.concatenate([total, total - of_scenarios], axis=1)


def fisher_z(r: Array) -> Array:
    """Fisher's z of correlations of any shape, ``atanh r``; NaN at 1 and -1, where it has no end.

    Examples
    --------
    >>> fisher_z(np.array([0.0, 0.5, 1.0])).round(4).tolist()
    [0.0, 0.5493, nan]
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(1 - np.abs(r) > SAME, np.arctanh(r), np.nan)


def scenario_pull(z_without: Array, of_competency: Array, counted: Flags) -> Array:
    """Say what each scenario does to a person's z: ``q_j = z(-j) - mean of z(-j) over its competency's scenarios``.

    Parameters
    ----------
    z_without
        Shape (people, scenarios): z without each scenario that counts.
    of_competency
        Shape (scenarios, competencies), from `FormColumns`.
    counted
        Shape (people, scenarios).

    Returns
    -------
    Array
        Shape (people, scenarios), NaN where a scenario does not count; all NaN for a person of whom some z is unknown.

    Examples
    --------
    >>> everything = np.ones((1, 3), dtype=bool)
    >>> scenario_pull(np.array([[0.25, 0.75, 0.5]]), np.array([[1.0, 0], [1, 0], [0, 1]]), everything).tolist()
    [[-0.25, 0.25, 0.0]]
    """
    known = np.where(counted, z_without, 0.0)
    q = known - _own_means(known, of_competency, counted)
    return np.where(counted & ~np.isnan(q).any(axis=1, keepdims=True), q, np.nan)


def centred_pull(q: Array, scenario_means: Array, of_competency: Array, in_estimate: Flags, n: int) -> Array:
    """Take off q what a scenario is to everybody: ``(q_j - m_j) f``.

    ``f = sqrt(n / (n - 1))`` for somebody in the estimate and ``sqrt(n / (n + 1))`` beside it. With scenarios missing:
    m_j less its mean over the person's own scenarios of that competency, times ``(J_form - 1) / (J - 1)``.

    Parameters
    ----------
    q
        Shape (people, scenarios), from `scenario_pull`.
    scenario_means
        Shape (scenarios,): m_j, the mean of q_j over the people in the estimate.
    in_estimate
        Shape (people,).
    n
        How many people are in the estimate.

    Examples
    --------
    >>> q, means = np.array([[0.1, -0.1], [0.3, -0.3]]), np.array([0.2, -0.2])
    >>> centred_pull(q, means, np.ones((2, 1)), np.array([True, False]), 2).round(4).tolist()
    [[-0.1414, 0.1414], [0.0816, -0.0816]]
    """
    counted = ~np.isnan(q)
    means = np.where(counted, scenario_means, 0.0)
    own = np.where(counted, means - _own_means(means, of_competency, counted), 0.0)
    left = np.maximum(counted.sum(axis=1, keepdims=True) - 1, 1)
    factor = np.sqrt(n / np.where(in_estimate, n - 1, n + 1))[:, None]
    return np.asarray((q - own * (q.shape[1] - 1) / left) * factor, dtype=np.float64)


def _own_means(values: Array, of_competency: Array, counted: Flags) -> Array:
    """Give each scenario the mean over its competency's scenarios that count; values are 0 where one does not."""
    n = np.maximum(counted @ of_competency, 1.0)
    return np.asarray((values @ of_competency / n) @ of_competency.T, dtype=np.float64)


def leaving_out_variance(q: Array, of_competency: Array) -> tuple[Array, Array]:
    """Give the error variance of z, and its degrees of freedom, of each person.

    ``v = ((J - 1) / J)^2 J / (J - J1) sum over c with n_c > 1 of n_c / (n_c - 1) sum q_j^2``, ``d = J - C``; J1 are the
    scenarios that are alone in their competency.

    Parameters
    ----------
    q
        Shape (people, scenarios), centred or not.
    of_competency
        Shape (scenarios, competencies).

    Returns
    -------
    tuple
        v and d, shape (people,); v is NaN where q is, or where every scenario is alone in its competency.

    References
    ----------
    Efron & Stein (1981), Annals of Statistics 9, 586 (the jackknife estimate of variance).

    Examples
    --------
    >>> v, d = leaving_out_variance(np.array([[-0.1, 0.1, 0.2, -0.2]]), np.array([[1.0, 0], [1, 0], [0, 1], [0, 1]]))
    >>> v.round(6).tolist(), d.tolist()
    ([0.1125], [2.0])
    """
    return weighted_leaving_out_variance(q, of_competency, np.ones(q.shape[1]))
