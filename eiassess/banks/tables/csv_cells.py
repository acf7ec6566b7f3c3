"""Cells as spreadsheets may open them."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(cell: object) -> object:
    """Return a cell of a table; text that a spreadsheet would run gets an apostrophe before it.

    Examples
    --------
    >>> [safe_cell(cell) for cell in ("=1+1", -2.5, None, "a = b")]
    ["'=1+1", -2.5, None, 'a = b']
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
