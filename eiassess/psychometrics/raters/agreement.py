"""How far experts agree on the effectiveness of options.

Ratings have a row for each expert and a column for each option, on a scale of 1 to ``points``, NaN where an expert did
not rate an option.
"""

import numpy as np
import numpy.typing as npt

from eiassess.errors import InvalidInputError, NotEstimableError

Array = npt.NDArray[np.float64]

ROUNDING = 1e-9
"""A figure that lies on a cut but for this does not miss it: means of thirds are not exact."""


def within_group_agreement(ratings: Array, points: int) -> Array:
    """Agreement on each option against ratings spread evenly over the scale: rwg.

    ``rwg = 1 - s^2 / ((A^2 - 1) / 12)``, s^2 with divisor n - 1; negative values become 0

    Parameters
    ----------
    ratings
        Shape (experts, options), NaN where missing: each option uses the experts who rated it.
    points
        A, how many points the scale has.

    Returns
    -------
    Array
        Shape (options,), 0 to 1.

    Raises
    ------
    NotEstimableError
        An option was rated by fewer than two experts.
    InvalidInputError
        Ratings lie outside the scale.

    References
    ----------
    James, Demaree & Wolf (1984), Journal of Applied Psychology 69, 85.

    Examples
    --------
    >>> within_group_agreement(np.array([[5.0, 1.0], [5.0, 3.0], [4.0, 5.0]]), 5).round(4).tolist()
    [0.8333, 0.0]
    """
    _, _, variances = _option_moments(ratings, points)
    return np.maximum(0.0, 1 - variances / _even_variance(points))


def within_group_agreement_over_options(ratings: Array, points: int) -> float:
    """Agreement on several options together: rwg(j).

    ``rwg(j) = J (1 - q) / (J (1 - q) + q)``, q = mean s^2 / ((A^2 - 1) / 12); negative values become 0

    Parameters and errors as in `within_group_agreement`.

    Examples
    --------
    >>> round(within_group_agreement_over_options(np.array([[5.0, 1.0], [5.0, 2.0], [4.0, 1.0]]), 5), 4)
    0.9091
    """
    _, _, variances = _option_moments(ratings, points)
    ratio = float(variances.mean()) / _even_variance(points)
    agreed = variances.size * (1 - ratio)
    return agreed / (agreed + ratio) if agreed > 0 else 0.0


def average_deviation(ratings: Array, points: int) -> Array:
    """Mean absolute deviation of the ratings of each option from their mean, in scale points: AD_M.

    ``AD = mean |r - mean(r)|``; agreement up to A / 6 (see `largest_average_deviation`)

    Parameters and errors as in `within_group_agreement`.

    Returns
    -------
    Array
        Shape (options,).

    References
    ----------
    Burke, Finkelstein & Dusig (1999), Organizational Research Methods 2, 49.

    Examples
    --------
    >>> average_deviation(np.array([[5.0, 1.0], [5.0, 3.0], [5.0, 5.0]]), 5).round(4).tolist()
    [0.0, 1.3333]
    """
    counts, means, _ = _option_moments(ratings, points)
    return np.asarray(np.nansum(np.abs(ratings - means), axis=0) / counts, dtype=np.float64)


def largest_average_deviation(points: int) -> float:
    """Give the largest average deviation that still counts as agreement: ``A / 6``.

    Examples
    --------
    >>> largest_average_deviation(6)
    1.0
    """
    return points / 6


def agreement_given_mean(ratings: Array, points: int) -> tuple[float | None, ...]:
    """Agreement on each option against the largest disagreement that its mean allows: awg.

    ``awg = 1 - 2 s^2 / (((1 + A) M - M^2 - A) n / (n - 1))``

    Parameters and errors as in `within_group_agreement`.

    Returns
    -------
    tuple
        One value an option, -1 to 1; None where it is undefined because the mean lies too near the scale's end: below
        ``(n - 1 + A) / n`` or above ``(A (n - 1) + 1) / n``.

    References
    ----------
    Brown & Hauenstein (2005), Organizational Research Methods 8, 165.

    Examples
    --------
    >>> agreement_given_mean(np.array([[5.0, 3.0], [5.0, 3.0], [4.0, 3.0]]), 5)
    (None, 1.0)
    """
    counts, means, variances = _option_moments(ratings, points)
    low, high = (counts - 1 + points) / counts, (points * (counts - 1) + 1) / counts
    inside = (means >= low - ROUNDING) & (means <= high + ROUNDING)
    largest = ((1 + points) * means - means**2 - points) * counts / (counts - 1)
    return tuple(
        1 - 2 * float(s2) / float(most) if defined else None
        for s2, most, defined in zip(variances, largest, inside, strict=True)
    )


