"""A table as a file, written as its rows are read."""

from collections.abc import Iterator
from itertools import islice

from eiassess.banks.tables.csv_cells import csv_line
from eiassess.banks.tables.workbooks import ROWS_A_PIECE, WrittenSheet, workbook_pieces
from eiassess.domain.exports import FileFormat
from eiassess.services.exporting.cells import Cell
from eiassess.services.exporting.tables import ExportedTable

COLUMNS = "Columns"
"""The sheet that says what each column means."""


def file_pieces(table: ExportedTable, written: FileFormat) -> Iterator[bytes]:
    """Write a table, piece after piece; a workbook has a sheet beside it that says what the columns mean."""
    if written is FileFormat.CSV:
        return _csv(_with_names(table))
    sheets = (WrittenSheet(table.kind.capitalize(), _with_names(table)), WrittenSheet(COLUMNS, meaning_rows(table)))
    return workbook_pieces(sheets)


def meaning_rows(table: ExportedTable) -> Iterator[list[Cell]]:
    """Say what the columns of a table mean, with a heading."""
    yield ["column", "unit", "meaning"]
    for each in table.columns:
        yield [each.name, each.unit, each.meaning]


def _with_names(table: ExportedTable) -> Iterator[list[Cell]]:
    yield [column.name for column in table.columns]
    yield from table.rows


def _csv(rows: Iterator[list[Cell]]) -> Iterator[bytes]:
    while some := list(islice(rows, ROWS_A_PIECE)):
        yield "".join(map(csv_line, some)).encode()
