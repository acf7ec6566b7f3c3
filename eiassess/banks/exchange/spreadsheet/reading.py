"""A workbook's cells as they are, from a file that anybody may have made: measured first, and nothing of it run."""

import re
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader, _find_workbook_part
from openpyxl.utils.cell import range_boundaries
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from eiassess.banks.checks.findings import printable
from eiassess.banks.escapes import unescaped
from eiassess.banks.exchange.spreadsheet.measuring import Kind, Measured, PartCounter
from eiassess.banks.regular_files import require_regular
from eiassess.errors import InvalidInputError

MAX_FILE_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 30_000_000
"""Three times what a bank's files may hold together: openpyxl takes thirty times as much of the machine's memory."""

MAX_PARTS = 500
MAX_SHEETS = 50
MAX_ROWS = 20_000
MAX_COLUMNS = 40
MAX_LETTERS = 10_000_000
"""In all cells: one long text that cells share is copied for each of them later."""

LAST_ROW = 1_048_576
"""The last row of any spreadsheet: one with a colour and nothing in it does not count."""

_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_CHUNK = 1 << 20
_LONGEST_MARK = 120
_OPEN_DOCUMENT = "mimetype"
_VISIBLE = "visible"
_LOGICAL = re.compile(r"=\s*(TRUE|FALSE)\s*\(\s*\)\s*", re.IGNORECASE)
"""How LibreOffice saves a TRUE or FALSE that was typed."""


class RawKind(StrEnum):
    """What a cell holds, as people call it."""

    BLANK = "blank"
    TEXT = "a text"
    NUMBER = "a number"
    FLAG = "true or false"
    DATE = "a date or time"
    FORMULA = "a formula"
    ERROR = "an error"
    COVERED = "hidden under merged cells"


_RUN = {"f": RawKind.FORMULA, "e": RawKind.ERROR}


Area = tuple[int, int, int, int]
"""Left, top, right and bottom of merged cells."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell: what kind of thing it holds, and the thing."""

    kind: RawKind
    value: str | int | float | bool | None = None


_BLANK = RawCell(RawKind.BLANK)


@dataclass(frozen=True)
class RawSheet:
    """A sheet's rows that are not empty, with the spreadsheet's numbers, and its merged areas such as ``A2:A5``.

    Parameters
    ----------
    part
        What the workbook calls the sheet inside.
    is_hidden
        Whether somebody has hidden the sheet.
    """

    name: str
    rows: tuple[tuple[int, tuple[RawCell, ...]], ...]
    merged: tuple[str, ...] = ()
    part: str = ""
    is_hidden: bool = False


def read_workbook(path: Path, max_columns: int = MAX_COLUMNS) -> tuple[RawSheet, ...]:
    """Read the sheets of a workbook, and of each the first columns.

    Raises
    ------
    InvalidInputError
        The file is no workbook, holds macros, or is larger than any bank.
    """
    measured = _measured(path)
    try:
        with warnings.catch_warnings(), path.open("rb") as file:  # our own, so that it is closed whatever happens
            warnings.simplefilter("ignore")  # about styles and extensions that nobody here needs
            return tuple(_sheets(measured, file, max_columns))
    except InvalidInputError:
        raise
    except Exception as error:  # a library meets a file that was made to break it: it may raise anything
        message = f"{path}: cannot be read as a spreadsheet ({printable(str(error) or type(error).__name__)})"
        raise InvalidInputError(message) from error


