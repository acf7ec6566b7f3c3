"""Whether two scores differ by more than their error, and what many such questions at once allow."""

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr

from eiassess.errors import NotEstimableError

Array = npt.NDArray[np.float64]


def standard_error_of_difference(first: float, second: float) -> float:
    """Give the standard error of a difference of independent scores: ``sqrt(SEM1^2 + SEM2^2)``.

    Examples
    --------
    >>> standard_error_of_difference(3.0, 4.0)
    5.0
    """
    return float(np.hypot(first, second))


def welch_degrees_of_freedom(first: float, first_df: float, second: float, second_df: float) -> float:
    """Degrees of freedom of a difference, after Welch and Satterthwaite.

    ``(SEM1^2 + SEM2^2)^2 / (SEM1^4 / df1 + SEM2^4 / df2)``

    Parameters
    ----------
    first, second
        Standard errors of measurement.
    first_df, second_df
        Their degrees of freedom.

    Raises
    ------
    NotEstimableError
        Both standard errors are zero.

    Examples
    --------
    >>> welch_degrees_of_freedom(2.0, 8, 2.0, 8)
    16.0
    """
    if first == 0 and second == 0:
        message = "two scores without error have no degrees of freedom"
        raise NotEstimableError(message)
    return (first**2 + second**2) ** 2 / (first**4 / first_df + second**4 / second_df)


def difference_p_value(difference: float, standard_error: float, df: float) -> float:
    """Two-sided p of a difference, by Student's t; 0 or 1 where there is no error at all.

    Examples
    --------
    >>> round(difference_p_value(2.306, 1.0, 8), 3)
    0.05
    """
    if standard_error == 0:
        return 1.0 if difference == 0 else 0.0
    return float(2 * stdtr(df, -abs(difference) / standard_error))


def holm_adjusted(p_values: Array) -> Array:
    """Adjust p-values for looking at many comparisons at once, after Holm.

    Parameters
    ----------
    p_values
        Shape (m,), m can be 0.

    Returns
    -------
    Array
        Shape (m,): ``max over smaller ones of (m - rank + 1) p``, at most 1.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6, 65.

    Examples
    --------
    >>> holm_adjusted(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p_values, kind="stable")
    steps = np.arange(p_values.size, 0, -1) * p_values[order]
    adjusted = np.empty_like(p_values)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0) if p_values.size else steps
    return adjusted
