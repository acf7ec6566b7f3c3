from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from eiassess.banks.exchange.contents import empty_contents, read_contents
from eiassess.banks.exchange.merging import Import, read_import
from eiassess.banks.exchange.spreadsheet.writing import workbook_of
from tests.banks.small_bank import write_small_bank

Edit = Callable[..., Import]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_bank(tmp_path / "banks" / "small")


@pytest.fixture
def workbook(small: Path, tmp_path: Path) -> Path:
    """The small bank as a spreadsheet, its key beside the options."""
    path = tmp_path / "small.xlsx"
    path.write_bytes(workbook_of(read_contents(small), "theory-1"))
    return path


@pytest.fixture
def edited(workbook: Path, small: Path) -> Edit:
    """Change the spreadsheet as somebody would, and read it over the small bank or an empty one."""

    def read(change: Callable[[dict[str, Worksheet]], object], *, into_empty: bool = False) -> Import:
        book = load_workbook(workbook)
        change({sheet.title: sheet for sheet in book.worksheets})
        book.save(workbook)
        book.close()
        return read_import(workbook, empty_contents("small") if into_empty else read_contents(small))

    return read


def cell_of(sheet: Worksheet, column: str, row: int) -> str:
    """Name the cell of a column by the column's name."""
    names = [cell.value for cell in sheet[1]]
    return f"{sheet.cell(1, names.index(column) + 1).column_letter}{row}"
