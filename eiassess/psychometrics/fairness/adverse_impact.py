"""Whether one group is selected less often than another, by more than the four-fifths rule or chance allow.

Counts stay integers: a comparison of floats gets exact four-fifths tables wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log, sqrt

import numpy as np
from scipy.special import gammaln, ndtr, ndtri

from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.fairness.effect_sizes import SMALLEST_GROUP_SHOWN, cohens_h

TWO_SIDED_95 = 1.96
SIGNIFICANCE = 0.05
SMALL_GROUP = 30
SMALL_EXPECTED_COUNT = 5
_TIES = 1e-7
"""Probabilities this close, relatively, are the same: R's fisher.test draws the line there too."""


class PersonChange(StrEnum):
    """One person decided otherwise."""

    GROUP_GAINS = "one more of the group selected"
    GROUP_LOSES = "one fewer of the group selected"
    REFERENCE_GAINS = "one more of the reference group selected"
    REFERENCE_LOSES = "one fewer of the reference group selected"
    GROUP_INSTEAD = "one of the group selected instead of one of the reference group"
    REFERENCE_INSTEAD = "one of the reference group selected instead of one of the group"


_CHANGES = {
    PersonChange.GROUP_GAINS: (1, 0),
    PersonChange.GROUP_LOSES: (-1, 0),
    PersonChange.REFERENCE_GAINS: (0, 1),
    PersonChange.REFERENCE_LOSES: (0, -1),
    PersonChange.GROUP_INSTEAD: (1, -1),
    PersonChange.REFERENCE_INSTEAD: (-1, 1),
}


@dataclass(frozen=True)
class AdverseImpact:
    """One group's selection beside the reference group's.

    Parameters
    ----------
    selected, n, reference_selected, reference_n
        The counts.
    impact_ratio
        Selection rate over the reference group's; ``None`` when nobody of the reference group was selected.
    below_four_fifths
        Whether the ratio is below 4/5, decided in integers.
    z
        Pooled two-sample z, negative where the group is selected less; ``None`` when all or none were selected.
    p_fisher, p_mid
        Two-sided exact p, and its mid-p version.
    cohens_h
        Difference of the rates on the arcsine scale.
    ratio_interval
        95 % interval of the ratio; ``None`` when a group has nobody selected, or both have everybody.
    shortfall
        How many more of the group would have to be selected to reach 4/5, all else unchanged.
    flips
        The changes of one person's decision that would turn ``below_four_fifths`` round; often none.
    """

    selected: int
    n: int
    reference_selected: int
    reference_n: int
    impact_ratio: float | None
    below_four_fifths: bool
    z: float | None
    p_fisher: float
    p_mid: float
    cohens_h: float
    ratio_interval: tuple[float, float] | None
    shortfall: int
    flips: tuple[PersonChange, ...]

    @property
    def needs_exact_test(self) -> bool:
        """Whether a group has fewer than 30 or an expected count is below 5, so that z is not to be trusted."""
        total, chosen = self.n + self.reference_n, self.selected + self.reference_selected
        smallest = min(self.n, self.reference_n)
        return smallest < SMALL_GROUP or smallest * min(chosen, total - chosen) < SMALL_EXPECTED_COUNT * total

    @property
    def p_value(self) -> float:
        """Two-sided p of what `is_significant` goes by: of z, or Fisher's where counts are small."""
        if self.needs_exact_test or self.z is None:
            return self.p_fisher
        return float(2 * ndtr(-abs(self.z)))

    @property
    def is_significant(self) -> bool:
        """Whether chance alone would rarely do this: abs(z) >= 1.96, or Fisher's p < .05 where counts are small."""
        if self.needs_exact_test or self.z is None:
            return self.p_fisher < SIGNIFICANCE
        return abs(self.z) >= TWO_SIDED_95


