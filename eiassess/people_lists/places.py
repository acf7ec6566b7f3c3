"""Where in a list something stands, and how what is the same in many rows is said once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eiassess.banks.checks.findings import printable

ROWS_SHOWN = 6
EXAMPLES_SHOWN = 3
_SHOWN = 60


@dataclass(frozen=True)
class ListSaid:
    """Something that is said of a place in a list.

    Parameters
    ----------
    sheet
        By name; empty if the list is a text.
    row
        As the program counts it; 0 if the sheet is meant.
    column
        By name, or by letter; empty if the row is meant.
    held
        What stands there.
    said
        What is wrong with it and what to do, the same for all rows that have the same fault.
    """

    sheet: str
    row: int
    column: str
    held: str
    said: str

    def __str__(self) -> str:
        """Name the place first, as one looks for it."""
        return _line(self, _row_word(self, [self.row]) if self.row else "")


def shown(text: str) -> str:
    """Show what stands in a cell, in one line and not endlessly."""
    return f"'{printable(text if len(text) <= _SHOWN else text[:_SHOWN] + '…')}'"


def summed(said: Iterable[ListSaid]) -> tuple[str, ...]:
    """Say each fault once, with its count and its rows.

    Examples
    --------
    >>> summed([ListSaid("", row, "E-mail", "", "nothing there; type the address in") for row in (4, 7)])
    ('lines 4 and 7 (2 rows), column E-mail: nothing there; type the address in',)
    """
    groups: dict[tuple[str, str, str], list[ListSaid]] = {}
    for each in said:
        groups.setdefault((each.sheet, each.column, each.said), []).append(each)
    return tuple(map(_summed, groups.values()))


def _summed(group: Sequence[ListSaid]) -> str:
    if len(group) == 1:
        return str(group[0])
    rows = list(dict.fromkeys(each.row for each in group))
    held = list(dict.fromkeys(each.held for each in group if each.held))
    more = ["…"] if len(held) > EXAMPLES_SHOWN else []
    examples = ", ".join([*map(shown, held[:EXAMPLES_SHOWN]), *more])
    first = group[0]
    place = f"{_row_word(first, rows)} ({len(rows)} rows)"
    return _line(ListSaid(first.sheet, 0, first.column, "", first.said), place, examples)


def _line(each: ListSaid, rows: str, examples: str = "") -> str:
    sheet = f"sheet {printable(each.sheet)}" if each.sheet else ""
    column = f"column {printable(each.column)}" if each.column else ""
    place = ", ".join(filter(None, (sheet, rows, column)))
    held = examples or (shown(each.held) if each.held else "")
    return f"{place}: {f'{held} ' if held else ''}{each.said}" if place else f"{held} {each.said}".strip()


def _row_word(each: ListSaid, rows: Sequence[int]) -> str:
    """Name rows of a sheet, or lines of a text."""
    noun = "row" if each.sheet else "line"
    if len(rows) == 1:
        return f"{noun} {rows[0]}"
    more = len(rows) - ROWS_SHOWN
    first = [f"{row}" for row in rows[:ROWS_SHOWN]]
    last = f"{more} more" if more > 0 else first.pop()
    return f"{noun}s {', '.join(first)} and {last}"
