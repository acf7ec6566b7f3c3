"""The sheets of a workbook as a list of people."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from eiassess.banks.exchange.spreadsheet.reading import Area, RawCell, RawKind, RawSheet, read_workbook
from eiassess.banks.exchange.spreadsheet.sheets import restored
from eiassess.people_lists.cells import BLANK, ListCell, ListRow, ListSheet, number_text
from eiassess.people_lists.marks import SheetMarks, formula_link, read_marks

MAX_COLUMNS = 100


def workbook_sheets(path: Path) -> tuple[ListSheet, ...]:
    """Read a workbook's sheets with the addresses behind their cells.

    Raises
    ------
    InvalidInputError
        The file is no workbook, holds macros, or is larger than any list.
    """
    raw = read_workbook(path, MAX_COLUMNS)
    marks = read_marks(path, [sheet.part for sheet in raw])
    return tuple(_sheet(each, mark) for each, mark in zip(raw, marks, strict=True))


def _sheet(raw: RawSheet, marks: SheetMarks) -> ListSheet:
    links = marks.by_row()
    rows = (_row(number, cells, links, is_hidden=number in marks.hidden) for number, cells in raw.rows)
    return ListSheet(raw.name, tuple(rows), raw.is_hidden)


def _row(
    number: int, cells: Sequence[RawCell], links: Mapping[int, Sequence[tuple[Area, str]]], *, is_hidden: bool
) -> ListRow:
    here = [*links.get(number, ()), *links.get(0, ())]
    read = [_cell(cell, _addresses(here, column, number)) for column, cell in enumerate(cells, 1)]
    while read and read[-1] == BLANK:
        read.pop()
    return ListRow(number, tuple(read), is_hidden=is_hidden)


def _addresses(links: Sequence[tuple[Area, str]], column: int, row: int) -> tuple[str, ...]:
    """List the addresses behind a cell, each once."""
    found = (
        address for (left, top, right, bottom), address in links if left <= column <= right and top <= row <= bottom
    )
    return tuple(dict.fromkeys(found))


def _cell(raw: RawCell, links: tuple[str, ...]) -> ListCell:
    match raw.kind:
        case RawKind.BLANK:
            return ListCell(kind=RawKind.BLANK, links=links) if links else BLANK
        case RawKind.COVERED:
            return ListCell(kind=RawKind.COVERED)
        case RawKind.FORMULA:
            return _formula(str(raw.value), links)
        case RawKind.NUMBER if isinstance(raw.value, int | float):
            return ListCell(number_text(raw.value), raw.kind, links)
        case RawKind.TEXT:
            return ListCell(restored(" ".join(str(raw.value).split())), raw.kind, links)
        case _:
            return ListCell(str(raw.value), raw.kind, links)


def _formula(formula: str, links: tuple[str, ...]) -> ListCell:
    link = formula_link(formula)
    if link is None:
        return ListCell(formula, RawKind.FORMULA)
    text, address = link
    return ListCell(text, RawKind.TEXT, tuple(dict.fromkeys([*links, *filter(None, [address])])))