def _even_variance(points: int) -> float:
    return (points**2 - 1) / 12


def _option_moments(ratings: Array, points: int) -> tuple[Array, Array, Array]:
    """How many experts rated each option, their mean, and the variance with divisor n - 1."""
    check_scale(ratings, points)
    given = ~np.isnan(ratings)
    counts = given.sum(axis=0).astype(np.float64)
    if counts.size == 0 or counts.min() < 2:  # noqa: PLR2004 - agreement is between two
        lone = f"option {int(counts.argmin()) + 1} was rated by {int(counts.min())}" if counts.size else "there is none"
        message = f"agreement on an option needs two experts; {lone}"
        raise NotEstimableError(message)
    means = np.where(given, ratings, 0.0).sum(axis=0) / counts
    deviations = np.where(given, ratings - means, 0.0)
    return counts, means, (deviations**2).sum(axis=0) / (counts - 1)


def check_scale(ratings: Array, points: int) -> None:
    """Refuse ratings that are no table, or lie outside the scale of 1 to ``points``.

    Raises
    ------
    InvalidInputError
        Says which rating, of which expert.

    Examples
    --------
    >>> check_scale(np.array([[1.0, 6.0]]), 6)
    """
    if ratings.ndim != 2:  # noqa: PLR2004 - rows and columns
        message = f"ratings must be a table of experts by options, not an array of {ratings.ndim} dimensions"
        raise InvalidInputError(message)
    if points < 2:  # noqa: PLR2004 - one point leaves no choice
        message = f"a rating scale needs two points; {points} was given"
        raise InvalidInputError(message)
    outside = np.argwhere((ratings < 1) | (ratings > points))
    if outside.size:
        expert, option = outside[0]
        message = f"expert {expert + 1} rated option {option + 1} outside the scale of 1 to {points}"
        raise InvalidInputError(message)


def rater_rest_correlations(ratings: Array) -> Array:
    """Correlation of each expert's ratings with the mean of all others', over the options that both have.

    It is to a rater what the corrected item-total correlation is to an item.

    Parameters
    ----------
    ratings
        Shape (experts, options), NaN where missing.

    Returns
    -------
    Array
        Shape (experts,), -1 to 1; NaN with fewer than three such options, or where one side never varies.

    Examples
    --------
    >>> rater_rest_correlations(np.array([[1.0, 3.0, 5.0], [1.0, 3.0, 5.0], [5.0, 3.0, 1.0]])).round(2).tolist()
    [nan, nan, -1.0]
    """
    return np.array([_correlation(own, _mean_of_others(ratings, place)) for place, own in enumerate(ratings)])


def rater_rest_distances(ratings: Array) -> Array:
    """Mean absolute distance of each expert's ratings from the mean of all others', in scale points.

    Parameters
    ----------
    ratings
        Shape (experts, options), NaN where missing.

    Returns
    -------
    Array
        Shape (experts,); NaN where no option was rated by the expert and another.

    Examples
    --------
    >>> rater_rest_distances(np.array([[1.0, 3.0], [2.0, 3.0], [3.0, np.nan]])).round(2).tolist()
    [0.75, 0.0, 1.5]
    """
    gaps = [np.abs(own - _mean_of_others(ratings, place)) for place, own in enumerate(ratings)]
    return np.array([gap[~np.isnan(gap)].mean() if (~np.isnan(gap)).any() else np.nan for gap in gaps])


def _mean_of_others(ratings: Array, place: int) -> Array:
    """Return the mean of all other rows; NaN where none of them has a value."""
    others = np.delete(ratings, place, axis=0)
    given = ~np.isnan(others)
    n = given.sum(axis=0)
    return np.where(n > 0, np.where(given, others, 0.0).sum(axis=0) / np.maximum(n, 1), np.nan)


def _correlation(first: Array, second: Array) -> float:
    both = ~np.isnan(first) & ~np.isnan(second)
    x, y = first[both], second[both]
    if x.size < 3 or np.ptp(x) < ROUNDING or np.ptp(y) < ROUNDING:  # noqa: PLR2004 - through two points there is always a line
        return float("nan")
    return float(np.corrcoef(x, y)[0, 1])
