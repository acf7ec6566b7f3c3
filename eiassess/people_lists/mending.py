"""The refused rows of a list as a workbook: to mend them there, and to upload it again as it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from eiassess.banks.exchange.spreadsheet.sheets import harmless, shown_text
from eiassess.people_lists.columns import Field

WHAT_TO_MEND = "What to mend"
_HEADINGS = (Field.NAME.heading, Field.EMAIL.heading, Field.PHONE.heading, WHAT_TO_MEND, "Sheet", "Row")
_WIDTHS = (30, 36, 20, 80, 14, 8)


@dataclass(frozen=True)
class RefusedRow:
    """A row that nobody is invited from, and why."""

    sheet: str
    row: int
    name: str
    email: str
    phone: str
    why: str


def refused_workbook(rows: Iterable[RefusedRow]) -> bytes:
    """Write refused rows as a workbook that ``file_sheets`` reads again: what is wrong stands beside each."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Refused rows")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEF", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append(_cells(sheet, _HEADINGS, is_bold=True))
    for each in rows:
        sheet.append(
            _cells(sheet, (each.name, each.email, each.phone, each.why, each.sheet, str(each.row)), is_bold=False)
        )
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _cells(sheet: Any, texts: Sequence[str], *, is_bold: bool) -> list[Any]:  # noqa: ANN401 - openpyxl has no types
    cells = []
    for text in texts:
        cell = WriteOnlyCell(sheet, harmless(shown_text(text)))
        cell.data_type, cell.number_format = "s", "@"  # never a formula, and typed over it stays text
        cell.alignment, cell.font = Alignment(wrap_text=True, vertical="top"), Font(bold=is_bold)
        cells.append(cell)
    return cells
