"""Where the latent trait is looked at: equally spaced nodes, weighted by the standard normal density."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import InvalidInputError

Array = npt.NDArray[np.float64]
REACH = 6.0
"""The nodes run from -6 to 6: outside lies 2e-9 of a standard normal distribution."""
FEWEST_NODES = 11


@dataclass(frozen=True)
class Quadrature:
    """Nodes theta, shape (Q,), and their weights, which add to 1."""

    nodes: Array
    weights: Array


def standard_normal_quadrature(count: int = 61) -> Quadrature:
    """Lay equally spaced nodes over theta ~ N(0, 1), from -6 to 6.

    ``w_q = exp(-theta_q^2 / 2) / sum exp(-theta^2 / 2)``. For smooth functions this rectangle rule converges
    faster than any power of the spacing, and unlike Gauss-Hermite it is as fine at the edges as in the middle.

    Parameters
    ----------
    count
        Number of nodes, at least 11.

    Raises
    ------
    InvalidInputError
        Fewer than 11 nodes.

    Examples
    --------
    >>> rule = standard_normal_quadrature(61)
    >>> round(float(rule.weights @ rule.nodes**2), 6)
    1.0
    """
    if count < FEWEST_NODES:
        message = f"an integral over theta needs at least {FEWEST_NODES} nodes, not {count}"
        raise InvalidInputError(message)
    nodes = np.linspace(-REACH, REACH, count)
    density = np.exp(-(nodes**2) / 2)
    return Quadrature(nodes=nodes, weights=density / density.sum())
