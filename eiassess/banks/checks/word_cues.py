"""Whether the words of the options give the key away, without any situation."""

from collections.abc import Iterator

import numpy as np

from eiassess.banks.checks.content import CheckedBank, KeyFile
from eiassess.banks.checks.findings import Finding, error
from eiassess.banks.checks.key_use import ENOUGH
from eiassess.banks.checks.twins import list_pairs
from eiassess.banks.checks.words import list_words
from eiassess.psychometrics.cover.word_model import predict_from_words

CORRELATION_AT_MOST = 0.20


def check_word_cues(bank: CheckedBank) -> Iterator[Finding]:
    """Hold every key to what a word model may find, over the scenarios of responses."""
    for key in bank.keys:
        r = word_model_correlation(bank, key)
        if r is not None and r > CORRELATION_AT_MOST:
            said = f"a model that knows only the options' words predicts the values with r = {r:.2f}"
            mend = f"At most {CORRELATION_AT_MOST:.2f}: let the same words be good in some scenarios and bad in others."
            yield error(key.file, "", "word-model", said, mend)


def word_model_correlation(bank: CheckedBank, key: KeyFile) -> float | None:
    """Correlate a key's values with what their words predict; ``None`` with too few scenarios, or where nothing varies.

    Each scenario is predicted from the others, both halves of a flip pair from the rest.
    """
    first = {other.stem: each.stem for each, other in list_pairs(bank)}
    words, values, units = [], [], []
    for each in bank.scenarios:
        if each.is_of_responses:
            for option in each.scenario.options:
                if credit := key.credits_of(each).get(option.id):
                    words.append({word.lower() for word in list_words(option.text)})
                    values.append(credit.value)
                    units.append(first.get(each.stem, each.stem))
    if len(set(units)) < ENOUGH:
        return None
    numbers = np.unique(units, return_inverse=True)[1]
    keyed = np.array(values)
    predicted = predict_from_words(words, keyed, numbers)
    return float(np.corrcoef(predicted, keyed)[0, 1]) if np.ptp(keyed) and np.ptp(predicted) else None
