"""From a sheet's cells to rows that can be used, and what is wrong with each of the others."""

import math
import re
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches

from eiassess.banks.checks.findings import printable
from eiassess.banks.exchange.sheets import Cell, CellKind, Column, ReadRow, Sheet, SheetProblem, restored
from eiassess.banks.exchange.workbook_reading import RawCell, RawKind, RawSheet
from eiassess.banks.reading import MAX_TEXT

FILE_NAME = re.compile(r"[^\W_][\w.-]{0,99}")
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}
_NOTHING = {RawKind.BLANK, RawKind.COVERED}
_SHOWN = 40


@dataclass(frozen=True)
class SheetRows:
    """What can be used of a sheet.

    Parameters
    ----------
    problems
        What is wrong with the rest.
    refused
        What rows with a problem belong to: a scenario of which a row is refused is not taken at all.
    is_there
        Whether the workbook has the sheet, with all columns that it needs.
    """

    rows: tuple[ReadRow, ...] = ()
    problems: tuple[SheetProblem, ...] = ()
    refused: frozenset[str] = frozenset()
    is_there: bool = True


@dataclass
class _Reading:
    sheet: Sheet
    places: dict[int, Column] = field(default_factory=dict)
    rows: list[ReadRow] = field(default_factory=list)
    problems: list[SheetProblem] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def complain(self, row: int, column: str, said: str) -> None:
        self.problems.append(SheetProblem(self.sheet.name, row, column, said))


def read_rows(sheet: Sheet, raw: RawSheet) -> SheetRows:
    """Read the rows of a sheet; its first row names the columns, in any order."""
    reading = _Reading(sheet)
    for area in raw.merged:
        reading.complain(0, "", f"cells {area} are merged; unmerge them and fill in each")
    header = raw.rows[0][1] if raw.rows else ()
    if not _read_header(reading, header):
        return SheetRows(problems=tuple(reading.problems), is_there=False)
    owner = ""
    for number, cells in raw.rows[1:]:
        owner = _read_row(reading, number, cells, owner)
    return SheetRows(tuple(reading.rows), tuple(reading.problems), frozenset(reading.refused))


def _read_header(reading: _Reading, header: tuple[RawCell, ...]) -> bool:
    names = {column.name.casefold(): column for column in reading.sheet.columns}
    unknown = []
    for place, cell in enumerate(header):
        name = "" if cell.kind in _NOTHING else " ".join(str(cell.value).split())
        column = names.pop(name.casefold(), None)
        if column:
            reading.places[place] = column
        elif name:
            unknown.append(name)
    missing = [column.name for column in names.values()]
    for name in missing:
        reading.complain(1, name, f"is missing{_meant(name, unknown)}; expected a column of that name")
    for name in unknown:
        if not any(get_close_matches(name, [each]) for each in missing):
            reading.complain(1, printable(name[:_SHOWN]), "is no column of this sheet, or stands there twice")
    return not missing


def _meant(name: str, unknown: list[str]) -> str:
    close = get_close_matches(name, unknown, n=1)
    return f" (is it {printable(close[0][:_SHOWN])!r}?)" if close else ""


def _read_row(reading: _Reading, number: int, cells: tuple[RawCell, ...], above: str) -> str:
    """Read a row; return what it belongs to, by its own word or by the row above."""
    values: dict[str, Cell] = {}
    wrong: list[tuple[str, str]] = []
    for place, column in reading.places.items():
        cell = cells[place] if place < len(cells) else RawCell(RawKind.BLANK)
        try:
            value = read_cell(column, cell)
        except ValueError as problem:
            wrong.append((column.name, str(problem)))
        else:
            if value is not None:
                values[column.field] = value
    owner = _owner(reading.sheet, values, above)
    if wrong:
        reading.refused.add(owner)
        for column_name, said in wrong:
            reading.complain(number, column_name, said)
    else:
        reading.rows.append(ReadRow(number, values))
    return owner


def _owner(sheet: Sheet, values: dict[str, Cell], above: str) -> str:
    first = sheet.columns[0]
    parts = [values.get(column.field) for column in sheet.columns[: 2 if first.choices else 1]]
    return above if None in parts else " ".join(map(str, parts))


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
    if column.choices and text not in column.choices:
        message = f"{printable(text[:_SHOWN])!r}; expected one of {', '.join(column.choices)}"
        raise ValueError(message)
    if column.kind is CellKind.ID and not FILE_NAME.fullmatch(text):
        message = f"{printable(text[:_SHOWN])!r} cannot name a file; expected {column.kind}"
        raise ValueError(message)
    return text
