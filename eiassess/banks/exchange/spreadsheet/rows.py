"""From a sheet's cells to rows that can be used, and what is wrong with each of the others."""

import math
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches

from eiassess.banks.checks.findings import printable
from eiassess.banks.exchange.spreadsheet.reading import RawCell, RawKind, RawSheet
from eiassess.banks.exchange.spreadsheet.sheets import (
    REMOVE,
    SHEETS,
    Cell,
    CellKind,
    Column,
    ReadRow,
    Sheet,
    SheetProblem,
    is_remove,
    restored,
)
from eiassess.banks.reading import MAX_TEXT

_FLAGS = {"yes": True, "true": True, "no": False, "false": False}
_NOTHING = {RawKind.BLANK, RawKind.COVERED}
_SHOWN = 40


@dataclass(frozen=True)
class SheetRows:
    """What can be used of a sheet.

    Parameters
    ----------
    bad
        Rows with a cell that cannot be used, as far as they can be read.
    problems
        What is wrong with them.
    is_there
        Whether the workbook has the sheet, with all columns that it needs.
    """

    rows: tuple[ReadRow, ...] = ()
    bad: tuple[ReadRow, ...] = ()
    problems: tuple[SheetProblem, ...] = ()
    is_there: bool = True

    @property
    def everything(self) -> tuple[ReadRow, ...]:
        """All rows in the sheet's order."""
        return tuple(sorted((*self.rows, *self.bad), key=lambda row: row.number))

    def refused(self, sheet: Sheet) -> frozenset[str]:
        """Return what bad rows belong to, by their own word or by the row above: nothing of it is taken."""
        found, above = set(), ""
        for row in self.everything:
            above = owner_of(sheet, row) or (above if sheet.owner else "")
            if row in self.bad:
                found.add(above)
        return frozenset(found)


def owner_of(sheet: Sheet, row: ReadRow) -> str:
    """Return what a row belongs to; empty if it does not say so."""
    parts = [row.values.get(column.field) for column in sheet.owner or sheet.columns[:1]]
    return "" if None in parts else " ".join(map(str, parts))


@dataclass
class _Reading:
    sheet: Sheet
    places: dict[int, Column] = field(default_factory=dict)
    rows: list[ReadRow] = field(default_factory=list)
    bad: list[ReadRow] = field(default_factory=list)
    problems: list[SheetProblem] = field(default_factory=list)

    def complain(self, row: int, column: str, said: str) -> None:
        self.problems.append(SheetProblem(self.sheet.name, row, column, said))


def read_rows(sheet: Sheet, raw: RawSheet) -> SheetRows:
    """Read the rows of a sheet; its first row names the columns, in any order."""
    reading = _Reading(sheet)
    for area in raw.merged:
        reading.complain(0, "", f"cells {area} are merged; unmerge them and fill in each")
    header = raw.rows[0][1] if raw.rows else ()
    if _is_another(reading, header) or not _read_header(reading, header):
        return SheetRows(problems=tuple(reading.problems), is_there=False)
    for number, cells in raw.rows[1:]:
        _read_row(reading, number, cells)
    return SheetRows(tuple(reading.rows), tuple(reading.bad), tuple(reading.problems))


def _is_another(reading: _Reading, header: tuple[RawCell, ...]) -> bool:
    """Tell whether a sheet has all the columns of another one, and more than its own."""
    here, own = {_name(cell).casefold() for cell in header}, _names(reading.sheet)
    other = next((each for each in SHEETS if _names(each) <= here and not _names(each) <= own), None)
    if other:
        reading.complain(1, "", f"has the columns of sheet {other.name}; nothing of it is read")
    return other is not None


def _names(sheet: Sheet) -> set[str]:
    return {column.name.casefold() for column in sheet.columns if column.field != REMOVE}


def _name(cell: RawCell) -> str:
    shown = str(cell.value)
    if not shown.isascii():
        shown = "".join(letter for letter in shown if unicodedata.category(letter) != "Cf")
    return "" if cell.kind in _NOTHING else " ".join(shown.split())


def _read_header(reading: _Reading, header: tuple[RawCell, ...]) -> bool:
    names = {column.name.casefold(): column for column in reading.sheet.columns}
    unknown = []
    for place, cell in enumerate(header):
        name = _name(cell)
        column = names.pop(name.casefold(), None)
        if column:
            reading.places[place] = column
        elif name:
            unknown.append(name)
    missing = [column.name for column in names.values() if column.field != REMOVE]
    for name in missing:
        reading.complain(1, name, f"is missing{_meant(name, unknown)}; expected a column of that name")
    for name in unknown:
        if not any(get_close_matches(name, [each]) for each in missing):
            reading.complain(1, printable(name[:_SHOWN]), "is no column of this sheet, or stands there twice")
    return not missing


def _meant(name: str, unknown: list[str]) -> str:
    close = get_close_matches(name, unknown, n=1)
    return f" (is it {printable(close[0][:_SHOWN])!r}?)" if close else ""


