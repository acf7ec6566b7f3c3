"""Finding people in a list by what somebody types of their name or address."""

import re
import unicodedata
from dataclasses import dataclass

# Letters that no decomposition takes apart, though keyboards without them write the right-hand side
_PLAIN = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "\u0131": "i", "ŋ": "ng",
        "ə": "e", "ƙ": "k", "ɓ": "b", "ɗ": "d", "ŧ": "t",
    }
)  # fmt: skip
_IN_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
# Accents of Latin, Greek and Cyrillic, and the vowel points of Hebrew and Arabic; the vowels of Indic scripts stay
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]")
_APOSTROPHES = re.compile("['`\u00b4\u02b0-\u02ff\u2018-\u201b\u2032\u2035\ua78c\uff07\u05f3]")
_HYPHENS = re.compile("[-\u00ad\u05be\u2010-\u2015\u2212\ufe63\uff0d]")

_SOUGHT_IN_ADDRESSES = 3  # letters at least


@dataclass(frozen=True)
class SoughtWord:
    """A word of a search: it is found where one of its forms stands in what `found_by` gives."""

    forms: tuple[str, ...]
    in_addresses: bool
    """Whether it is sought in addresses too: nearly every address has one or two letters somewhere."""


def found_by(text: str) -> str:
    r"""Return what searches look at instead of a name or an address: its forms without accents, one a line.

    The first line has plain letters and spaces for hyphens, so that texts of many names sort as people expect.

    Examples
    --------
    >>> found_by("Jörg Müller")
    'jorg muller\njoerg mueller'
    """
    return "\n".join(dict.fromkeys(form for between in (" ", "") for form in _forms(_HYPHENS.sub(between, text))))


def sought_words(search: str) -> tuple[SoughtWord, ...]:
    """Take a search apart; each of its words must be found, in any order.

    Capitals, accents, apostrophes, hyphens and the ways to write ``ö`` or ``ß`` without them make no difference.
    """
    # No text holds a NUL, and no database can be asked for one
    words = _HYPHENS.sub(" ", search.replace("\0", "")).replace(",", " ").split()
    return tuple(SoughtWord(_forms(word), len(word) >= _SOUGHT_IN_ADDRESSES) for word in words)


def is_found(search: str, name: str, address: str = "") -> bool:
    r"""Whether each word of a search stands in a name or an address, in any order.

    Parameters
    ----------
    search
        What was typed; nothing finds everybody.
    name, address
        What a person is called, and where mail reaches them.

    Returns
    -------
    bool
        Whether the person is found.

    Examples
    --------
    >>> is_found("muller jorg", "Jörg Müller")
    True
    >>> is_found("obrien", "Siân O\u2019Brien", "sian@example.org")
    True
    """
    in_name, in_address = found_by(name), found_by(address)
    return all(
        any(form in in_name or (word.in_addresses and form in in_address) for form in word.forms)
        for word in sought_words(search)
    )


def _forms(text: str) -> tuple[str, ...]:
    """Fold a text, with letters such as ``ö`` as one plain letter and as two."""
    if text.isascii():
        return (_APOSTROPHES.sub("", text.casefold()),)
    small = unicodedata.normalize("NFC", text).casefold()
    return tuple(dict.fromkeys((_folded(small), _folded(small.translate(_IN_TWO_LETTERS)))))


def _folded(text: str) -> str:
    # Apostrophes first: the decomposition makes a space and an accent of some
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    plain = _MARKS.sub("", decomposed).casefold().translate(_PLAIN)
    return "".join(each for each in plain if unicodedata.category(each) != "Cf")
