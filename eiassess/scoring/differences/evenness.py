"""Who answered unevenly over the sitting, which needs the order in which the pages were sat."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.error_estimates import EvenSittings
from eiassess.psychometrics import EvennessBasis

Array = npt.NDArray[np.float64]


def is_uneven(w: Array, order: Sequence[str], names: Sequence[str], basis: EvennessBasis) -> bool:
    """Say whether a sitting is marked; never where its order is not known.

    Parameters
    ----------
    w
        Shape (scenarios,): what each scenario adds to the person's z.
    order
        The scenarios as they were sat; nothing is marked where it is not the form's scenarios.
    names
        The form's scenarios.
    """
    if sorted(order) != sorted(names):
        return False
    place = {name: number for number, name in enumerate(names)}
    sat = np.array([place[name] for name in order], dtype=np.intp)
    return psychometrics.unevenness(w, sat, basis) > psychometrics.evenness_cut(len(names))


def kept_basis(even: EvenSittings | None, names: Sequence[str]) -> EvennessBasis | None:
    """Turn what an estimate keeps of sittings into arrays again."""
    if even is None:
        return None
    return EvennessBasis(np.array([even.scenario_means[name] for name in names]), even.median_variance)
