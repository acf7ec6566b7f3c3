"""All DIF statistics of all items of a test at once, matched on the test itself, purified once on request."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.dif.classes import DifClass
from eiassess.psychometrics.dif.counts import Array, Group, MatchedCounts, Strata, count_item, indicator, strata
from eiassess.psychometrics.dif.mantel_haenszel import MantelHaenszelDif, mantel_haenszel_of_counts
from eiassess.psychometrics.dif.ordinal_logistic import OrdinalLogisticDif, ordinal_logistic_of_counts
from eiassess.psychometrics.dif.standardised_difference import (
    StandardisedMeanDifference,
    standardised_difference_of_counts,
)
from eiassess.psychometrics.multiple_comparisons import benjamini_hochberg

SMALLEST_ASSESSABLE_GROUP = 200  # (check)
SMALLEST_ASSESSABLE_SAMPLE = 500  # (check)
FEWEST_TO_MATCH_ON = 2
DEFAULT_CUT = 3.0

Result = TypeVar("Result", MantelHaenszelDif, OrdinalLogisticDif)
Value = TypeVar("Value")


@dataclass(frozen=True)
class ItemDif:
    """What is known of one item; None where a statistic has no value, and then why.

    Attributes
    ----------
    mantel_haenszel
        Of the item right at or above the cut, matched on how many are.
    standardised_difference, ordinal_logistic
        Of the item's scores, matched on their total.
    p_adjusted
        Of the likelihood ratio with two degrees of freedom, after Benjamini and Hochberg over the items that have one.
    not_estimable
        Statistic and reason of each None.
    """

    mantel_haenszel: MantelHaenszelDif | None
    standardised_difference: StandardisedMeanDifference | None
    ordinal_logistic: OrdinalLogisticDif | None
    p_adjusted: float | None
    not_estimable: tuple[str, ...]


@dataclass(frozen=True)
class DifAnalysis:
    """The items of a test, one by one.

    Attributes
    ----------
    n_reference, n_focal
        People whose row is complete.
    items
        In the order of the columns.
    purified_total, purified_count
        Columns that the matching left out, of the total and of the number at or above the cut.
    """

    n_reference: int
    n_focal: int
    items: tuple[ItemDif, ...]
    purified_total: tuple[int, ...]
    purified_count: tuple[int, ...]


@dataclass(frozen=True)
class _Pass(Generic[Result]):
    """Every item's counts under one matching, and the statistic that purifying goes by."""

    tables: list[MatchedCounts]
    results: list[Result | NotEstimableError]
    left_out: tuple[int, ...]


def differential_item_functioning(
    scores: Array, focal: Group, *, purify: bool = False, cut: float = DEFAULT_CUT
) -> DifAnalysis:
    """Look for items that people of two groups answer differently although their standing on the test is the same.

    Ordinal logistic regression and the standardised mean difference are matched on the total, Mantel-Haenszel on the
    number of items at or above the cut. Purifying repeats each once without the items of class B or C by its own first
    pass: such an item is then matched without itself, the others with themselves.

    Parameters
    ----------
    scores
        Shape (n, items); a row with NaN anywhere is left out.
    focal
        Shape (n,): 1 or True for the focal group, NaN not known.
    purify
        Leave items with DIF out of the matching, once.
    cut
        The score from which an item counts as right, for Mantel-Haenszel.

    Raises
    ------
    InvalidInputError
        The shapes do not fit, or ``focal`` has other values than 0 and 1.
    NotEstimableError
        Fewer than 200 people in the smaller group or 500 in all, or fewer than two items: not assessable.

    Examples
    --------
    >>> generator = np.random.default_rng(1)
    >>> standing = generator.normal(size=(1000, 1))
    >>> group = np.arange(1000) % 2
    >>> scores = np.clip(np.round(2 + standing + generator.normal(size=(1000, 12))), 0, 4)
    >>> scores[:, 3] = np.clip(scores[:, 3] - group, 0, 4)
    >>> analysis = differential_item_functioning(scores, group, purify=True)
    >>> [item.ordinal_logistic.dif_class.value for item in analysis.items].index("C")
    3
    >>> analysis.purified_total
    (3,)
    """
    items, membership = _complete_rows(scores, focal)
    n_focal = int(membership.sum())
    n_reference = membership.size - n_focal
    _refuse_small(n_reference, n_focal)
    right = (items >= cut).astype(np.float64)
    counted = _matched(right, membership, _mantel_haenszel, purify=purify)
    totalled = _matched(items, membership, ordinal_logistic_of_counts, purify=purify)
    differences = [_attempt(standardised_difference_of_counts, table) for table in totalled.tables]
    return DifAnalysis(
        n_reference=n_reference,
        n_focal=n_focal,
        items=_items(counted.results, differences, totalled.results),
        purified_total=totalled.left_out,
        purified_count=counted.left_out,
    )


