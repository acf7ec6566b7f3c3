"""Signs that somebody may have answered without care: reasons for a conversation, never for a rejection.

Each function gives one value a person; `two_index_rule` says when they are worth a conversation. Longest run and
within-person SD find little that chance would not (Goldammer et al. 2024), and an even-odd cut flags most attentive
people: these three are shown beside the others and are never an index of the rule.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import NotEstimableError
from eiassess.psychometrics.standard_scores import NormStatus, norm_status, percentile_rank

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.intp]

SECONDS_AN_OPTION = 2.0
MEDIAN_SHARE = 0.10
FAST_PAGE_SHARE = 0.10
ONE_SIDED_95 = 1.645
EXTREME_PERCENTILES = (0.5, 99.5)
INDICES_NEEDED = 2
SCALES_FOR_CONSISTENCY = 3
EVEN_ODD_WARNING = "a cut at .30 would flag 62 % of attentive people; to be looked at, not judged by"
_ROUNDING = 1e-24
"""Share of a sum of squares that rounding can leave after centring."""


@dataclass(frozen=True)
class PageTimes:
    """How many of a person's pages were sent faster than anybody could have read them.

    Parameters
    ----------
    n_fast, n_timed
        Shape (people,): fast pages, and pages whose time is known.
    """

    n_fast: Labels
    n_timed: Labels

    @property
    def is_flagged(self) -> Flags:
        """Shape (people,): whether more than 10 % of the timed pages were fast."""
        return np.asarray(self.n_fast > FAST_PAGE_SHARE * self.n_timed, dtype=np.bool_)


def page_time(seconds: Array, n_options: npt.ArrayLike, median_seconds: npt.ArrayLike = np.nan) -> PageTimes:
    """Count pages faster than ``max(2 s an option, 10 % of the scenario's median time)``.

    Not to be used for people who were granted extra time.

    Parameters
    ----------
    seconds
        Shape (people, pages), NaN where no time is known.
    n_options
        Shape (pages,): options rated on each page.
    median_seconds
        Shape (pages,): each scenario's median time over a sample; NaN where there is none.

    References
    ----------
    Huang, Curran, Keeney, Poposki & DeShon (2012), Journal of Business and Psychology 27, 99 (2 s an item);
    Wise & Kong (2005), Applied Measurement in Education 18, 163 (thresholds from the item's own times).

    Examples
    --------
    >>> times = page_time(np.array([[3.0, 30.0, 40.0]]), [4, 4, 4], [90.0, 400.0, 100.0])
    >>> times.n_fast.tolist(), times.n_timed.tolist(), times.is_flagged.tolist()
    ([2], [3], [True])
    """
    threshold = np.fmax(SECONDS_AN_OPTION * np.asarray(n_options), MEDIAN_SHARE * np.asarray(median_seconds))
    return PageTimes((seconds < threshold).sum(axis=1), (~np.isnan(seconds)).sum(axis=1))


def random_like_agreement(r: npt.ArrayLike, n_ratings: npt.ArrayLike) -> Flags:
    """Say whether agreement with the key cannot be told from random answering: ``r < 1.645 / sqrt(n - 1)``.

    Parameters
    ----------
    r
        Any shape: correlations with the key; NaN is not flagged.
    n_ratings
        The same shape or a number.

    Raises
    ------
    NotEstimableError
        Somebody gave fewer than two ratings.

    Examples
    --------
    >>> random_like_agreement([0.1, 0.4], 101).tolist()
    [True, False]
    """
    n = np.asarray(n_ratings, dtype=np.float64)
    if (n <= 1).any():
        message = "agreement with a key needs at least two ratings"
        raise NotEstimableError(message)
    return np.asarray(np.asarray(r) < ONE_SIDED_95 / np.sqrt(n - 1), dtype=np.bool_)


def even_odd_consistency(responses: Array, scale: Labels) -> Array:
    """Correlate, within each person, the scales' means over odd with those over even items, lengthened to full scales.

    ``2 r / (1 + r)``, not below -1, r over the scales for which both halves were answered. To be shown with
    ``EVEN_ODD_WARNING``: it is no ground for a flag.

    Parameters
    ----------
    responses
        Shape (people, items), NaN where nothing was answered.
    scale
        Shape (items,): the scale of each item, as numbers from 0; items of a scale are odd and even in turn.

    Returns
    -------
    Array
        Shape (people,): NaN where fewer than three scales have both halves, or a half never varies.

    Raises
    ------
    NotEstimableError
        Fewer than three scales have two items.

    References
    ----------
    Johnson (2005), Journal of Research in Personality 39, 103; Curran (2016), Journal of Experimental Social
    Psychology 66, 4.

    Examples
    --------
    >>> even_odd_consistency(np.array([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]]), np.array([0, 0, 1, 1, 2, 2])).round(6).tolist()
    [1.0]
    """
    place = np.array([np.sum(scale[:item] == label) for item, label in enumerate(scale)], dtype=np.intp)
    halved = np.flatnonzero(np.bincount(scale, minlength=1) > 1)
    if halved.size < SCALES_FOR_CONSISTENCY:
        message = "even-odd consistency needs at least three scales of two items"
        raise NotEstimableError(message)
    member = scale[:, None] == halved
    odd, even = (_means(responses, member & (place[:, None] % 2 == half)) for half in (0, 1))
    return _lengthened(_row_correlation(odd, even))


def _means(responses: Array, member: Flags) -> Array:
    answered = ~np.isnan(responses)
    counts = answered.astype(np.float64) @ member
    sums = np.where(answered, responses, 0.0) @ member
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def _row_correlation(first: Array, second: Array) -> Array:
    both = ~np.isnan(first + second)
    n = both.sum(axis=1)
    x, x_varies = _centred(first, both)
    y, y_varies = _centred(second, both)
    usable = (n >= SCALES_FOR_CONSISTENCY) & x_varies & y_varies
    spread = np.sqrt((x**2).sum(axis=1) * (y**2).sum(axis=1))
    return np.where(usable, (x * y).sum(axis=1) / np.where(usable, spread, 1), np.nan)


def _centred(values: Array, used: Flags) -> tuple[Array, Flags]:
    """Centre each row; whether it varies is asked with room for the rounding of means."""
    given = np.where(used, values, 0.0)
    mean = given.sum(axis=1, keepdims=True) / np.maximum(used.sum(axis=1, keepdims=True), 1)
    deviations = np.where(used, given - mean, 0.0)
    return deviations, (deviations**2).sum(axis=1) > _ROUNDING * (given**2).sum(axis=1)


def _lengthened(r: Array) -> Array:
    """Spearman-Brown for two halves; at r = -1/3 it reaches -1, below that it would leave the scale."""
    kept = np.clip(r, -1 / 3, 1)
    return np.asarray(2 * kept / (1 + kept), dtype=np.float64)


def omissions(responses: Array) -> Array:
    """Share of entries that each person left out.

    Parameters
    ----------
    responses
        Shape (people, items), NaN where nothing was answered.

    Raises
    ------
    NotEstimableError
        There is no item.

    Examples
    --------
    >>> omissions(np.array([[1.0, np.nan, 3.0, np.nan], [1.0, 2.0, 3.0, 4.0]])).tolist()
    [0.5, 0.0]
    """
    if responses.shape[1] == 0:
        message = "a share of omissions needs at least one item"
        raise NotEstimableError(message)
    return np.asarray(np.isnan(responses).mean(axis=1), dtype=np.float64)


def longest_run(responses: Array) -> Labels:
    """Longest run of identical answers in a row; an entry left out ends a run. Shown, never a flag.

    Parameters
    ----------
    responses
        Shape (people, items), in the order in which they were answered, NaN where nothing was answered.

    Returns
    -------
    Array
        Shape (people,): 0 for who answered nothing.

    References
    ----------
    Johnson (2005), Journal of Research in Personality 39, 103.

    Examples
    --------
    >>> longest_run(np.array([[1.0, 1.0, 1.0, 2.0], [1.0, np.nan, 1.0, 2.0]])).tolist()
    [3, 1]
    """
    if responses.shape[1] == 0:
        return np.zeros(responses.shape[0], dtype=np.intp)
    place = np.arange(responses.shape[1])
    starts = np.ones(responses.shape, dtype=np.bool_)
    starts[:, 1:] = responses[:, 1:] != responses[:, :-1]
    length = place - np.maximum.accumulate(np.where(starts, place, 0), axis=1) + 1
    return np.asarray(np.where(np.isnan(responses), 0, length).max(axis=1), dtype=np.intp)


def within_person_sd(responses: Array) -> Array:
    """Spread of each person's answers: the sample standard deviation over items. Shown, never a flag.

    Parameters
    ----------
    responses
        Shape (people, items), NaN where nothing was answered.

    Returns
    -------
    Array
        Shape (people,): NaN for who answered fewer than two items.

    References
    ----------
    Dunn, Heggestad, Shanock & Theilgard (2018), Journal of Business and Psychology 33, 105.

    Examples
    --------
    >>> within_person_sd(np.array([[1.0, 3.0, np.nan], [2.0, 2.0, 2.0]])).round(4).tolist()
    [1.4142, 0.0]
    """
    answered = ~np.isnan(responses)
    n = answered.sum(axis=1)
    values = np.where(answered, responses, 0.0)
    mean = values.sum(axis=1) / np.maximum(n, 1)
    squares = np.where(answered, values - mean[:, None], 0.0) ** 2
    return np.where(n > 1, np.sqrt(squares.sum(axis=1) / np.maximum(n - 1, 1)), np.nan)


def extreme_against_norm(values: npt.ArrayLike, norm_values: npt.ArrayLike) -> Flags:
    """Say whose elevation or scatter lies outside the middle 99 % of the norm group's.

    Parameters
    ----------
    values
        Any shape: mean (elevation) or SD (scatter) of a person's ratings; NaN is not flagged.
    norm_values
        Shape (N,): the same of the norm group, missing entries NaN.

    Raises
    ------
    NotEstimableError
        The norm group has fewer than 100 people, too few for percentiles.

    Examples
    --------
    >>> extreme_against_norm([150.5, 999.0], np.arange(300.0)).tolist()
    [False, True]
    """
    norm = np.asarray(norm_values, dtype=np.float64)
    if norm_status(int((~np.isnan(norm)).sum())) is NormStatus.NONE:
        message = "a norm group of fewer than 100 people says nothing about what is extreme"
        raise NotEstimableError(message)
    rank = percentile_rank(values, norm)
    low, high = EXTREME_PERCENTILES
    return np.asarray((rank < low) | (rank > high), dtype=np.bool_)


def two_index_rule(flags: npt.ArrayLike) -> Flags:
    """Say who is worth a conversation: those on whom at least two indices agree.

    Parameters
    ----------
    flags
        Shape (people, indices): what each index says; an index that could not be computed is False.

    Examples
    --------
    >>> two_index_rule([[True, False, True], [True, False, False]]).tolist()
    [True, False]
    """
    return np.asarray(np.asarray(flags, dtype=np.bool_).sum(axis=1) >= INDICES_NEEDED, dtype=np.bool_)
