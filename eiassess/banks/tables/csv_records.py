"""CSV as people's programs write it: records with the line where each begins, and how messages show a cell."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from eiassess.banks.tables.csv_format import USUAL, CsvFormat, tidy_name
from eiassess.banks.tables.csv_headings import part_headings
from eiassess.banks.tables.csv_text import TableText, table_text
from eiassess.errors import InvalidInputError

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
        The header's names, white space as single spaces.
    records
        What follows, once; blank lines are no records.
    separator
        What parts the cells.
    written
        How the cells are written.
    headings
        Rows between the header and the data that belong to the header.
    """

    path: Path
    line: int
    names: tuple[str, ...]
    records: Iterator[Record]
    separator: str = ","
    written: CsvFormat = USUAL
    headings: tuple[Record, ...] = ()


def open_csv(path: Path, written: CsvFormat = USUAL) -> CsvFile:
    """Read a file and its header: UTF-8, or UTF-16 as programs write it, any usual separator, any line ends.

    Raises
    ------
    InvalidInputError
        The file cannot be read, or has no header that can be.
    """
    table = table_text(path, written.separator)
    records = table_records(table)
    line, header = next(records, (1, []))
    place = f"{path}: line {line}"
    if isinstance(header, str) or not header:
        problem = header if isinstance(header, str) else "no header; expected the column names in the first line"
        message = f"{place}: {problem}"
        raise InvalidInputError(message)
    if not is_utf8("".join(header)):
        message = f"{place}: the header is not UTF-8 text; save the file as UTF-8"
        raise InvalidInputError(message)
    headings, rows = part_headings(records, len(header))
    return CsvFile(path, line, _names(header, headings), rows, table.separator, written, headings)


def _names(header: Sequence[str], headings: Sequence[Record]) -> tuple[str, ...]:
    """Give each column its name, or where that is blank the first that stands below it in a further heading."""
    rows = [header, *(cells for _, cells in headings if not isinstance(cells, str))]
    return tuple(next(filter(None, map(tidy_name, names)), "") for names in zip_longest(*rows, fillvalue=""))[
        : len(header)
    ]


def table_records(table: TableText) -> Iterator[Record]:
    """Read the records of a table one by one; blank lines are none."""
    reader = csv.reader(io.StringIO(table.text, newline=""), delimiter=table.separator, strict=True)
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


def heading_messages(file: CsvFile) -> tuple[str, ...]:
    """Say which rows below the header are not read as data."""
    return tuple(
        f"{file.path}: line {line} is taken as one more row of the header, not as data ({listed(filter(None, cells))})"
        for line, cells in file.headings
    )


def listed(names: Iterable[str], most: int = NAMES_SHOWN) -> str:
    """Join the first of some names, and say how many more there are.

    Examples
    --------
    >>> listed("abcdefghijk")
    'a, b, c, d, e, f, g, h and 3 more'
    """
    known = [shown(name) for name in names]
    more = len(known) - most
    return ", ".join(known[:most]) + (f" and {more} more" if more > 0 else "")


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
