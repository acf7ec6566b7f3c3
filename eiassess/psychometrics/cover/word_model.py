"""Whether the words of an option give its value away: ridge regression on which words it has."""

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

PENALTY = 30.0
"""On the squared weights: with some hundred options that differ in most of their words, they have to be held down."""
ROUNDING = 1e-9
"""Predictions that differ by no more than this differ by rounding."""


def word_model_correlation(
    words: Sequence[Collection[str]], values: Sequence[float], units: Sequence[str]
) -> float | None:
    """Correlate values with what ``predict_from_words`` predicts; ``None`` where one of them never varies.

    Parameters
    ----------
    words
        The words of each of n options.
    values
        Their n key values.
    units
        The name of the unit that each belongs to.
    """
    keyed = np.array(values)
    predicted = predict_from_words(words, keyed, np.unique(units, return_inverse=True)[1])
    varies = np.ptp(keyed) > 0 and np.ptp(predicted) > ROUNDING
    return float(np.corrcoef(predicted, keyed)[0, 1]) if varies else None


def predict_from_words(words: Sequence[Collection[str]], values: Array, unit: npt.NDArray[np.intp]) -> Array:
    """Predict each option's value from its words, with what was learned from all other units.

    Each word is there or not; the weights minimise the squared error plus ``PENALTY`` times their squared sum, with
    an intercept that is not held down. Both halves of a flip pair are one unit: otherwise the twin's turned values
    would be learned from the same text.

    Parameters
    ----------
    words
        The words of each of n options.
    values
        Their key values, shape (n,).
    unit
        Which unit an option belongs to, shape (n,).

    Returns
    -------
    Array
        Shape (n,): the predictions; the mean of the others where no word is known from them.

    References
    ----------
    Hoerl & Kennard (1970), Technometrics 12, 55 (ridge regression).

    Examples
    --------
    >>> words, values = [{"sorry"}, {"no"}, {"sorry"}, {"no"}], np.array([5.0, 2.0, 5.0, 2.0])
    >>> predicted = predict_from_words(words, values, np.array([0, 0, 1, 1]))
    >>> bool(predicted[0] > predicted[1])
    True
    """
    has = _indicators(words)
    gram = has @ has.T  # options x options: there are fewer options than words
    predicted = np.empty(len(values))
    for each in np.unique(unit):
        rest = unit != each
        mean = values[rest].mean() if rest.any() else values.mean()
        held = gram[np.ix_(rest, rest)] + PENALTY * np.eye(int(rest.sum()))
        predicted[~rest] = mean + gram[np.ix_(~rest, rest)] @ np.linalg.solve(held, values[rest] - mean)
    return predicted


def _indicators(words: Sequence[Collection[str]]) -> Array:
    place = {word: number for number, word in enumerate(sorted({word for each in words for word in each}))}
    has = np.zeros((len(words), len(place)))
    for row, each in zip(has, words, strict=True):
        row[[place[word] for word in each]] = 1.0
    return has
