"""Whether the model holds: dependence of pairs of items beyond theta (Q3), and residuals of each item's curve."""

from dataclasses import dataclass

import numpy as np

from eiassess.psychometrics.irt.categories import CategoryMap
from eiassess.psychometrics.irt.expectation import answers_by_category, log_table, normalise
from eiassess.psychometrics.irt.parameters import ItemParameters
from eiassess.psychometrics.irt.quadrature import Quadrature
from eiassess.psychometrics.irt.responses import Array, ResponseTable
from eiassess.psychometrics.irt.scoring import BLOCK, answered_categories

RESIDUAL_REACH = 2.0
"""Residuals are looked at from -2 to 2, where the persons are."""
FEWEST_PERSONS = 1.0
FEWEST_PAIRS = 3


@dataclass(frozen=True)
class ItemResiduals:
    """How far each item's observed curve lies from the model's.

    Parameters
    ----------
    theta
        Where they were looked at, shape (T,).
    observed, expected
        Mean category number, shape (J, T): weighted by the persons' posteriors, and after the model; the model's
        both times where less than one person is expected.
    standardised
        ``(observed - expected) / SE``, shape (J, T). The standard error leaves out that the parameters were estimated
        from the same persons, so these are somewhat too small rather than too large.
    """

    theta: Array
    observed: Array
    expected: Array
    standardised: Array

    @property
    def largest(self) -> Array:
        """Largest absolute standardised residual of each item, shape (J,)."""
        return np.asarray(np.abs(self.standardised).max(axis=1))


def item_residuals(
    parameters: ItemParameters, categories: CategoryMap, responses: ResponseTable, rule: Quadrature
) -> ItemResiduals:
    """Compare the persons' mean score on each item near each theta with the model's.

    ``observed_j(theta) = sum_i x_ij p(theta | x_i) / sum_i p(theta | x_i)``, with
    ``SE^2 = sum_i p(theta | x_i)^2 (x_ij - E_j(theta))^2 / (sum_i p(theta | x_i))^2``.

    References
    ----------
    Haberman, Sinharay & Chon (2013), Psychometrika 78, 417.
    """
    table = log_table(parameters, categories, responses, rule)
    near = np.abs(rule.nodes) <= RESIDUAL_REACH + 1e-9
    theta = rule.nodes[near]
    once, twice = np.zeros((table.shape[0], theta.size)), np.zeros((table.shape[0], theta.size))
    for block in responses.blocks():
        joint = np.asarray(block @ table)
        normalise(joint)
        posterior = joint[:, near]
        once += block.T @ posterior
        twice += block.T @ posterior**2
    weights = answers_by_category(once, categories, responses)
    squares = answers_by_category(twice, categories, responses)
    expected = parameters.expected_scores(theta)
    deviations = np.arange(float(weights.shape[1]))[:, None] - expected[:, None]
    persons = weights.sum(axis=1)
    difference = (weights * deviations).sum(axis=1)
    error = np.sqrt((squares * deviations**2).sum(axis=1))
    known = (persons > FEWEST_PERSONS) & (error > 0)
    mean = np.where(known, difference / np.where(known, persons, 1.0), 0.0)
    standardised = np.where(known, difference / np.where(known, error, 1.0), 0.0)
    return ItemResiduals(theta, expected + mean, expected, standardised)


def yen_q3(parameters: ItemParameters, categories: CategoryMap, responses: ResponseTable, theta: Array) -> Array:
    """Correlate the residuals of each pair of items over the persons who answered both (Yen's Q3).

    ``Q3_jl = cor_i(x_ij - E_j(theta_i), x_il - E_l(theta_i))``, theta the EAP.

    Returns
    -------
    Array
        Shape (J, J), symmetric, ones on the diagonal; 0 where fewer than three persons answered both or a residual
        does not vary. Independent items give about -1 / (J - 1), not 0.

    References
    ----------
    Yen (1984), Applied Psychological Measurement 8, 125.
    """
    items = responses.items
    pairs, cross, sums, squares = (np.zeros((items, items)) for _ in range(4))
    for start in range(0, responses.persons, BLOCK):
        stop = min(start + BLOCK, responses.persons)
        chosen, present = answered_categories(responses, categories, start, stop)
        residual = (chosen - parameters.expected_scores(theta[start:stop]).T) * present
        there = present.astype(np.float64)
        pairs += there.T @ there
        cross += residual.T @ residual
        sums += residual.T @ there
        squares += (residual**2).T @ there
    return _correlations(pairs, cross, sums, squares)


def _correlations(pairs: Array, cross: Array, sums: Array, squares: Array) -> Array:
    """Pairwise complete correlations from sums over pairs: ``sums[j, l]`` is of item j over those who answered l."""
    covariance = pairs * cross - sums * sums.T
    variance = np.maximum(pairs * squares - sums**2, 0.0)
    scale = np.sqrt(variance * variance.T)
    usable = (pairs >= FEWEST_PAIRS) & (scale > 0)
    result = np.where(usable, covariance / np.where(usable, scale, 1.0), 0.0)
    np.fill_diagonal(result, 1.0)
    return np.clip(result, -1.0, 1.0)
