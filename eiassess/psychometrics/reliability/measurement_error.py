"""How much error a score carries: of a sample's scores, and of one person's own."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import NotEstimableError
from eiassess.psychometrics.house.house_scale import discrepancy_error_variance, house_score_standard_error

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]


def standard_error_of_measurement(sd: float, reliability: float) -> float:
    """How far observed scores scatter round a person's true score: ``s sqrt(1 - r)``.

    Parameters
    ----------
    sd
        Standard deviation of the scores.
    reliability
        From 0 to 1.

    Raises
    ------
    NotEstimableError
        The reliability is no share of variance (alpha can be negative).

    Examples
    --------
    >>> round(standard_error_of_measurement(10, 0.84), 9)
    4.0
    """
    return sd * float(np.sqrt(1 - _share(reliability)))


def standard_error_of_estimate(sd: float, reliability: float) -> float:
    """How far true scores scatter round the one estimated from a score: ``s sqrt(r (1 - r))``.

    Parameters and errors as in `standard_error_of_measurement`.

    Examples
    --------
    >>> round(standard_error_of_estimate(10, 0.84), 4)
    3.6661
    """
    return sd * float(np.sqrt(_share(reliability) * (1 - reliability)))


def standard_error_of_prediction(sd: float, reliability: float) -> float:
    """How far scores of a second sitting scatter round the one predicted from the first: ``s sqrt(1 - r^2)``.

    Parameters and errors as in `standard_error_of_measurement`.

    Examples
    --------
    >>> round(standard_error_of_prediction(10, 0.84), 4)
    5.4259
    """
    return sd * float(np.sqrt(1 - _share(reliability) ** 2))


def _share(reliability: float) -> float:
    if not 0 <= reliability <= 1:
        message = f"a standard error needs a reliability from 0 to 1, not {reliability:.3g}"
        raise NotEstimableError(message)
    return reliability


@dataclass(frozen=True)
class ConditionalError:
    """A person's own errors: of each competency's house score, and the degrees of freedom they share."""

    standard_errors: tuple[float | None, ...]
    df: int


def conditional_standard_error(d: Array, e: Array, group: Labels) -> ConditionalError:
    """Give the error of a person's own competency scores, from how unevenly the scenarios turned out.

    ``SE_c = 50 sqrt(v / sum e_c)``, ``v`` pooled within competencies (see `discrepancy_error_variance`)

    Parameters
    ----------
    d, e
        Shape (k,): discrepancy and random discrepancy of each scenario. With ``e`` all ones, 2 / 100 of the result is
        the standard error of a plain mean of scenario scores ``d``.
    group
        Shape (k,): the competency of each scenario, as numbers from 0.

    Returns
    -------
    ConditionalError
        In points of the house scale; None for a number that no scenario has.

    Raises
    ------
    NotEstimableError
        No competency has two scenarios.

    References
    ----------
    Brennan (1998), Applied Psychological Measurement 22, 307.

    Examples
    --------
    >>> conditional_standard_error(np.array([1.0, 3.0]), np.array([2.0, 2.0]), np.array([0, 0]))
    ConditionalError(standard_errors=(25.0,), df=1)
    """
    variance, df = discrepancy_error_variance(d, e, group)
    parts = [e[group == label] for label in range(int(group.max()) + 1)]
    errors = tuple(house_score_standard_error(variance, part) if part.size else None for part in parts)
    return ConditionalError(errors, df)
