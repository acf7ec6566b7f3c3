"""The text of a table file, and what parts its cells: what programs write around a table."""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from eiassess.errors import InvalidInputError

SEPARATORS = ("\t", ";", "|", ",")
"""What may part cells, the surest sign first: commas and semicolons stand in sentences too."""
RECORDS_LOOKED_AT = 100

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; the one of UTF-16 is the beginning of one of UTF-32."""
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an Excel workbook of the old kind (.xls)"),
    (b"%PDF", "a PDF"),
    (b"$FL", "a data file of SPSS (.sav)"),
    (b"<stata_dta>", "a data file of Stata (.dta)"),
    (b"PAR1", "a Parquet file"),
    (b"RDX", "a data file of R"),
    (b"\x1f\x8b", "a compressed file (.gz)"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a text document (.rtf)"),
)
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml")
_ZIPPED = (
    ("content.xml", "a LibreOffice file (.ods)"),
    ("xl/", "an Excel workbook (.xlsx)"),
    ("Index/", "a Numbers file"),
)
_SEPARATOR_LINE = re.compile(r'[\r\n]*"?sep=(\\t|[^\w"\r\n])"?[,;|\t ]*(?=[\r\n]|\Z)', re.IGNORECASE)


@dataclass(frozen=True)
class TableText:
    """The text of a table, and the character that parts its cells."""

    text: str
    separator: str


def table_text(path: Path, separator: str | None = None) -> TableText:
    """Read a file's text and find the separator: the given one, that of a line ``sep=;``, or that which fits.

    Raises
    ------
    InvalidInputError
        The file cannot be read, or is no text: a spreadsheet, whatever its name says.
    """
    return parted(_text(path), separator)


def parted(text: str, separator: str | None = None) -> TableText:
    r"""Find what parts the cells of a text, as ``table_text`` does for a file.

    Examples
    --------
    >>> parted("sep=;\na;b")
    TableText(text='\na;b', separator=';')
    """
    told = _SEPARATOR_LINE.match(text)
    if told:
        text = _line_ends(told[0]) + text[told.end() :]  # the lines keep their numbers
    found = told and told[1].replace("\\t", "\t")
    return TableText(text, separator or found or fitting_separator(text))


def _line_ends(text: str) -> str:
    return "".join(character for character in text if character in "\r\n")


def _text(path: Path) -> str:
    """Decode a file; bytes that are not UTF-8 stay as lone surrogates, to be refused in the row where they stand."""
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}"
        raise InvalidInputError(message) from None
    kind = _foreign_kind(data)
    if kind:
        message = f"{path}: is {kind}, no CSV file; open it in its program, save the sheet as CSV and give that file"
        raise InvalidInputError(message)
    encoding = _encoding(data)
    return data.decode(encoding, errors="surrogateescape" if encoding.startswith("utf-8") else "replace")


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    start = data[:200]
    if len(start) > 1 and not any(start[1::2]):  # Latin letters in two bytes each
        return "utf-16-le"
    return "utf-16-be" if len(start) > 1 and not any(start[::2]) else "utf-8"


def _foreign_kind(data: bytes) -> str:
    """Say what a file is that is no text; empty if it may be text."""
    if data.startswith(b"PK\x03\x04"):
        return _zipped_kind(data)
    if data.removeprefix(codecs.BOM_UTF8).lstrip()[:9].lower().startswith(_MARKUP):
        return "a page or sheet in HTML or XML"
    return next((kind for start, kind in _FOREIGN if data.startswith(start)), "")


def _zipped_kind(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except zipfile.BadZipFile:
        names = []
    known = (kind for start, kind in _ZIPPED if any(name.startswith(start) for name in names))
    return next(known, "a ZIP archive")


def fitting_separator(text: str) -> str:
    r"""Find what parts the cells: what parts the first records into as many cells as the header has, outside quotes.

    Examples
    --------
    >>> fitting_separator("a;b\n1,5;2\n"), fitting_separator('"a;b",c\n1,2\n'), fitting_separator("a\n1,5\n")
    (';', ',', '\t')
    """
    return max(SEPARATORS, key=lambda separator: _fit(text, separator))


def _fit(text: str, separator: str) -> tuple[float, int]:
    """Give the share of records with as many cells as the header, and this number; nothing if that is one."""
    counts = [len(record) for record in islice(_records(text, separator), RECORDS_LOOKED_AT) if record]
    if not counts or counts[0] == 1:
        return 0, 0
    return sum(count == counts[0] for count in counts) / len(counts), counts[0]


def _records(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell longer than csv takes
            return
