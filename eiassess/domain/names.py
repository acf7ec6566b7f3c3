"""Names inside sentences: whatever way a name is written, the sentence around it stays as it was."""

import unicodedata

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_ISOLATES = frozenset("\u2066\u2067\u2068")
# Classes of the Unicode bidirectional algorithm that move text beside them; all others stay where they stand
_TURNING = frozenset({"R", "AL", "AN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def isolated(name: str) -> str:
    r"""Close a name off, so that its direction does not reach the text around it.

    A name that is written from left to right stays as it is. Any other stands in an isolate (UAX 9, section 2.4.2),
    in which its own isolates are balanced: one too many would open the outer one, one too few would keep it open.

    Parameters
    ----------
    name
        A name or another text of one line that somebody gave.

    Returns
    -------
    str
        The text for a place inside a sentence.

    Examples
    --------
    >>> isolated("Zoë")
    'Zoë'
    >>> isolated("שלמה")
    '\u2068שלמה\u2069'
    >>> isolated("\u202eeno\u2069")
    '\u2068\u202eeno\u2069'
    """
    if not any(unicodedata.bidirectional(character) in _TURNING for character in name):
        return name
    return f"{_FIRST_STRONG_ISOLATE}{_balanced(name)}{_POP_ISOLATE}"


def _balanced(name: str) -> str:
    kept, n_open = [], 0
    for character in name:
        if character == _POP_ISOLATE and n_open == 0:
            continue
        n_open += (character in _ISOLATES) - (character == _POP_ISOLATE)
        kept.append(character)
    return "".join(kept) + _POP_ISOLATE * n_open
