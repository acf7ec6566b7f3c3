"""Where the estimation starts: slopes from item-rest correlations, intercepts from the shares of the categories."""

import numpy as np

from eiassess.psychometrics.irt.categories import CategoryMap
from eiassess.psychometrics.irt.families import GRADED, ItemFamily
from eiassess.psychometrics.irt.parameters import ItemParameters
from eiassess.psychometrics.irt.responses import Array, Scores

NORMAL_TO_LOGISTIC = 1.7
"""Only to start from: the models themselves have no such constant."""
STRONGEST = 0.85
WEAKEST = 0.1


def item_rest_correlations(scores: Scores) -> Array:
    """Correlate each item with the sum of the others, missing entries standing at the item's mean; shape (J,)."""
    absent = np.isnan(scores)
    filled = np.where(absent, 0.0, scores)
    answered = np.maximum((~absent).sum(axis=0), 1)
    deviations = np.where(absent, 0.0, scores - filled.sum(axis=0) / answered)
    total = deviations.sum(axis=1)
    with_total, variances = total @ deviations, (deviations**2).sum(axis=0)
    rest = np.maximum(total @ total - 2 * with_total + variances, 0.0)
    scale = np.sqrt(variances * rest)
    return np.where(scale > 0, (with_total - variances) / np.where(scale > 0, scale, 1.0), 0.0)


def starting_values(family: ItemFamily, correlations: Array, categories: CategoryMap) -> ItemParameters:
    """Guess parameters from item-rest correlations, shape (J,), and the counts of the categories."""
    r = np.clip(correlations, WEAKEST, STRONGEST)
    counts = categories.counts + 0.5 * (np.arange(categories.counts.shape[1]) < categories.sizes[:, None])
    shares = counts / counts.sum(axis=1, keepdims=True)
    a, d = (_graded if family is GRADED else _partial_credit)(r, shares)
    parameters = ItemParameters(family, a, np.zeros_like(d), categories.sizes)
    return ItemParameters(family, a, np.where(parameters.used, d, 0.0), categories.sizes)


def _graded(r: Array, shares: Array) -> tuple[Array, Array]:
    a = NORMAL_TO_LOGISTIC * r / np.sqrt(1 - r**2)
    above = np.clip(shares[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:], 1e-9, 1 - 1e-9)
    return a, np.log(above / (1 - above)) * np.sqrt(1 + (a / NORMAL_TO_LOGISTIC) ** 2)[:, None]


def _partial_credit(r: Array, shares: Array) -> tuple[Array, Array]:
    """Solve for normal theta and normal errors: the marginal log shares, less what the slope adds to their spread."""
    numbers = np.arange(float(shares.shape[1]))
    mean = shares @ numbers
    variance = shares @ numbers**2 - mean**2
    residual = variance * (1 - r**2)
    a = r * np.sqrt(variance) / residual
    spread = a**2 / (2 * (1 + a**2 * residual))
    logs = np.log(np.maximum(shares, 1e-9)) - spread[:, None] * (numbers - mean[:, None]) ** 2
    return a, logs[:, 1:] - logs[:, :1]
