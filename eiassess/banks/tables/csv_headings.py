"""Further rows of a header, as survey programs write them below the names: questions, and the programs' own ids."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

Record = tuple[int, list[str] | str]

ROWS_LOOKED_AT = 50
MOST_HEADINGS = 2
ROWS_FOR_CATEGORIES = 8
USES_OF_A_CATEGORY = 3

WORDS_FOR_NOTHING = frozenset(
    [
        "na",
        "n/a",
        "#n/a",
        "n.a.",
        "n.a",
        "nan",
        "null",
        "#null!",
        "none",
        "nil",
        "missing",
        "-",
        "--",
        "---",
        ".",
        "..",
        "?",
        "*",
        "x/x",
        "unknown",
        "n/k",
        "k.a.",
        "keine",
    ]
)
_NO_WORD = re.compile(r"[+-]?(0[xX][0-9a-fA-F]+|inf(inity)?|[0-9.]+[eE][+-]?[0-9]+)", re.IGNORECASE)
_LIKE_A_NUMBER = re.compile(r"[+-]?[0-9][0-9.,' \xa0\u202f]*([eE][+-]?[0-9]+)?%?")
_IMPORT_ID = re.compile(r'\{"?ImportId"?')


def part_headings(records: Iterator[Record], n: int) -> tuple[tuple[Record, ...], Iterator[Record]]:
    """Part up to two rows of headings from the rows of data below, in a table of ``n`` columns.

    A row is a heading where an id of Qualtrics stands in it or below it; or where it has words in the columns that hold
    numbers, or one of few labels, in the other rows, and these words do not come again.
    """
    start = list(islice(records, ROWS_LOOKED_AT))
    count = _ids_end(start) or _words_end([cells for _, cells in start], n)
    return tuple(start[:count]), chain(start[count:], records)


def _ids_end(start: Sequence[Record]) -> int:
    marked = [place for place, (_, cells) in enumerate(start[:MOST_HEADINGS], start=1) if _has_ids(cells)]
    return max(marked, default=0)


def _has_ids(cells: list[str] | str) -> bool:
    return not isinstance(cells, str) and any(_IMPORT_ID.match(cell.strip()) for cell in cells)


def _words_end(start: Sequence[list[str] | str], n: int) -> int:
    whole = [not isinstance(cells, str) and len(cells) == n for cells in start]
    rows = [[cell.strip() for cell in cells] for cells, fits in zip(start, whole, strict=True) if fits]
    for count in range(MOST_HEADINGS, 0, -1):
        upper, lower = rows[:count], rows[count:]
        if lower and all(whole[:count]) and all(_is_heading(row, lower) for row in upper):
            return count
    return 0


def _is_heading(row: Sequence[str], lower: Sequence[Sequence[str]]) -> bool:
    told = [(cell, column) for cell, column in zip(row, zip(*lower, strict=True), strict=True) if _is_telling(column)]
    filled = [(cell, column) for cell, column in told if cell]
    return 2 * len(filled) > len(told) and all(is_word(cell) and cell not in column for cell, column in filled)


def _is_telling(column: Sequence[str]) -> bool:
    """Say whether a column holds numbers, or few labels again and again."""
    filled = [cell for cell in column if cell]
    numbers = sum(_LIKE_A_NUMBER.fullmatch(cell) is not None for cell in filled)
    if 2 * numbers > len(filled):
        return True
    return len(filled) >= ROWS_FOR_CATEGORIES and len(filled) >= USES_OF_A_CATEGORY * len(set(filled))


def is_word(cell: str) -> bool:
    """Say whether a cell holds words: letters, and none that stand for a number or for nothing.

    Examples
    --------
    >>> [is_word(cell) for cell in ("How calm, 1 to 5?", "1e9", "inf", "N/A", "-")]
    [True, False, False, False, False]
    """
    if cell.casefold() in WORDS_FOR_NOTHING or _NO_WORD.fullmatch(cell):
        return False
    return any(character.isalpha() for character in cell)
