"""What a list holds before anybody asks what it means: its sheets, rows and cells as they were read."""

import json
import math
from dataclasses import dataclass

from eiassess.banks.exchange.spreadsheet.reading import RawKind

_WHOLE_AT_MOST = 10**15
"""Up to here a spreadsheet keeps every digit of a whole number."""


@dataclass(frozen=True)
class ListCell:
    """A cell: its text as read, what kind of thing it is, and the addresses that its links lead to."""

    text: str = ""
    kind: RawKind = RawKind.TEXT
    links: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing is to be seen there."""
        return self.kind in {RawKind.BLANK, RawKind.COVERED} or not self.text


BLANK = ListCell(kind=RawKind.BLANK)


@dataclass(frozen=True)
class ListRow:
    """A row that is not empty.

    Parameters
    ----------
    number
        As the program counts: a row of a sheet, a line of a text.
    trouble
        What keeps the whole row from being read; empty if nothing does.
    is_hidden
        Whether the sheet does not show it.
    """

    number: int
    cells: tuple[ListCell, ...]
    trouble: str = ""
    is_hidden: bool = False

    def cell(self, place: int | None) -> ListCell:
        """Return a cell by its place from 0; blank where the row ends before it."""
        return self.cells[place] if place is not None and place < len(self.cells) else BLANK


@dataclass(frozen=True)
class ListSheet:
    """A sheet with its rows; a text is one sheet without a name.

    Parameters
    ----------
    separator
        What parts the cells of a text.
    """

    name: str
    rows: tuple[ListRow, ...]
    is_hidden: bool = False
    separator: str = ""


def number_text(value: float) -> str:
    """Write a number as it was read: whole without a point, and never with an exponent where all digits are known.

    Examples
    --------
    >>> number_text(4791234567.0), number_text(12.5), number_text(1e20)
    ('4791234567', '12.5', '1e+20')
    """
    is_whole = math.isfinite(value) and value == int(value) and abs(value) < _WHOLE_AT_MOST
    return str(int(value)) if is_whole else str(value)


def sheets_as_json(sheets: tuple[ListSheet, ...]) -> str:
    """Write sheets so that they can be kept until somebody has said what their columns are."""
    kept = [[sheet.name, sheet.is_hidden, sheet.separator, list(map(_kept, sheet.rows))] for sheet in sheets]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _kept(row: ListRow) -> list[object]:
    return [row.number, row.trouble, row.is_hidden, [[cell.text, cell.kind.value, *cell.links] for cell in row.cells]]


def sheets_from_json(text: str) -> tuple[ListSheet, ...]:
    """Read what ``sheets_as_json`` wrote."""
    return tuple(
        ListSheet(
            name,
            tuple(
                ListRow(number, tuple(ListCell(cell[0], RawKind(cell[1]), tuple(cell[2:])) for cell in cells), *rest)
                for number, *rest, cells in rows
            ),
            is_hidden,
            separator,
        )
        for name, is_hidden, separator, rows in json.loads(text)
    )
