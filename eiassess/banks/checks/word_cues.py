"""Whether the words of the options give the key away, without any situation."""

from collections.abc import Iterator

from eiassess.banks.checks.content import CheckedBank, KeyFile
from eiassess.banks.checks.findings import Finding, error
from eiassess.banks.checks.key_use import ENOUGH
from eiassess.banks.checks.twins import list_pairs
from eiassess.banks.checks.words import list_words

CORRELATION_AT_MOST = 0.20


def check_word_cues(bank: CheckedBank) -> Iterator[Finding]:
    """Hold every key to what a word model may find, over the scenarios of responses."""
    for key in bank.keys:
        r = correlation_with_words(bank, key)
        if r is not None and r > CORRELATION_AT_MOST:
            said = f"a model that knows only the options' words predicts the values with r = {r:.2f}"
            mend = f"At most {CORRELATION_AT_MOST:.2f}: let the same words be good in some scenarios and bad in others."
            yield error(key.file, "", "word-model", said, mend)


def correlation_with_words(bank: CheckedBank, key: KeyFile) -> float | None:
    """Correlate a key's values with what their words predict; ``None`` with too few scenarios, or where nothing varies.

    Each scenario is predicted from the others, both halves of a flip pair from the rest.
    """
    first = {other.stem: each.stem for each, other in list_pairs(bank)}
    words, values, units = [], [], []
    for each in bank.scenarios:
        credits_of = key.credits_of(each) if each.is_of_responses else {}
        for option in each.scenario.options:
            if option.id in credits_of:
                words.append({word.lower() for word in list_words(option.text)})
                values.append(credits_of[option.id].value)
                units.append(first.get(each.stem, each.stem))
    if len(set(units)) < ENOUGH:
        return None
    # numpy is loaded where there is something to correlate, so that the commands of banks start quickly
    from eiassess.psychometrics.cover.word_model import word_model_correlation  # noqa: PLC0415

    return word_model_correlation(words, values, units)
