"""CSV as people's programs write it: records with the line where each begins, and how messages show a cell."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from eiassess.errors import InvalidInputError

MISSING = ("", "NA")
"""Cells that say nothing."""
NAMES_SHOWN = 8
VALUE_SHOWN = 60

Record = tuple[int, list[str] | str]
"""The line where a record begins, and its cells, or what is wrong with it."""


@dataclass(frozen=True)
class CsvFile:
    """A file whose header was read and whose records wait to be.

    Parameters
    ----------
    path
        As it was given.
    line
        Where the header stands.
    names
        The header's names, without white space around them.
    records
        What follows, once; blank lines are no records.
    """

    path: Path
    line: int
    names: tuple[str, ...]
    records: Iterator[Record]


def open_csv(path: Path) -> CsvFile:
    """Read a file and its header: UTF-8 with or without BOM, comma or semicolon, any line ends.

    Raises
    ------
    InvalidInputError
        The file cannot be read, or has no header that can be.
    """
    text = _text(path)
    records = _records(text, ";" if _uses_semicolon(text) else ",")
    line, header = next(records, (1, []))
    place = f"{path}: line {line}"
    if isinstance(header, str) or not header:
        problem = header if isinstance(header, str) else "no header; expected the column names in the first line"
        message = f"{place}: {problem}"
        raise InvalidInputError(message)
    if not is_utf8("".join(header)):
        message = f"{place}: the header is not UTF-8 text; save the file as UTF-8"
        raise InvalidInputError(message)
    return CsvFile(path, line, tuple(name.strip() for name in header), records)


def _text(path: Path) -> str:
    """Decode a file; bytes that are not UTF-8 stay as lone surrogates, to be refused in the row where they stand."""
    try:
        return path.read_bytes().decode("utf-8-sig", errors="surrogateescape")
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}"
        raise InvalidInputError(message) from None


def _uses_semicolon(text: str) -> bool:
    header = re.split(r"[\r\n]", text.lstrip(), maxsplit=1)[0]
    return header.count(";") > header.count(",")


def _records(text: str, delimiter: str) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells: list[str] | str = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells = f"not readable as CSV ({error}); expected cells with paired quotation marks"
        if cells:
            yield line, cells


def record_problem(cells: list[str] | str, n: int) -> str:
    """Say what is wrong with a record as a whole; empty if it is a row of ``n`` cells."""
    if isinstance(cells, str):
        return f": {cells}"
    return "" if len(cells) == n else f": {len(cells)} cells; expected {n}, one for each column"


def listed(names: Iterable[str]) -> str:
    """Join the first of some names, and say how many more there are.

    Examples
    --------
    >>> listed("abcdefghijk")
    'a, b, c, d, e, f, g, h and 3 more'
    """
    known = [shown(name) for name in names]
    more = len(known) - NAMES_SHOWN
    return ", ".join(known[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def is_utf8(text: str) -> bool:
    """Say whether the bytes that a text was read from were UTF-8."""
    return not any("\udc80" <= character <= "\udcff" for character in text)


def shown(text: str) -> str:
    r"""Show a value in one line that a terminal can take, cut where it is long.

    Examples
    --------
    >>> shown("Zoë"), shown("\x1b[31m"), shown("")
    ('Zoë', "'\\x1b[31m'", "''")
    """
    short = text if len(text) <= VALUE_SHOWN else text[:VALUE_SHOWN] + "..."
    return short if short.isprintable() and short else ascii(short)
