"""A bank as one workbook that people can edit."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation

from eiassess.banks.exchange import keeping
from eiassess.banks.exchange.contents import BankContents, check_contents
from eiassess.banks.exchange.spreadsheet import sheets
from eiassess.banks.exchange.spreadsheet.building import build
from eiassess.banks.exchange.spreadsheet.rows import SheetRows
from eiassess.banks.exchange.spreadsheet.sheets import (
    AS_WRITTEN,
    CELL_LETTERS,
    REMOVE,
    Cell,
    CellKind,
    ReadRow,
    Row,
    Sheet,
    harmless,
)
from eiassess.banks.exchange.spreadsheet.showing import Rows, rows_of
from eiassess.errors import BankError

LAST_ROW = 20_000
_WRAP = Alignment(wrap_text=True, vertical="top")
_TOP = Alignment(vertical="top")
_CHOICES_LETTERS = 250
_HOW_TO_REMOVE = (
    f"Write {REMOVE} here, and import takes out what this row names. A row that is missing removes nothing. In other "
    f"columns an empty cell removes nothing either: write {REMOVE} in the cell."
)


def workbook_of(contents: BankContents, key_id: str | None) -> bytes:
    """Write a bank as a workbook, the values of one key beside its options; without a key, no values at all.

    Raises
    ------
    BankError
        The bank cannot be read, or a text of it is longer than a cell.
    """
    check_contents(contents)
    rows = rows_of(contents, key_id)
    records = _kept(contents, key_id, rows)
    workbook = Workbook(write_only=True)
    for sheet in sheets.SHEETS:
        _write_sheet(workbook, sheet, rows[sheet.name])
    _write_kept(workbook, records)
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _kept(contents: BankContents, key_id: str | None, rows: Rows) -> tuple[keeping.Kept, ...]:
    """Find what the sheets alone would lose, and see that with it nothing is lost."""
    built = build({sheet.name: SheetRows(_as_read(sheet, rows[sheet.name])) for sheet in sheets.SHEETS})
    written = {**contents.tree, "keys": {key_id: contents.tree["keys"][key_id]} if key_id else {}}
    records = keeping.kept(built.tree, written)
    if built.problems:
        raise BankError(contents.name, "", f"cannot be put in a spreadsheet: {built.problems[0]}")
    return records


def _as_read(sheet: Sheet, rows: list[Row]) -> tuple[ReadRow, ...]:
    """Take the rows as they will be read."""
    return tuple(
        ReadRow(number, {column.field: value for column in sheet.columns if (value := _value(column, row)) is not None})
        for number, row in enumerate(rows, 2)
    )


def _value(column: sheets.Column, row: Row) -> Cell:
    value = row.get(column.field)
    return float(value) if column.kind is CellKind.NUMBER and value is not None else value


def _write_sheet(workbook: Any, sheet: Sheet, rows: list[Row]) -> None:  # noqa: ANN401 - openpyxl has no types
    written = workbook.create_sheet(sheet.name)
    written.freeze_panes = "B2"
    for place, column in enumerate(sheet.columns):
        letter = chr(ord("A") + place)
        written.column_dimensions[letter].width = column.width
        choices = ",".join(column.choices)
        if choices and len(choices) < _CHOICES_LETTERS:
            rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=not column.required)
            if column.field == REMOVE:
                rule.promptTitle, rule.prompt, rule.showInputMessage = column.name, _HOW_TO_REMOVE, True
            rule.add(f"{letter}2:{letter}{LAST_ROW}")
            written.data_validations.append(rule)
    written.append([_head(written, column.name) for column in sheet.columns])
    for row in rows:
        written.append(list(_cells(written, sheet, row)))


def _head(written: Any, name: str) -> Any:  # noqa: ANN401 - openpyxl has no types
    cell = WriteOnlyCell(written, name)
    cell.font, cell.alignment = Font(bold=True), _TOP
    return cell


def _cells(written: Any, sheet: Sheet, row: Row) -> Iterator[Any]:  # noqa: ANN401 - openpyxl has no types
    for column in sheet.columns:
        value = row.get(column.field)
        is_text = isinstance(value, str)
        cell = WriteOnlyCell(written, harmless(str(value)) if is_text else value)
        if is_text:
            cell.data_type, cell.number_format = "s", "@"  # never a formula, and typed over it stays text
        cell.alignment = _WRAP if is_text else _TOP
        yield cell


def _write_kept(workbook: Any, records: tuple[keeping.Kept, ...]) -> None:  # noqa: ANN401 - openpyxl has no types
    """Write what is kept in one long text over as many cells as it needs."""
    written = workbook.create_sheet(AS_WRITTEN)
    written.sheet_state = "hidden"
    written.append([_head(written, "Not to be edited: how the files break their lines and write their numbers")])
    text = keeping.as_text(records)
    for start in range(0, len(text), CELL_LETTERS):
        cell = WriteOnlyCell(written, text[start : start + CELL_LETTERS])
        cell.data_type = "s"
        written.append([cell])
