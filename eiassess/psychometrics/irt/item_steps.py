"""The M-step: a step of Fisher scoring of all items in one array operation; a second would save no iteration."""

from dataclasses import dataclass, replace

import numpy as np

from eiassess.psychometrics.irt.parameters import SMALLEST_PROBABILITY, ItemParameters
from eiassess.psychometrics.irt.responses import Array

LONGEST_STEP = 1.0
"""No parameter moves further in one step."""
MOST_HALVINGS = 30


@dataclass(frozen=True)
class ItemPriors:
    """Priors on the parameters: ``log a ~ N(log_mean, log_sd^2)`` and ``d ~ N(0, sd^2)``."""

    log_mean: float = 0.0
    log_sd: float = 0.5
    sd: float = 3.0

    def log_density(self, parameters: ItemParameters) -> float:
        """Log density of the parameters, without the constants."""
        log_a = np.log(parameters.a)
        slopes = -log_a - (log_a - self.log_mean) ** 2 / (2 * self.log_sd**2)
        return float(slopes.sum() - (parameters.intercepts**2).sum() / (2 * self.sd**2))

    def gradient(self, parameters: ItemParameters) -> Array:
        """Differentiate the log density by a, d_1, .. d_M, shape (J, K)."""
        a = parameters.a
        by_slope = -(1 + (np.log(a) - self.log_mean) / self.log_sd**2) / a
        return np.column_stack([by_slope, -parameters.intercepts / self.sd**2])

    def precision(self, parameters: ItemParameters) -> Array:
        """Curvature to step by, shape (J, K)."""
        by_intercept = np.full_like(parameters.intercepts, 1 / self.sd**2)
        return np.column_stack([1 / (self.log_sd * parameters.a) ** 2, by_intercept])


def complete_data_gradient(parameters: ItemParameters, theta: Array, answers: Array) -> Array:
    """Differentiate the expected complete-data log-likelihood: ``sum_kq r_kq dlog P_kq``, shape (J, K)."""
    probabilities, by = parameters.family.derivatives(parameters.a, parameters.intercepts, parameters.used, theta)
    return _gradient(probabilities, by, answers)


def _gradient(probabilities: Array, by: Array, answers: Array) -> Array:
    items, count = by.shape[:2]
    ratio = answers / np.maximum(probabilities, SMALLEST_PROBABILITY)
    return np.asarray(np.matmul(by.reshape(items, count, -1), ratio.reshape(items, -1, 1))[:, :, 0])


def item_step(parameters: ItemParameters, theta: Array, answers: Array, priors: ItemPriors | None) -> ItemParameters:
    """Move all items by one step of Fisher scoring, ``(sum_q n_q sum_k dP_k dP_k' / P_k)^-1 gradient``.

    Parameters
    ----------
    theta
        Nodes, shape (Q,).
    answers
        Expected answers by item, category and node, shape (J, K, Q).
    """
    used = parameters.used
    probabilities, by = parameters.family.derivatives(parameters.a, parameters.intercepts, used, theta)
    gradient = _gradient(probabilities, by, answers)
    items, count = gradient.shape
    persons = answers.sum(axis=1, keepdims=True)
    weighted = by * np.sqrt(persons / np.maximum(probabilities, SMALLEST_PROBABILITY))[:, None]
    weighted = weighted.reshape(items, count, -1)
    information = np.matmul(weighted, weighted.transpose(0, 2, 1))
    if priors is not None:
        gradient += priors.gradient(parameters)
        np.einsum("jpp->jp", information)[:] += priors.precision(parameters)
    diagonal = np.einsum("jpp->jp", information)
    largest = diagonal.max(axis=1, keepdims=True)
    # An item so steep that no node tells its categories apart gives no information at all: it stays where it is.
    diagonal += np.where(largest > 0, 1e-10 * largest, 1.0)
    diagonal[:, 1:][~used] = 1.0
    step = np.asarray(np.linalg.solve(information, gradient[:, :, None])[:, :, 0], dtype=np.float64)
    step[:, 1:] *= used
    np.clip(step, -LONGEST_STEP, LONGEST_STEP, out=step)
    return _moved(parameters, step, positive=priors is not None)


def _moved(parameters: ItemParameters, step: Array, *, positive: bool) -> ItemParameters:
    """Go the step, or for an item that it would take out of bounds half of it, a quarter, ..."""
    length = np.ones(parameters.a.size)
    for _ in range(MOST_HALVINGS):
        moved = replace(
            parameters,
            a=parameters.a + length * step[:, 0],
            intercepts=parameters.intercepts + length[:, None] * step[:, 1:],
        )
        outside = ~admissible_items(moved, positive=positive)
        if not outside.any():
            return moved
        length[outside] /= 2
    return parameters


def admissible_items(parameters: ItemParameters, *, positive: bool) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which items have parameters that their family (and, with a prior on log a, the prior) admits."""
    allowed = parameters.family.allowed(parameters.intercepts, parameters.used)
    return np.asarray(allowed & (parameters.a > 0)) if positive else allowed