def adverse_impact_ratio(selected: int, n: int, reference_selected: int, reference_n: int) -> AdverseImpact:
    """Compare a group's selection rate with the reference group's.

    ``ratio = (x_g / n_g) / (x_h / n_h)``, below four fifths if ``5 x_g n_h < 4 x_h n_g``;
    ``z = (p_g - p_h) / sqrt(p (1 - p) (1 / n_g + 1 / n_h))``, p pooled;
    interval (Katz): ``ratio exp(+-1.96 sqrt(1 / x_g - 1 / n_g + 1 / x_h - 1 / n_h))``;
    shortfall: the least k with ``5 (x_g + k) n_h >= 4 x_h n_g``.

    Parameters
    ----------
    selected, n
        x_g, n_g: selected and all of the group.
    reference_selected, reference_n
        x_h, n_h: the same of the group that it is compared with, usually the one selected most often.

    Raises
    ------
    InvalidInputError
        A count is negative, or more are selected than there are.
    NotEstimableError
        A group is empty.

    References
    ----------
    Katz, Baptista, Azen & Pike (1978), Biometrics 34, 469; Morris & Lobsenz (2000), Personnel Psychology 53, 89.

    Examples
    --------
    >>> impact = adverse_impact_ratio(12, 36, 48, 80)
    >>> round(impact.impact_ratio, 4), impact.below_four_fifths, impact.shortfall, round(impact.z, 3)
    (0.5556, True, 6, -2.659)
    """
    _check_counts(selected, n, reference_selected, reference_n)
    p_fisher, p_mid = _exact_p(selected, n, reference_selected, reference_n)
    lacking = _lacking_to_four_fifths(selected, n, reference_selected, reference_n)
    ratio = (selected * reference_n) / (reference_selected * n) if reference_selected else None
    return AdverseImpact(
        selected=selected,
        n=n,
        reference_selected=reference_selected,
        reference_n=reference_n,
        impact_ratio=ratio,
        below_four_fifths=lacking > 0,
        z=_pooled_z(selected, n, reference_selected, reference_n),
        p_fisher=p_fisher,
        p_mid=p_mid,
        cohens_h=cohens_h(selected / n, reference_selected / reference_n),
        ratio_interval=_ratio_interval(selected, n, reference_selected, reference_n),
        shortfall=max(0, -(-lacking // (5 * reference_n))),
        flips=_flips(selected, n, reference_selected, reference_n),
    )


def highest_rate_group(selected: Sequence[int], n: Sequence[int]) -> int:
    """Find the group selected most often, exactly; of equals the largest, then the first.

    Parameters
    ----------
    selected, n
        Selected and all of each group, in the same order.

    Raises
    ------
    NotEstimableError
        Every group is empty.

    Examples
    --------
    >>> highest_rate_group([12, 48, 6], [36, 80, 10])
    1
    """
    best = None
    for place, (x, size) in enumerate(zip(selected, n, strict=True)):
        if size and (best is None or (x * n[best], size) > (selected[best] * size, n[best])):
            best = place
    if best is None:
        message = "groups without people have no selection rate"
        raise NotEstimableError(message)
    return best


def adverse_impact_by_group(
    selected: Sequence[int], n: Sequence[int], smallest_group: int = SMALLEST_GROUP_SHOWN
) -> tuple[AdverseImpact | None, ...]:
    """Compare every group with the one selected most often.

    Parameters
    ----------
    selected, n
        Selected and all of each group, in the same order.
    smallest_group
        Smaller groups are neither shown nor compared with.

    Returns
    -------
    tuple
        One comparison for each group, the highest with itself; ``None`` for a group too small to be shown.

    Raises
    ------
    InvalidInputError
        A count is negative, or more are selected than there are.
    NotEstimableError
        No group is large enough.

    Examples
    --------
    >>> [impact and impact.impact_ratio for impact in adverse_impact_by_group([12, 30, 5], [40, 60, 9])]
    [0.6, 1.0, None]
    """
    shown = [size >= max(smallest_group, 1) for size in n]
    if not any(shown):
        message = f"no group has {max(smallest_group, 1)} people; smaller ones are not shown"
        raise NotEstimableError(message)
    best = highest_rate_group(selected, [size * keep for size, keep in zip(n, shown, strict=True)])
    return tuple(
        adverse_impact_ratio(x, size, selected[best], n[best]) if keep else None
        for x, size, keep in zip(selected, n, shown, strict=True)
    )


def _check_counts(selected: int, n: int, reference_selected: int, reference_n: int) -> None:
    if not (0 <= selected <= n and 0 <= reference_selected <= reference_n):
        message = "of a group between nobody and everybody is selected"
        raise InvalidInputError(message)
    if n == 0 or reference_n == 0:
        message = "a group without people has no selection rate"
        raise NotEstimableError(message)


def _lacking_to_four_fifths(selected: int, n: int, reference_selected: int, reference_n: int) -> int:
    """Say how far a group is below four fifths: positive where it is; one more selected takes 5 n_h off."""
    return 4 * reference_selected * n - 5 * selected * reference_n


def _flips(selected: int, n: int, reference_selected: int, reference_n: int) -> tuple[PersonChange, ...]:
    now = _lacking_to_four_fifths(selected, n, reference_selected, reference_n) > 0
    return tuple(
        change
        for change, (own, other) in _CHANGES.items()
        if 0 <= selected + own <= n
        and 0 <= reference_selected + other <= reference_n
        and (_lacking_to_four_fifths(selected + own, n, reference_selected + other, reference_n) > 0) is not now
    )


def _pooled_z(selected: int, n: int, reference_selected: int, reference_n: int) -> float | None:
    chosen, total = selected + reference_selected, n + reference_n
    if chosen in {0, total}:
        return None
    variance = chosen * (total - chosen) / total / (n * reference_n)
    return (selected / n - reference_selected / reference_n) / sqrt(variance)


def _ratio_interval(selected: int, n: int, reference_selected: int, reference_n: int) -> tuple[float, float] | None:
    if selected == 0 or reference_selected == 0 or (selected == n and reference_selected == reference_n):
        return None
    spread = sqrt(1 / selected - 1 / n + 1 / reference_selected - 1 / reference_n)
    half = float(ndtri(0.975)) * spread
    centre = log(selected * reference_n) - log(reference_selected * n)
    return exp(centre - half), exp(centre + half)


def _exact_p(selected: int, n: int, reference_selected: int, reference_n: int) -> tuple[float, float]:
    """Fisher's p: all tables with these margins that are no likelier; in the mid-p, equally likely ones count half."""
    chosen = selected + reference_selected
    x = np.arange(max(0, chosen - reference_n), min(n, chosen) + 1)
    logs = -gammaln([x + 1, n - x + 1, chosen - x + 1, reference_n - chosen + x + 1]).sum(axis=0)
    weight = np.exp(logs - logs.max())
    own = weight[selected - x[0]]
    equal = np.abs(weight - own) <= _TIES * own
    rarer = float(weight[(weight < own) & ~equal].sum())
    total, ties = float(weight.sum()), float(weight[equal].sum())
    return min(1.0, (rarer + ties) / total), min(1.0, (rarer + ties / 2) / total)
