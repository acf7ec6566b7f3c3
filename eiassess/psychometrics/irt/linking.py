"""Bringing two calibrations onto one scale by the items that they share."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.irt.families import Array
from eiassess.psychometrics.irt.parameters import ItemParameters
from eiassess.psychometrics.irt.quadrature import standard_normal_quadrature


@dataclass(frozen=True)
class ScaleLinking:
    """How to turn a new calibration's theta into the reference's: ``theta_reference = slope theta_new + shift``."""

    slope: float
    shift: float

    def theta(self, theta: Array) -> Array:
        """Turn theta of the new calibration into theta of the reference."""
        return self.slope * theta + self.shift

    def parameters(self, new: ItemParameters) -> ItemParameters:
        """Turn the new calibration's parameters into parameters on the reference's scale."""
        return new.rescaled(self.slope, self.shift)


def mean_sigma_linking(
    reference: ItemParameters, new: ItemParameters, common: Sequence[tuple[int, int]]
) -> ScaleLinking:
    """Link by mean and standard deviation of the common items' difficulties.

    ``slope = sd(b_reference) / sd(b_new)``, ``shift = mean(b_reference) - slope mean(b_new)``, b over all boundaries
    or steps of the common items.

    Parameters
    ----------
    reference, new
        Parameters of the two calibrations, of the same family.
    common
        Pairs (item of the reference, item of the new calibration), numbered from 0.

    Raises
    ------
    InvalidInputError
        No common items, different families, or a common item with different numbers of categories.
    NotEstimableError
        The new difficulties do not vary, or a slope is 0.

    References
    ----------
    Marco (1977), Journal of Educational Measurement 14, 139; Kolen & Brennan (2014), Test Equating, 6.3.

    Examples
    --------
    >>> from eiassess.psychometrics.irt.families import GRADED
    >>> old = ItemParameters(GRADED, np.array([1.0, 2.0]), np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([3, 3]))
    >>> linking = mean_sigma_linking(old, old.rescaled(1 / 1.2, -0.5 / 1.2), [(0, 0), (1, 1)])
    >>> round(linking.slope, 6), round(linking.shift, 6)
    (1.2, 0.5)
    """
    first, second = _common_items(reference, new, common)
    if not (np.all(first.a) and np.all(second.a)):
        message = "an item with slope 0 has no difficulty to link by"
        raise NotEstimableError(message)
    b_reference, b_new = np.concatenate(first.difficulties), np.concatenate(second.difficulties)
    if b_reference.std() == 0 or b_new.std() == 0:
        message = "difficulties that are all the same cannot be linked by their spread"
        raise NotEstimableError(message)
    slope = float(b_reference.std() / b_new.std())
    return ScaleLinking(slope=slope, shift=float(b_reference.mean() - slope * b_new.mean()))


def stocking_lord_linking(
    reference: ItemParameters, new: ItemParameters, common: Sequence[tuple[int, int]]
) -> ScaleLinking:
    """Link so that the common items' test characteristic curves lie as close as they can.

    ``min over slope, shift of sum_q w_q (sum_j E_j,reference(theta_q) - sum_j E_j,linked(theta_q))^2``, theta ~ N(0, 1)
    on the reference's scale, from the mean-sigma linking.

    Parameters
    ----------
    reference, new, common
        As for ``mean_sigma_linking``.

    Raises
    ------
    InvalidInputError
        No common items, different families, or a common item with different numbers of categories.
    NotEstimableError
        The mean-sigma linking to start from has no value, or no minimum was found.

    References
    ----------
    Stocking & Lord (1983), Applied Psychological Measurement 7, 201.

    Examples
    --------
    >>> from eiassess.psychometrics.irt.families import PARTIAL_CREDIT
    >>> old = ItemParameters(PARTIAL_CREDIT, np.array([1.0, 2.0]), np.array([[1.0, 0.0], [2.0, 1.0]]), np.array([3, 3]))
    >>> linking = stocking_lord_linking(old, old.rescaled(1 / 1.2, -0.5 / 1.2), [(0, 0), (1, 1)])
    >>> round(linking.slope, 6), round(linking.shift, 6)
    (1.2, 0.5)
    """
    start = mean_sigma_linking(reference, new, common)
    first, second = _common_items(reference, new, common)
    rule = standard_normal_quadrature()
    target, roots = first.expected_scores(rule.nodes).sum(axis=0), np.sqrt(rule.weights)

    def misfit(at: Array) -> Array:
        curve = second.rescaled(float(np.exp(at[0])), float(at[1])).expected_scores(rule.nodes).sum(axis=0)
        return np.asarray(roots * (curve - target))

    # Loaded where it is used: it takes 20 MB, and whoever loads statistics at all would pay for it.
    from scipy.optimize import least_squares  # noqa: PLC0415

    found = least_squares(misfit, np.array([np.log(start.slope), start.shift]), xtol=1e-12, ftol=1e-12, gtol=1e-12)
    if not found.success:
        message = "no linking was found that brings the test characteristic curves together"
        raise NotEstimableError(message)
    return ScaleLinking(slope=float(np.exp(found.x[0])), shift=float(found.x[1]))


def _common_items(
    reference: ItemParameters, new: ItemParameters, common: Sequence[tuple[int, int]]
) -> tuple[ItemParameters, ItemParameters]:
    if not common:
        message = "two calibrations can only be linked by items that they share"
        raise InvalidInputError(message)
    if reference.family.name != new.family.name:
        message = "calibrations of different models cannot be linked"
        raise InvalidInputError(message)
    first, second = (side.subset([pair[at] for pair in common]) for at, side in enumerate((reference, new)))
    if not np.array_equal(first.categories, second.categories):
        message = "a common item must have the same number of categories in both calibrations"
        raise InvalidInputError(message)
    return first, second
