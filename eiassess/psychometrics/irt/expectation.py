"""The E-step: posterior distributions of theta at the nodes, and what the items' steps need to know of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from eiassess.psychometrics.irt.categories import CategoryMap
from eiassess.psychometrics.irt.parameters import SMALLEST_PROBABILITY, ItemParameters
from eiassess.psychometrics.irt.quadrature import Quadrature
from eiassess.psychometrics.irt.responses import BLOCK_ROWS, Array, ResponseTable

CACHED_ROWS = 1024
"""Persons whose row of nodes is exponentiated and normalised at a time, while it lies in the cache."""

SMALLEST_JOINT = 1e-280
"""Below this a likelihood nears the smallest numbers there are and would lose digits."""


@dataclass(frozen=True)
class Expectation:
    """What one pass over the responses gives.

    Parameters
    ----------
    log_likelihood
        Sum over persons of the log marginal likelihood.
    answers
        Shape (J, K, Q): expected number of persons at each node with each category of each item.
    persons
        Shape (Q,): expected number of persons at each node.
    """

    log_likelihood: float
    answers: Array
    persons: Array


def log_table(parameters: ItemParameters, categories: CategoryMap, responses: ResponseTable, rule: Quadrature) -> Array:
    """Log-probability of each group pattern at each node, shape (rows, Q), the nodes' log weights included once."""
    logs = np.log(np.maximum(parameters.probabilities(rule.nodes), SMALLEST_PROBABILITY))
    by_level = np.zeros((responses.items, responses.levels, rule.nodes.size))
    width = categories.of_level.shape[1]
    by_level[:, :width] = np.take_along_axis(logs, categories.of_level[:, :, None], axis=1)
    table = responses.table(by_level)
    table[: responses.levels**responses.group_size] += np.log(rule.weights)
    return table


def normalise(log_joint: Array) -> Array:
    """Turn log joint likelihoods, shape (n, Q), into posteriors in place; give the log marginals, shape (n,)."""
    marginals = np.empty(log_joint.shape[0])
    ones = np.ones(log_joint.shape[1])
    scratch = np.empty((CACHED_ROWS, log_joint.shape[1]))
    for start in range(0, log_joint.shape[0], CACHED_ROWS):
        rows = slice(start, start + CACHED_ROWS)
        part = log_joint[rows]
        joint = np.exp(part, out=scratch[: part.shape[0]])
        total, peak = joint @ ones, np.zeros(1)
        if total.min() < SMALLEST_JOINT:  # hundreds of items: only then pay for taking the largest exponent out
            peak = part.max(axis=1)
            np.exp(part - peak[:, None], out=joint)
            total = joint @ ones
        np.multiply(joint, (1 / total)[:, None], out=part)
        marginals[rows] = peak + np.log(total)
    return marginals


def posteriors(responses: ResponseTable, table: Array, rows: int = BLOCK_ROWS) -> Iterator[tuple[int, Array, Array]]:
    """Give for each block of persons its first row, posteriors (n, Q) and log marginal likelihoods (n,)."""
    start = 0
    for block in responses.blocks(rows):
        posterior = np.asarray(block @ table)
        marginals = normalise(posterior)
        yield start, posterior, marginals
        start += posterior.shape[0]


def expectation_step(
    parameters: ItemParameters, categories: CategoryMap, responses: ResponseTable, rule: Quadrature
) -> Expectation:
    """Expect, given the parameters, how many persons stand at each node and what they answered.

    ``r_jkq = sum_i p(theta_q | x_i) [x_ij = k]``, missing entries counting nowhere.
    """
    table = log_table(parameters, categories, responses, rule)
    sums, log_likelihood = np.zeros(1), 0.0
    for block in responses.blocks():
        posterior = np.asarray(block @ table)
        log_likelihood += float(normalise(posterior).sum())
        sums = np.add(sums, block.T @ posterior, out=sums if sums.ndim > 1 else None)
    persons = sums[: responses.levels**responses.group_size].sum(axis=0)
    return Expectation(log_likelihood, answers_by_category(sums, categories, responses), persons)


def answers_by_category(sums: Array, categories: CategoryMap, responses: ResponseTable) -> Array:
    """Spread sums by group pattern, shape (rows, Q), over items and categories, shape (J, K, Q)."""
    width = categories.of_level.shape[1]
    return np.asarray(np.matmul(categories.indicators(), responses.by_level(sums)[:, :width]))
