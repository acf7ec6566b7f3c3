r"""Letters that a workbook writes by number: ``_x000D_`` is a carriage return, ``_x005F_`` the underscore before one.

ECMA-376 part 1, 22.9.2.19 (ST_Xstring). A program that does not know them leaves them in the text.
"""

import re

ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_PAIR_OR_ONE = re.compile("_x([Dd][89ABab][0-9A-Fa-f]{2})__x([Dd][C-Fc-f][0-9A-Fa-f]{2})_|" + ESCAPE.pattern)


def unescaped(text: str) -> str:
    r"""Put the letters themselves for their numbers; half of a pair of letters stays as it is written.

    Examples
    --------
    >>> unescaped("shop._x000D_ Amina"), unescaped("_x005F_x000D_"), unescaped("_xD83D__xDE00_"), unescaped("_xD83D_")
    ('shop.\r Amina', '_x000D_', '😀', '_xD83D_')
    """
    return _PAIR_OR_ONE.sub(_letter, text)


def _letter(found: re.Match[str]) -> str:
    letter = bytes.fromhex(found[1] + found[2] if found[1] else found[3]).decode("utf-16-be", errors="replace")
    return letter if found[1] or letter != "\N{REPLACEMENT CHARACTER}" else found[0]
