"""Cells as spreadsheets may open them."""

import csv
import io
import re
from collections.abc import Sequence

_RUNNABLE = re.compile(r"""(^|[;\t\r\n][\s"]*)(?='*[=+\-@\t\r])""")
"""Where a cell begins: its own start, and what would be one for a program that parts cells at semicolons or tabs."""

_MARKED = re.compile(r"""(^|[;\t\r\n][\s"]*)'(?='*[=+\-@\t\r])""")


def safe_cell(cell: object) -> object:
    """Return a cell of a table; text that a spreadsheet would run gets an apostrophe before it.

    A program set up for semicolons opens a file with commas too, and takes what follows a semicolon for a cell.

    Examples
    --------
    >>> [safe_cell(cell) for cell in ("=1+1", "'=1+1", ";=1+1", "Kari; =1+1", -2.5, None, "a = b")]
    ["'=1+1", "''=1+1", ";'=1+1", "Kari; '=1+1", -2.5, None, 'a = b']
    """
    return _RUNNABLE.sub(r"\1'", cell) if isinstance(cell, str) else cell


def plain_cell(text: str) -> str:
    """Take away the apostrophes that ``safe_cell`` put there.

    Examples
    --------
    >>> [plain_cell(text) for text in ("'=1+1", "''=1+1", ";'=1+1", "'tis", "=1+1")]
    ['=1+1', "'=1+1", ';=1+1', "'tis", '=1+1']
    """
    return _MARKED.sub(r"\1", text)


def csv_line(cells: Sequence[object]) -> str:
    r"""Write one row of CSV; ``None`` is a blank cell, text that a spreadsheet would run gets an apostrophe before it.

    Examples
    --------
    >>> csv_line(["=1+1", -2.5, None, "a,b"])
    '\'=1+1,-2.5,,"a,b"\n'
    """
    line = io.StringIO()
    # with this end of a line, a cell with a carriage return alone is put in quotes too
    csv.writer(line, lineterminator="\r\n").writerow([safe_cell(cell) for cell in cells])
    return line.getvalue().removesuffix("\r\n") + "\n"
