"""Finding people in a list by what somebody types of their name or address."""

import re
import unicodedata

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


def is_found(search: str, name: str, address: str = "") -> bool:
    r"""Whether each word of a search stands in a name or an address, in any order.

    Capitals, accents, apostrophes, hyphens and the ways to write ``ö`` or ``ß`` without them make no difference. One or
    two letters are sought in the name alone: nearly every address has them somewhere.

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
    wanted = _HYPHENS.sub(" ", search).replace(",", " ").split()
    if not wanted:
        return True
    names, addresses = _all_forms(name), _all_forms(address)
    return all(
        any(form in text for form in _forms(word) for text in names + addresses * (len(word) >= _SOUGHT_IN_ADDRESSES))
        for word in wanted
    )


def _all_forms(text: str) -> list[str]:
    return [form for between in (" ", "") for form in _forms(_HYPHENS.sub(between, text))]


def _forms(text: str) -> set[str]:
    """Fold a text, with letters such as ``ö`` as one plain letter and as two."""
    if text.isascii():  # most are, and a long list is searched at each request
        return {_APOSTROPHES.sub("", text.casefold())}
    small = unicodedata.normalize("NFC", text).casefold()
    return {_folded(small), _folded(small.translate(_IN_TWO_LETTERS))}


def _folded(text: str) -> str:
    # Apostrophes first: the decomposition makes a space and an accent of some
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    plain = _MARKS.sub("", decomposed).casefold().translate(_PLAIN)
    return "".join(each for each in plain if unicodedata.category(each) != "Cf")
