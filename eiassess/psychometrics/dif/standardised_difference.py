"""The standardised mean difference: what an item costs the focal group, in score points, at equal standing."""

from dataclasses import dataclass

import numpy as np

from eiassess.psychometrics.dif.classes import DifClass, standardised_difference_class
from eiassess.psychometrics.dif.counts import Array, Group, MatchedCounts, matched_counts
from eiassess.psychometrics.dif.mantel_haenszel import mantel_of_counts


@dataclass(frozen=True)
class StandardisedMeanDifference:
    """How far the focal group's mean score lies from that of matched people of the reference group.

    Attributes
    ----------
    difference
        In the item's score points; negative: harder for the focal group.
    effect_size
        The difference divided by the item's standard deviation (ddof 1) in both groups together.
    chi_square, p_value
        Of Mantel's test.
    dif_class
        A, B or C of the effect size.
    """

    difference: float
    effect_size: float
    chi_square: float
    p_value: float
    dif_class: DifClass


def standardised_mean_difference(scores: Array, focal: Group, matching: Array) -> StandardisedMeanDifference:
    """Average the difference of the groups' means over the matching variable, as the focal group is spread over it.

    ``SMD = sum_s w_s (mean_focal,s - mean_reference,s)``, ``w_s = n_focal,s / n_focal`` over the strata with both
    groups.

    Parameters
    ----------
    scores
        Shape (n,): item scores.
    focal
        Shape (n,): 1 or True for the focal group.
    matching
        Shape (n,): such as the total.
        Rows with NaN anywhere are left out.

    Raises
    ------
    NotEstimableError
        A group has fewer than two people, or no stratum holds both groups and different scores.

    References
    ----------
    Dorans & Kulick (1986), Journal of Educational Measurement 23, 355; Zwick, Donoghue & Grima (1993), Journal of
    Educational Measurement 30, 233.

    Examples
    --------
    >>> scores = np.array([2.0, 2.0, 1.0, 3.0, 4.0, 4.0, 2.0, 4.0])
    >>> group = np.array([0, 0, 1, 1, 0, 0, 1, 1])
    >>> dif = standardised_mean_difference(scores, group, np.array([1, 1, 1, 1, 2, 2, 2, 2.0]))
    >>> dif.difference
    -0.5
    """
    return standardised_difference_of_counts(matched_counts(scores, focal, matching))


def standardised_difference_of_counts(table: MatchedCounts) -> StandardisedMeanDifference:
    """Give the same of counts that are there already."""
    test = mantel_of_counts(table)
    sizes = table.counts.sum(axis=2)
    shared = np.all(sizes > 0, axis=1)
    means = table.counts[shared] @ table.categories / sizes[shared]
    difference = float(np.average(means[:, 1] - means[:, 0], weights=sizes[shared, 1]))
    effect_size = difference / _standard_deviation(table)
    dif_class = standardised_difference_class(effect_size, test.p_value)
    return StandardisedMeanDifference(difference, effect_size, test.chi_square, test.p_value, dif_class)


def _standard_deviation(table: MatchedCounts) -> float:
    totals = table.counts.sum(axis=(0, 1))
    mean = totals @ table.categories / totals.sum()
    return float(np.sqrt(totals @ (table.categories - mean) ** 2 / (totals.sum() - 1)))
