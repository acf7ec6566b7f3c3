"""From which score on an item counts as right, where nobody says so: right-or-wrong is all Mantel-Haenszel knows."""

from collections.abc import Iterable

import numpy as np

from eiassess.psychometrics.dif.counts import Array

Cuts = tuple[float | None, ...]

ROUNDING = 1e-9


def usual_cuts(items: Iterable[Array]) -> Cuts:
    """Give each item's lowest score in use that lies above the middle of its range: of two scores the higher.

    Parameters
    ----------
    items
        Each of shape (people,), nothing missing; None for an item on which everybody has the same score.

    Examples
    --------
    >>> usual_cuts([np.array([0, 1, 1.0]), np.array([1, 2, 2.0]), np.array([0, 1, 2, 3, 4.0]), np.array([7, 7.0])])
    (1.0, 2.0, 3.0, None)
    """
    return tuple(map(_usual_cut, items))


def _usual_cut(scores: Array) -> float | None:
    low, high = float(np.min(scores)), float(np.max(scores))
    # Of scores in tenths the one in the middle may come out a last bit above it.
    return None if low == high else float(np.min(scores[scores - low > (high - low) * (0.5 + ROUNDING)]))


def cut_reason(scores: Array, cut: float | None) -> str:
    """Say why a cut does not part the people of an item into right and wrong; empty if it does.

    Examples
    --------
    >>> cut_reason(np.array([0, 1.0]), 3), cut_reason(np.array([4, 5.0]), 3), cut_reason(np.array([0, 1.0]), 1)
    ('nobody reaches the cut of 3', 'everybody reaches the cut of 3', '')
    """
    if cut is None:
        return "everybody has the same score on this item"
    reached = scores >= cut
    if np.all(reached):
        return f"everybody reaches the cut of {cut:.15g}"
    return "" if np.any(reached) else f"nobody reaches the cut of {cut:.15g}"