def _complete_rows(scores: Array, focal: Group) -> tuple[Array, Array]:
    """Give the complete rows, turned so that an item is contiguous and quick to count, and their groups."""
    membership = indicator(focal)
    if scores.ndim != 2 or membership.shape != scores.shape[:1]:  # noqa: PLR2004 - people by items
        message = f"scores of shape (people, items) and one group a person are needed, not {scores.shape}"
        raise InvalidInputError(message)
    complete = np.isfinite(scores).all(axis=1) & np.isfinite(membership)
    return np.ascontiguousarray(scores[complete].T, dtype=np.float64), membership[complete]


def _refuse_small(n_reference: int, n_focal: int) -> None:
    if min(n_reference, n_focal) < SMALLEST_ASSESSABLE_GROUP or n_reference + n_focal < SMALLEST_ASSESSABLE_SAMPLE:
        message = (
            f"not assessable: differential item functioning needs {SMALLEST_ASSESSABLE_GROUP} complete rows in the "
            f"smaller group and {SMALLEST_ASSESSABLE_SAMPLE} in all; the reference group has {n_reference}, the focal "
            f"group {n_focal}"
        )
        raise NotEstimableError(message)


def _matched(
    items: Array,
    membership: Array,
    statistic: Callable[[Sequence[MatchedCounts]], list[Result | NotEstimableError]],
    *,
    purify: bool,
) -> _Pass[Result]:
    """Match on the sum of all items, or in a second pass on those that the first found free of differences."""
    first = _pass(items, membership, statistic, ())
    flagged = tuple(item for item, result in enumerate(first.results) if _differs(result))
    return _pass(items, membership, statistic, flagged) if purify and flagged else first


def _pass(
    items: Array,
    membership: Array,
    statistic: Callable[[Sequence[MatchedCounts]], list[Result | NotEstimableError]],
    left_out: tuple[int, ...],
) -> _Pass[Result]:
    matching = np.delete(items, left_out, axis=0) if left_out else items
    if len(matching) < FEWEST_TO_MATCH_ON:
        message = (
            f"matching needs {FEWEST_TO_MATCH_ON} items that are free of differences, and there are {len(matching)}"
        )
        raise NotEstimableError(message)
    among = strata(matching.sum(axis=0), membership)
    tables = [_count(number, item, among) for number, item in enumerate(items, start=1)]
    return _Pass(tables, statistic(tables), left_out)


def _count(number: int, item: Array, among: Strata) -> MatchedCounts:
    try:
        return count_item(item, among)
    except NotEstimableError as reason:
        message = f"item {number}: {reason}"
        raise NotEstimableError(message) from reason


def _differs(result: MantelHaenszelDif | OrdinalLogisticDif | NotEstimableError) -> bool:
    return not isinstance(result, NotEstimableError) and result.dif_class is not DifClass.A


def _mantel_haenszel(tables: Sequence[MatchedCounts]) -> list[MantelHaenszelDif | NotEstimableError]:
    return [_attempt(mantel_haenszel_of_counts, table) for table in tables]


def _attempt(statistic: Callable[[MatchedCounts], Value], table: MatchedCounts) -> Value | NotEstimableError:
    try:
        return statistic(table)
    except NotEstimableError as reason:
        return reason


def _items(
    mantel_haenszel: Sequence[MantelHaenszelDif | NotEstimableError],
    differences: Sequence[StandardisedMeanDifference | NotEstimableError],
    ordinal: Sequence[OrdinalLogisticDif | NotEstimableError],
) -> tuple[ItemDif, ...]:
    p_values = [np.nan if isinstance(result, NotEstimableError) else result.p_total for result in ordinal]
    adjusted = benjamini_hochberg(np.array(p_values))
    return tuple(map(_item, mantel_haenszel, differences, ordinal, adjusted.tolist()))


def _item(
    mantel_haenszel: MantelHaenszelDif | NotEstimableError,
    difference: StandardisedMeanDifference | NotEstimableError,
    ordinal: OrdinalLogisticDif | NotEstimableError,
    p_adjusted: float,
) -> ItemDif:
    named = {
        "Mantel-Haenszel": mantel_haenszel,
        "standardised mean difference": difference,
        "ordinal logistic regression": ordinal,
    }
    return ItemDif(
        mantel_haenszel=_or_none(mantel_haenszel),
        standardised_difference=_or_none(difference),
        ordinal_logistic=_or_none(ordinal),
        p_adjusted=None if isinstance(ordinal, NotEstimableError) else p_adjusted,
        not_estimable=tuple(
            f"{name}: {result}" for name, result in named.items() if isinstance(result, NotEstimableError)
        ),
    )


def _or_none(result: Value | NotEstimableError) -> Value | None:
    return None if isinstance(result, NotEstimableError) else result
