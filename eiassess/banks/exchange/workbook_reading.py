"""A workbook's cells as they are, from a file that anybody may have made: measured first, and nothing of it run."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import load_workbook

from eiassess.banks.checks.findings import printable
from eiassess.errors import InvalidInputError

MAX_FILE_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 30_000_000
"""Three times what a bank's files may hold together: openpyxl takes thirty times as much of the machine's memory."""

MAX_PARTS = 500
MAX_SHEETS = 50
MAX_MERGED = 1_000
MAX_ROWS = 20_000
MAX_COLUMNS = 40
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_CHUNK = 1 << 20
_MERGED = re.compile(rb'<mergeCell\s[^>]*ref="([A-Z0-9:]{1,30})"')
_LONGEST_MARK = 120


class RawKind(StrEnum):
    """What a cell holds, as people call it."""

    BLANK = "blank"
    TEXT = "a text"
    NUMBER = "a number"
    FLAG = "true or false"
    DATE = "a date or time"
    FORMULA = "a formula"
    ERROR = "an error"


_RUN = {"f": RawKind.FORMULA, "e": RawKind.ERROR}


@dataclass(frozen=True)
class RawCell:
    """A cell: what kind of thing it holds, and the thing."""

    kind: RawKind
    value: str | int | float | bool | None = None


@dataclass(frozen=True)
class RawSheet:
    """A sheet's cells, row by row with the spreadsheet's numbers, and its merged areas such as ``A2:A5``."""

    name: str
    rows: tuple[tuple[int, tuple[RawCell, ...]], ...]
    merged: tuple[str, ...] = ()


def read_workbook(path: Path) -> tuple[RawSheet, ...]:
    """Read the sheets of a workbook.

    Raises
    ------
    InvalidInputError
        The file is no workbook, holds macros, or is larger than any bank.
    """
    merged = _measured(path)
    try:
        with warnings.catch_warnings(), path.open("rb") as file:  # our own, so that it is closed whatever happens
            warnings.simplefilter("ignore")  # about styles and extensions that nobody here needs
            return tuple(_sheets(path, file, merged))
    except InvalidInputError:
        raise
    except Exception as error:  # a library meets a file that was made to break it: it may raise anything
        message = f"{path}: cannot be read as a spreadsheet ({printable(str(error) or type(error).__name__)})"
        raise InvalidInputError(message) from error


def _measured(path: Path) -> dict[str, tuple[str, ...]]:
    """Unpack every part without keeping it; return the merged areas by the part's name."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            _refuse(path, f"is larger than {MAX_FILE_BYTES:,} bytes")
        with zipfile.ZipFile(path) as archive:
            return _parts(path, archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        message = f"{path}: is no .xlsx workbook; in the spreadsheet program, choose Save as and Excel workbook (.xlsx)"
        raise InvalidInputError(message) from error
    except zlib.error as error:
        message = f"{path}: is damaged; make it anew"
        raise InvalidInputError(message) from error


def _parts(path: Path, archive: zipfile.ZipFile) -> dict[str, tuple[str, ...]]:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        _refuse(path, f"holds more than {MAX_PARTS} parts")
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        _refuse(path, "holds macros; save it as an Excel workbook (.xlsx) without macros")
    if any(part.compress_type not in _PACKINGS for part in parts):
        _refuse(path, "is packed as no spreadsheet program does it; open it in one and save it as an Excel workbook")
    unpacked, merged = 0, {}
    for part in parts:
        areas: dict[str, None] = {}
        before = b""
        with archive.open(part) as file:
            while chunk := file.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > MAX_UNPACKED_BYTES:
                    _refuse(path, f"unpacks to more than {MAX_UNPACKED_BYTES:,} bytes")
                if b"<!DOCTYPE" in before + chunk:
                    _refuse(path, f"has a part that no spreadsheet program writes ({printable(part.filename)})")
                areas |= dict.fromkeys(area.decode() for area in _MERGED.findall(before + chunk))
                before = chunk[-_LONGEST_MARK:]
        merged[part.filename] = tuple(areas)[:MAX_MERGED]
    return merged


def _refuse(path: Path, said: str) -> None:
    message = f"{path}: {said}"
    raise InvalidInputError(message)


def _sheets(path: Path, file: BinaryIO, merged: dict[str, tuple[str, ...]]) -> Iterator[RawSheet]:
    workbook = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    try:
        if len(workbook.worksheets) > MAX_SHEETS:  # all of them may be one part, read again for each
            _refuse(path, f"has more than {MAX_SHEETS} sheets")
        for sheet in workbook.worksheets:
            part = sheet._worksheet_path  # noqa: SLF001 - in this mode openpyxl does not tell merged areas itself
            sheet.reset_dimensions()  # what the file says of its size may be a lie
            yield RawSheet(sheet.title, tuple(_rows(path, sheet)), merged.get(part, ()))
    finally:
        workbook.close()


def _rows(path: Path, sheet: Any) -> Iterator[tuple[int, tuple[RawCell, ...]]]:  # noqa: ANN401 - openpyxl has no types
    for number, cells in enumerate(sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS), 1):
        if number > MAX_ROWS:
            _refuse(path, f"sheet {printable(sheet.title)} has more than {MAX_ROWS:,} rows")
        raw = tuple(map(_cell, cells))
        if any(cell.kind is not RawKind.BLANK for cell in raw):
            yield number, raw


def _cell(cell: Any) -> RawCell:  # noqa: ANN401 - openpyxl has no types
    value = cell.value
    if cell.data_type in _RUN:
        return RawCell(_RUN[cell.data_type], printable(str(value)))
    if isinstance(value, bool):
        return RawCell(RawKind.FLAG, value)
    if isinstance(value, int | float):
        return RawCell(RawKind.NUMBER, value)
    if isinstance(value, datetime | date | time | timedelta):
        return RawCell(RawKind.DATE, str(value))
    if value is None or not str(value).strip():
        return RawCell(RawKind.BLANK)
    return RawCell(RawKind.TEXT, str(value))
