"""Where persons stand on theta, with standard errors."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import NotEstimableError
from eiassess.psychometrics.irt.categories import CategoryMap
from eiassess.psychometrics.irt.expectation import log_table, posteriors
from eiassess.psychometrics.irt.parameters import SMALLEST_PROBABILITY, ItemParameters
from eiassess.psychometrics.irt.quadrature import Quadrature
from eiassess.psychometrics.irt.responses import Array, ResponseTable

BLOCK = 512
"""Persons whose curves on all items are computed at a time."""
MODE_TOLERANCE = 1e-9
MOST_STEPS = 100


@dataclass(frozen=True)
class AbilityEstimates:
    """Estimates of theta for N persons.

    Parameters
    ----------
    theta, standard_error
        Shape (N,) each. A person who answered nothing has the prior's 0 and 1: see ``answered``.
    answered
        Shape (N,): how many items the person answered.
    method
        ``EAP`` or ``MAP``.
    """

    theta: Array
    standard_error: Array
    answered: npt.NDArray[np.intp]
    method: str

    @property
    def reported(self) -> Array:
        """``50 + 10 theta``."""
        return 50 + 10 * self.theta


def expected_a_posteriori(
    parameters: ItemParameters, categories: CategoryMap, responses: ResponseTable, rule: Quadrature
) -> AbilityEstimates:
    """Mean and standard deviation of each person's posterior distribution of theta (EAP).

    ``theta_i = sum_q theta_q p(theta_q | x_i)``

    References
    ----------
    Bock & Mislevy (1982), Applied Psychological Measurement 6, 431.
    """
    moments = np.column_stack([rule.nodes, rule.nodes**2])
    table = log_table(parameters, categories, responses, rule)
    result = np.empty((responses.persons, 2))
    for start, posterior, _ in posteriors(responses, table):
        np.matmul(posterior, moments, out=result[start : start + posterior.shape[0]])
    mean = result[:, 0].copy()
    variance = np.maximum(result[:, 1] - mean**2, 0.0)
    return AbilityEstimates(mean, np.sqrt(variance), responses.answered, "EAP")


def maximum_a_posteriori(
    parameters: ItemParameters, categories: CategoryMap, responses: ResponseTable, rule: Quadrature
) -> AbilityEstimates:
    """Mode of each person's posterior (MAP), by Fisher scoring from the EAP; theta ~ N(0, 1).

    Standard error ``1 / sqrt(I(theta) + 1)``, I the test information over the items that the person answered.
    """
    start = expected_a_posteriori(parameters, categories, responses, rule)
    theta, error = start.theta.copy(), np.empty(responses.persons)
    for first in range(0, responses.persons, BLOCK):
        rows = slice(first, min(first + BLOCK, responses.persons))
        chosen, present = answered_categories(responses, categories, rows.start, rows.stop)
        theta[rows], error[rows] = _modes(parameters, chosen, present, theta[rows])
    return AbilityEstimates(theta, error, responses.answered, "MAP")


def answered_categories(
    responses: ResponseTable, categories: CategoryMap, start: int, stop: int
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Give the category of some persons on each item, shape (n, J), and whether they answered it at all."""
    numbers = responses.level_numbers(start, stop)
    width = categories.of_level.shape[1]
    present = numbers < width if responses.missing else np.ones(numbers.shape, dtype=np.bool_)
    levels = np.minimum(numbers, width - 1)
    return categories.of_level[np.arange(responses.items), levels], present


def _modes(
    parameters: ItemParameters, chosen: npt.NDArray[np.intp], present: npt.NDArray[np.bool_], theta: Array
) -> tuple[Array, Array]:
    """Climb to the mode; near it the steps shrink by a large factor each."""
    precision = np.ones_like(theta)
    for _ in range(MOST_STEPS):
        probabilities, slopes = parameters.family.curves(parameters.a, parameters.intercepts, parameters.used, theta)
        ratio = slopes / np.maximum(probabilities, SMALLEST_PROBABILITY)
        mine = np.take_along_axis(ratio, chosen.T[:, None, :], axis=1)[:, 0]
        precision = 1 + ((slopes * ratio).sum(axis=1) * present.T).sum(axis=0)
        step = np.clip(((mine * present.T).sum(axis=0) - theta) / precision, -1.0, 1.0)
        theta = theta + step
        if np.abs(step).max() < MODE_TOLERANCE:
            break
    return theta, 1 / np.sqrt(precision)


def empirical_reliability(theta: Array, standard_error: Array) -> float:
    """Share of the variance of estimates and errors that the estimates have: ``s^2 / (s^2 + mean SE^2)``.

    Parameters
    ----------
    theta, standard_error
        EAP estimates and posterior standard deviations, shape (N,) each.

    Raises
    ------
    NotEstimableError
        Fewer than two persons, or nothing varies and nothing is uncertain.

    References
    ----------
    Du Toit (2003), IRT from SSI; as in R's mirt, ``empirical_rxx``.

    Examples
    --------
    >>> empirical_reliability(np.array([-1.0, 0.0, 1.0]), np.array([0.5, 0.5, 0.5]))
    0.8
    """
    if theta.size < 2:  # noqa: PLR2004  # a variance needs two
        message = "a reliability needs at least two persons"
        raise NotEstimableError(message)
    variance, error = float(theta.var(ddof=1)), float(np.mean(standard_error**2))
    if variance + error == 0:
        message = "estimates that neither vary nor err have no reliability"
        raise NotEstimableError(message)
    return variance / (variance + error)
