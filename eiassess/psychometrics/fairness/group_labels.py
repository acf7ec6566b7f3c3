"""Labels of groups as people write them: which say nothing, and which are the same but for how they are written."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from eiassess.psychometrics.fairness.unknown_words import BEGINNINGS, LEADING, PHRASES, SEPARATORS, SHORT, SUBJECTS

Labels = tuple[str | None, ...]

_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{0,12})?")
_DASHES = "\u02d7\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e3a\u2e3b"
_QUOTES = "\u02bc\u2018\u2019\u201b\u2032\u00b4`"
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u2800"
"""Letters and signs that show nothing, beside what Unicode calls formats, controls and spaces."""
_ALIKE = str.maketrans({**dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_QUOTES, "'"), **dict.fromkeys(_UNSEEN, " ")})


def _plain(label: str) -> str:
    """Take away case, Unicode's ways to write the same character, and what cannot be seen; spaces become one each."""
    # Folding can undo a normal form, so that twice is needed.
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", label).casefold())
    seen = "".join(character for character in text.translate(_ALIKE) if unicodedata.category(character) != "Cf")
    # A Turkish capital I with a dot folds to an i and a dot; the small one without a dot is that of a capital I.
    return " ".join(seen.replace("i\u0307", "i").replace("\u0131", "i").split())


def _words(plain: str) -> list[str]:
    return re.sub(r"[\W_]+", " ", plain.replace("'", "")).split()


def _bare(words: list[str]) -> list[str]:
    """Leave out a number, a pronoun or the column's own name around words."""
    while len(words) > 1 and (words[0].isdecimal() or words[0] in LEADING or words[0] in SUBJECTS):
        words = words[1:]
    while len(words) > 1 and words[-1] in SUBJECTS:
        words = words[:-1]
    return words


_UNKNOWN, _UNKNOWN_BEGINNINGS = (
    tuple("".join(_words(_plain(phrase))) for phrase in phrases) for phrases in (PHRASES, BEGINNINGS)
)


def spelling(label: str) -> str:
    """Write a label without what does not tell groups apart: case, spaces, Unicode form, the zeros of a number.

    Examples
    --------
    >>> spelling("Two  or MORE") == spelling("two or more\u00a0"), spelling("Stra\u00dfe"), spelling("1.0")
    (True, 'strasse', '1')
    """
    text = _plain(label).replace(" ", "")
    if not _NUMBER.fullmatch(text):
        return text
    return f"{Decimal(text).normalize() + 0:f}"  # nothing added: -0 becomes 0


def says_nothing(label: str | None, more: Iterable[str] = ()) -> bool:
    """Whether a label is blank, punctuation alone, or words for unknown, in any spelling.

    Parameters
    ----------
    label
        As it was written.
    more
        Further labels that stand for unknown here.

    Examples
    --------
    >>> [says_nothing(label) for label in (None, " ", "n.a.", "UNKNOWN", "I prefer not to say.", "Other", "7")]
    [True, True, True, True, True, False, False]
    >>> says_nothing("Other", ["other"])
    True
    """
    if label is None or spelling(label) in set(map(spelling, more)):
        return True
    plain = _plain(label)
    return any(all(map(_is_unknown, plain.split(separator))) for separator in SEPARATORS)


def _is_unknown(plain: str) -> bool:
    if all(unicodedata.category(character)[0] in "PZ" or character == "~" for character in plain):
        return True
    words = _words(plain)
    said, bare = "".join(words), "".join(_bare(words))
    return (
        said in _UNKNOWN or bare in _UNKNOWN or bare.startswith(_UNKNOWN_BEGINNINGS) or plain.replace(" ", "") in SHORT
    )


def known_labels(labels: Sequence[str | None], more: Iterable[str] = ()) -> Labels:
    """Put None for each label that says nothing.

    Examples
    --------
    >>> known_labels(["Woman", "?", "Man", "N/A", ""])
    ('Woman', None, 'Man', None, None)
    """
    words = tuple(more)
    nothing = {label for label in set(labels) if says_nothing(label, words)}
    return tuple(None if label in nothing else label for label in labels)


def alike_labels(labels: Sequence[str | None]) -> tuple[tuple[str, ...], ...]:
    """Find labels that are the same but for how they are written: the most frequent of each first.

    Examples
    --------
    >>> alike_labels(["Female", "male", "FEMALE", "Female", None])
    (('Female', 'FEMALE'),)
    """
    counts = Counter(label for label in labels if label is not None)
    ways: dict[str, list[str]] = {}
    for label in sorted(counts, key=lambda label: (-counts[label], label)):
        ways.setdefault(spelling(label), []).append(label)
    return tuple(sorted(tuple(own) for own in ways.values() if len(own) > 1))


def merged_labels(labels: Sequence[str | None]) -> Labels:
    """Put the most frequent spelling for each label.

    Examples
    --------
    >>> merged_labels(["Female", "male", "FEMALE", "Female", None])
    ('Female', 'male', 'Female', 'Female', None)
    """
    chosen = {label: own[0] for own in alike_labels(labels) for label in own}
    return tuple(None if label is None else chosen.get(label, label) for label in labels)
