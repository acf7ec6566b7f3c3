"""How much differential item functioning is much: the classes A (negligible), B (moderate) and C (large)."""

from enum import StrEnum

SIGNIFICANCE = 0.05
ETS_MODERATE = 1.0
ETS_LARGE = 1.5
ONE_SIDED_95 = 1.6448536269514722
STANDARDISED_MODERATE = 0.17  # (check)
STANDARDISED_LARGE = 0.25  # (check)
JODOIN_GIERL_MODERATE = 0.035
JODOIN_GIERL_LARGE = 0.070


class DifClass(StrEnum):
    """A: negligible; B: moderate; C: large, the item goes to review (nothing is dropped by itself)."""

    A = "A"
    B = "B"
    C = "C"


def ets_class(delta: float, standard_error: float, p_value: float) -> DifClass:
    """Class a Mantel-Haenszel delta.

    A: ``|delta| < 1`` or not significant (5 %); C: ``|delta| >= 1.5`` and ``(|delta| - 1) / SE > 1.645``, that is
    significantly above 1 (one-sided 5 %); B otherwise.

    Parameters
    ----------
    delta, standard_error
        On the delta scale.
    p_value
        Of the Mantel-Haenszel chi-square: is there any difference?

    References
    ----------
    Holland & Thayer (1988); Dorans & Holland (1993); NAEP technical documentation, "Categorization of items
    according to DIF criteria".

    Examples
    --------
    >>> ets_class(-2.4, 0.3, 0.001).value, ets_class(1.6, 0.5, 0.01).value, ets_class(0.9, 0.1, 0.001).value
    ('C', 'B', 'A')
    """
    size = abs(delta)
    if size < ETS_MODERATE or p_value >= SIGNIFICANCE:
        return DifClass.A
    if size >= ETS_LARGE and size - ETS_MODERATE > ONE_SIDED_95 * standard_error:
        return DifClass.C
    return DifClass.B


def standardised_difference_class(effect_size: float, p_value: float) -> DifClass:
    """Class a standardised mean difference that was divided by the item's standard deviation.

    A: ``|effect| <= .17`` or not significant (5 %); C: ``|effect| > .25``; B between them.

    Parameters
    ----------
    effect_size
        SMD / SD of the item.
    p_value
        Of Mantel's test.

    Examples
    --------
    >>> [standardised_difference_class(effect, 0.01).value for effect in (0.17, -0.25, 0.26)]
    ['A', 'B', 'C']
    """
    size = abs(effect_size)
    if size <= STANDARDISED_MODERATE or p_value >= SIGNIFICANCE:
        return DifClass.A
    return DifClass.C if size > STANDARDISED_LARGE else DifClass.B


def jodoin_gierl_class(delta_r_squared: float, p_value: float) -> DifClass:
    """Class the gain in Nagelkerke's R^2 from the model with the total alone to that with group and interaction.

    A: ``gain < .035`` or not significant (5 %); C: ``gain >= .070``; B between them.

    Parameters
    ----------
    delta_r_squared
        R^2 of the third model less R^2 of the first.
    p_value
        Of the likelihood-ratio test with two degrees of freedom.

    References
    ----------
    Jodoin & Gierl (2001), Applied Measurement in Education 14, 329.

    Examples
    --------
    >>> [jodoin_gierl_class(gain, 0.001).value for gain in (0.034, 0.035, 0.070)]
    ['A', 'B', 'C']
    """
    if delta_r_squared < JODOIN_GIERL_MODERATE or p_value >= SIGNIFICANCE:
        return DifClass.A
    return DifClass.C if delta_r_squared >= JODOIN_GIERL_LARGE else DifClass.B