def _read_row(reading: _Reading, number: int, cells: tuple[RawCell, ...]) -> None:
    """Read a row; one that only says what is to be removed need hold no more than what names it."""
    row = _Row(number)
    for place, column in reading.places.items():
        _read_into(row, column, cells[place] if place < len(cells) else RawCell(RawKind.BLANK))
    if row.removes:
        named = {column.name for column in (*reading.sheet.owner, *(each for each in reading.sheet.columns if each.of))}
        row.wrong = [each for each in row.wrong if each[0] in named]
    for column_name, said in row.wrong:
        reading.complain(number, column_name, said)
    whole = ReadRow(number, row.values, row.removes, frozenset(row.cleared))
    (reading.bad if row.wrong else reading.rows).append(whole)


@dataclass
class _Row:
    number: int
    values: dict[str, Cell] = field(default_factory=dict)
    removes: bool = False
    cleared: set[str] = field(default_factory=set)
    wrong: list[tuple[str, str]] = field(default_factory=list)


def _read_into(row: _Row, column: Column, cell: RawCell) -> None:
    if column.is_cleared_by_word and _says_remove(cell):
        row.cleared.add(column.field)
        return
    try:
        value = read_cell(column, cell)
    except ValueError as problem:
        row.wrong.append((column.name, str(problem)))
    else:
        if column.field == REMOVE:
            row.removes = value is not None
        elif value is not None:
            row.values[column.field] = value


def _says_remove(cell: RawCell) -> bool:
    return cell.kind is RawKind.TEXT and is_remove(str(cell.value))


def read_cell(column: Column, cell: RawCell) -> Cell:
    """Read a cell as its column expects it; blank is ``None``.

    Raises
    ------
    ValueError
        It holds something else; the message says what is expected.
    """
    if cell.kind is RawKind.BLANK:
        if column.required:
            message = f"nothing there; expected {column.kind}"
            raise ValueError(message)
        return None
    if cell.kind is RawKind.COVERED:
        message = f"lies under merged cells; unmerge them and type in {column.kind}"
        raise ValueError(message)
    if cell.kind in {RawKind.FORMULA, RawKind.ERROR, RawKind.DATE}:
        message = f"{printable(str(cell.value)[:_SHOWN])!r} is {cell.kind}; expected {column.kind}, typed in"
        raise ValueError(message)
    match column.kind:
        case CellKind.WHOLE | CellKind.NUMBER:
            return _number(column, cell)
        case CellKind.FLAG:
            return _flag(column, cell)
        case CellKind.ANY if cell.kind is not RawKind.TEXT:
            return _whole_if_it_is(cell)
    return _text(column, cell)


def _unexpected(column: Column, cell: RawCell) -> ValueError:
    wanted = "Number" if column.kind in {CellKind.WHOLE, CellKind.NUMBER} else "Text"
    hint = (
        ""
        if cell.kind is RawKind.NUMBER and wanted == "Number"
        else f"; give the cell the format {wanted} and type it again"
    )
    return ValueError(f"{printable(str(cell.value)[:_SHOWN])!r} is {cell.kind}; expected {column.kind}{hint}")


def _number(column: Column, cell: RawCell) -> int | float:
    value = cell.value
    if cell.kind is not RawKind.NUMBER or not isinstance(value, int | float) or not math.isfinite(value):
        raise _unexpected(column, cell)
    if column.kind is CellKind.NUMBER:
        return float(value)
    if value != int(value):
        raise _unexpected(column, cell)
    return int(value)


def _whole_if_it_is(cell: RawCell) -> Cell:
    value = cell.value
    is_whole = isinstance(value, float) and math.isfinite(value) and value == int(value)
    return int(value) if is_whole else value  # type: ignore[arg-type]  # mypy does not follow the test


def _flag(column: Column, cell: RawCell) -> bool:
    if isinstance(cell.value, bool):
        return cell.value
    said = str(cell.value).strip().casefold()
    if said not in _FLAGS:
        raise _unexpected(column, cell)
    return _FLAGS[said]


def _text(column: Column, cell: RawCell) -> str:
    if cell.kind is not RawKind.TEXT:
        raise _unexpected(column, cell)
    text = restored(" ".join(str(cell.value).split()))
    if any(unicodedata.category(letter) == "Cc" for letter in text):
        message = f"{printable(text[:_SHOWN])!r} holds a character that does not show; type it again"
        raise ValueError(message)
    if len(text) > MAX_TEXT and column.kind is not CellKind.IDS:
        message = f"{len(text):,} letters; expected at most {MAX_TEXT:,}"
        raise ValueError(message)
    if column.field == REMOVE and not is_remove(text):
        message = f"{printable(text[:_SHOWN])!r}; expected the word {REMOVE}, or nothing"
        raise ValueError(message)
    if column.field != REMOVE and column.choices and text not in column.choices:
        message = f"{printable(text[:_SHOWN])!r}; expected one of {', '.join(column.choices)}"
        raise ValueError(message)
    return text