def _measured(path: Path) -> Measured:
    """Unpack every part without keeping it, and count what is in it."""
    require_regular(path)
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            _refuse(path, f"is larger than {MAX_FILE_BYTES:,} bytes")
        with zipfile.ZipFile(path) as archive:
            if _is_open_document(archive):
                _refuse(
                    path, "is LibreOffice's own kind of file (.ods), whatever its name; choose Save as and .xlsx there"
                )
            return _parts(path, archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        message = f"{path}: is no .xlsx workbook; in the spreadsheet program, choose Save as and Excel workbook (.xlsx)"
        raise InvalidInputError(message) from error
    except zlib.error as error:
        message = f"{path}: is damaged; make it anew"
        raise InvalidInputError(message) from error


def _is_open_document(archive: zipfile.ZipFile) -> bool:
    """Tell whether the first part says so, as OpenDocument asks for."""
    if _OPEN_DOCUMENT not in archive.namelist():
        return False
    with archive.open(_OPEN_DOCUMENT) as file:
        return file.read(_LONGEST_MARK).startswith(b"application/vnd.oasis.opendocument.")


def _parts(path: Path, archive: zipfile.ZipFile) -> Measured:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        _refuse(path, f"holds more than {MAX_PARTS} parts")
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        _refuse(path, "holds macros; save it as an Excel workbook (.xlsx) without macros")
    if any(part.compress_type not in _PACKINGS for part in parts):
        _refuse(path, "is packed as no spreadsheet program does it; open it in one and save it as an Excel workbook")
    unpacked, measured = 0, Measured(path)
    for part in parts:
        counter = PartCounter(measured, part.filename)
        with archive.open(part) as file:
            while chunk := file.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > MAX_UNPACKED_BYTES:
                    _refuse(path, f"unpacks to more than {MAX_UNPACKED_BYTES:,} bytes")
                counter.take(chunk)
        counter.finish()
    return measured


def _refuse(path: Path, said: str) -> None:
    message = f"{path}: {said}"
    raise InvalidInputError(message)


class _Reader(ExcelReader):
    """Keeps the mark before what only looks like an escape: openpyxl takes it away, from shared texts alone.

    Rows and shared texts were counted apart since they are read one by one: so no part of one kind is read as another.
    """

    measured: Measured

    def read_strings(self) -> None:
        """Read the texts that cells share as they are written."""
        self._expect(_find_workbook_part(self.package).PartName[1:], Kind.OTHER)
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            self._expect(part.PartName[1:], Kind.TEXTS)
            with self.archive.open(part.PartName[1:]) as file:
                self.shared_strings = list(_shared(file))

    def read_worksheets(self) -> None:
        """Read which sheets there are."""
        super().read_worksheets()  # type: ignore[no-untyped-call]  # openpyxl has no types
        for sheet in self.wb.worksheets:
            self._expect(sheet._worksheet_path, Kind.SHEET)  # noqa: SLF001 - as below

    def _expect(self, part: str, kind: str) -> None:
        if self.measured.kinds.get(part) != kind:
            self.measured.foreign(part)


def _shared(file: BinaryIO) -> Iterator[str]:
    for _, node in iterparse(file):
        if node.tag == f"{{{SHEET_MAIN_NS}}}si":
            yield Text.from_tree(node).content
            node.clear()


def _sheets(measured: Measured, file: BinaryIO, max_columns: int) -> Iterator[RawSheet]:
    path, letters = measured.path, 0
    make: Any = _Reader  # openpyxl has no types
    reader = make(file, read_only=True, keep_vba=False, data_only=False, keep_links=False)
    reader.measured = measured
    reader.read()
    workbook = reader.wb
    try:
        if len(workbook.worksheets) > MAX_SHEETS:  # all of them may be one part, read again for each
            _refuse(path, f"has more than {MAX_SHEETS} sheets")
        for sheet in workbook.worksheets:
            part = sheet._worksheet_path  # noqa: SLF001 - in this mode openpyxl does not tell merged areas itself
            sheet.reset_dimensions()  # what the file says of its size may be a lie
            areas = measured.merged.get(part, ())
            rows = []
            for row in _rows(path, sheet, tuple(map(range_boundaries, areas)), max_columns):
                letters += sum(len(cell.value) for cell in row[1] if isinstance(cell.value, str))
                if letters > MAX_LETTERS:
                    _refuse(path, f"holds more than {MAX_LETTERS:,} letters; leave out columns, or split it")
                rows.append(row)
            yield RawSheet(sheet.title, tuple(rows), areas, part, sheet.sheet_state != _VISIBLE)
    finally:
        workbook.close()


def _rows(
    path: Path,
    sheet: Any,  # noqa: ANN401 - openpyxl has no types
    areas: tuple[Area, ...],
    max_columns: int,
) -> Iterator[tuple[int, tuple[RawCell, ...]]]:
    before = None
    for number, cells in enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=max_columns), 1):
        # openpyxl gives the same row again for each that the file leaves out: there may be a million
        if cells is before or all(cell.value is None for cell in cells):
            before = cells
            continue
        raw = _uncovered(tuple(map(_cell, cells)), number, areas)
        if not any(map(_shows, raw)):
            continue
        if number > MAX_ROWS:
            _refuse(path, f"sheet {printable(sheet.title)} has more than {MAX_ROWS:,} rows: look at row {number:,}")
        yield number, raw


def _uncovered(cells: tuple[RawCell, ...], row: int, areas: tuple[Area, ...]) -> tuple[RawCell, ...]:
    """Take away what lies under a merged area, where nobody sees it: only its first cell shows."""
    here = [area for area in areas if area[1] <= row <= area[3]]
    if not here:
        return cells
    return tuple(
        RawCell(RawKind.COVERED) if any(_covers(area, column, row) for area in here) else cell
        for column, cell in enumerate(cells, 1)
    )


def _covers(area: Area, column: int, row: int) -> bool:
    left, top, right, bottom = area
    return left <= column <= right and top <= row <= bottom and (column, row) != (left, top)


def _cell(cell: Any) -> RawCell:  # noqa: ANN401 - openpyxl has no types
    value = cell.value
    if value is None:
        return _BLANK
    if cell.data_type in _RUN:
        logical = _LOGICAL.fullmatch(str(value))
        return RawCell(RawKind.FLAG, logical[1].upper() == "TRUE") if logical else _run(cell.data_type, str(value))
    if isinstance(value, bool):
        return RawCell(RawKind.FLAG, value)
    if isinstance(value, int | float):
        return RawCell(RawKind.NUMBER, value)
    if isinstance(value, datetime | date | time | timedelta):
        return RawCell(RawKind.DATE, str(value))
    text = unescaped(str(value))
    return RawCell(RawKind.TEXT, text) if text.strip() else _BLANK


def _run(data_type: str, value: str) -> RawCell:
    return RawCell(_RUN[data_type], printable(value))


def _shows(cell: RawCell) -> bool:
    """Tell whether a row is there for this cell: not for one of spaces and marks without width alone."""
    if cell.kind is not RawKind.TEXT:
        return cell.kind not in {RawKind.BLANK, RawKind.COVERED}
    return any(not letter.isspace() and unicodedata.category(letter) != "Cf" for letter in str(cell.value))
