"""Cells as spreadsheets may open them."""

import csv
import io
from collections.abc import Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(cell: object) -> object:
    """Return a cell of a table; text that a spreadsheet would run gets an apostrophe before it.

    Examples
    --------
    >>> [safe_cell(cell) for cell in ("=1+1", -2.5, None, "a = b")]
    ["'=1+1", -2.5, None, 'a = b']
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def csv_line(cells: Sequence[object]) -> str:
    r"""Write one row of CSV; ``None`` is a blank cell, text that a spreadsheet would run gets an apostrophe before it.

    Examples
    --------
    >>> csv_line(["=1+1", -2.5, None, "a,b"])
    '\'=1+1,-2.5,,"a,b"\n'
    """
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([safe_cell(cell) for cell in cells])
    return line.getvalue()
