"""All DIF statistics of all items of a test at once, matched on the test itself, purified once on request."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.dif.classes import DifClass
from eiassess.psychometrics.dif.counts import Array, Group, MatchedCounts, Strata, count_item, indicator, strata
from eiassess.psychometrics.dif.cuts import Cuts, cut_reason, usual_cuts
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

Result = TypeVar("Result", MantelHaenszelDif, OrdinalLogisticDif)
Value = TypeVar("Value")


@dataclass(frozen=True)
class ItemDif:
    """What is known of one item; None where a statistic has no value, and then why.

    Attributes
    ----------
    cut
        The score from which the item counts as right for Mantel-Haenszel; None where everybody has the same.
    mantel_haenszel
        Of the item as right or wrong.
    standardised_difference, ordinal_logistic
        Of the item's scores.
    p_adjusted
        Of the likelihood ratio with two degrees of freedom, after Benjamini and Hochberg over the items that have one.
    not_estimable
        Statistic and reason of each None.
    """

    cut: float | None
    mantel_haenszel: MantelHaenszelDif | None
    standardised_difference: StandardisedMeanDifference | None
    ordinal_logistic: OrdinalLogisticDif | None
    p_adjusted: float | None
    not_estimable: tuple[str, ...]

    @property
    def is_large(self) -> bool | None:
        """Whether Mantel-Haenszel or ordinal logistic regression says C; None if none does and one says nothing.

        An item that one of the two could not class is not known to be fair.
        """
        found = (self.mantel_haenszel, self.ordinal_logistic)
        if any(each is not None and each.dif_class is DifClass.C for each in found):
            return True
        return None if None in found else False


@dataclass(frozen=True)
class DifAnalysis:
    """The items of a test, one by one.

    Attributes
    ----------
    n_reference, n_focal
        People whose row is complete.
    items
        In the order of the columns.
    left_out_by_delta, left_out_by_ordinal
        Columns that purifying left out of the total: by the classes of Mantel-Haenszel's delta for Mantel-Haenszel, by
        those of ordinal logistic regression for it and for the standardised mean difference.
    """

    n_reference: int
    n_focal: int
    items: tuple[ItemDif, ...]
    left_out_by_delta: tuple[int, ...]
    left_out_by_ordinal: tuple[int, ...]

    @property
    def cut(self) -> float | None:
        """The cut that all items have that have one; None where they differ, or none has one."""
        cuts = {item.cut for item in self.items if item.cut is not None}
        return cuts.pop() if len(cuts) == 1 else None


@dataclass(frozen=True)
class _Pass(Generic[Result]):
    """Every item's counts under one matching, and the statistic that purifying goes by."""

    tables: list[MatchedCounts]
    results: list[Result | NotEstimableError]
    left_out: tuple[int, ...]


def differential_item_functioning(
    scores: Array, focal: Group, *, purify: bool = False, cut: float | None = None
) -> DifAnalysis:
    """Look for items that people of two groups answer differently although their standing on the test is the same.

    All methods match on the total of the items' scores. Purifying repeats each once without the items of class B or C
    by its own first pass (the standardised mean difference by that of ordinal logistic regression): such an item is
    then matched without itself, the others with themselves.

    Parameters
    ----------
    scores
        Shape (n, items); a row with NaN anywhere is left out.
    focal
        Shape (n,): 1 or True for the focal group, NaN not known.
    purify
        Leave items with DIF out of the matching, once.
    cut
        The score from which every item counts as right, for Mantel-Haenszel; without it each has its own, see
        `usual_cuts`.

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
    >>> [item.is_large for item in analysis.items].index(True), analysis.items[3].cut
    (3, 3.0)
    >>> analysis.left_out_by_ordinal
    (3,)
    """
    items, membership = _complete_rows(scores, focal)
    n_focal = int(membership.sum())
    n_reference = membership.size - n_focal
    _refuse_small(n_reference, n_focal)
    cuts = usual_cuts(items) if cut is None else (cut,) * len(items)
    right = np.array([item >= (item[0] if own is None else own) for item, own in zip(items, cuts, strict=True)])
    by_delta = _matched(right.astype(np.float64), items, membership, _mantel_haenszel, purify=purify)
    by_ordinal = _matched(items, items, membership, ordinal_logistic_of_counts, purify=purify)
    differences = [_attempt(standardised_difference_of_counts, table) for table in by_ordinal.tables]
    return DifAnalysis(
        n_reference=n_reference,
        n_focal=n_focal,
        items=_items(_with_cut_reasons(by_delta.results, items, cuts), differences, by_ordinal.results, cuts),
        left_out_by_delta=by_delta.left_out,
        left_out_by_ordinal=by_ordinal.left_out,
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
    answers: Array,
    items: Array,
    membership: Array,
    statistic: Callable[[Sequence[MatchedCounts]], list[Result | NotEstimableError]],
    *,
    purify: bool,
) -> _Pass[Result]:
    """Match answers on the sum of all items, or in a second pass on those that the first found free of differences."""
    first = _pass(answers, strata(_total(items, ()), membership), statistic, ())
    flagged = tuple(item for item, result in enumerate(first.results) if _differs(result))
    if not (purify and flagged):
        return first
    return _pass(answers, strata(_total(items, flagged), membership), statistic, flagged)


def _total(items: Array, left_out: tuple[int, ...]) -> Array:
    matching = np.delete(items, left_out, axis=0)
    if len(matching) < FEWEST_TO_MATCH_ON:
        message = (
            f"matching needs {FEWEST_TO_MATCH_ON} items that are free of differences, and there are {len(matching)}"
        )
        raise NotEstimableError(message)
    return np.asarray(matching.sum(axis=0), dtype=np.float64)


def _pass(
    answers: Array,
    among: Strata,
    statistic: Callable[[Sequence[MatchedCounts]], list[Result | NotEstimableError]],
    left_out: tuple[int, ...],
) -> _Pass[Result]:
    tables = [_count(number, item, among) for number, item in enumerate(answers, start=1)]
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


def _with_cut_reasons(
    results: Sequence[MantelHaenszelDif | NotEstimableError], items: Array, cuts: Cuts
) -> list[MantelHaenszelDif | NotEstimableError]:
    """Name the cut where it is the cut that leaves nothing to compare."""
    reasons = map(cut_reason, items, cuts)
    return [NotEstimableError(reason) if reason else result for result, reason in zip(results, reasons, strict=True)]


def _items(
    mantel_haenszel: Sequence[MantelHaenszelDif | NotEstimableError],
    differences: Sequence[StandardisedMeanDifference | NotEstimableError],
    ordinal: Sequence[OrdinalLogisticDif | NotEstimableError],
    cuts: Cuts,
) -> tuple[ItemDif, ...]:
    p_values = [np.nan if isinstance(result, NotEstimableError) else result.p_total for result in ordinal]
    adjusted = benjamini_hochberg(np.array(p_values))
    return tuple(map(_item, cuts, mantel_haenszel, differences, ordinal, adjusted.tolist()))


def _item(
    cut: float | None,
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
        cut=cut,
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
