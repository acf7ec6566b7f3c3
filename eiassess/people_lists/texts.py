"""A list of people in a text: a CSV file, or what somebody pasted."""

import re
from collections.abc import Iterator
from pathlib import Path

from eiassess.banks.exchange.spreadsheet.reading import RawKind
from eiassess.banks.tables.csv_cells import plain_cell
from eiassess.banks.tables.csv_records import Record, is_utf8, table_records
from eiassess.banks.tables.csv_text import TableText, parted, table_text
from eiassess.people_lists.cells import BLANK, ListCell, ListRow, ListSheet

TITLE_LINES = 5
"""Lines above the header in which a separator need not stand."""

_BETWEEN = " \t\xa0;,"
_BETWEEN_SEMICOLONS = re.compile(r'(?:"[^"]*"|[^;])+')
_BETWEEN_COMMAS = re.compile(r'(?:"[^"]*"|[^,])+')
_NOT_UTF8 = "has letters that are not UTF-8; save the file as CSV UTF-8, or upload the workbook itself"


def csv_sheet(path: Path) -> ListSheet:
    """Read a CSV file.

    Raises
    ------
    InvalidInputError
        The file cannot be read, or is no text.
    """
    return _sheet(_below_titles(table_text(path)))


def pasted_sheet(text: str) -> ListSheet:
    """Read what somebody pasted: cells of a spreadsheet, CSV, or people as mail programs write them."""
    lines = text.splitlines()
    if _is_named(next(filter(str.strip, lines), "")):
        return ListSheet("", tuple(row for number, line in enumerate(lines, 1) for row in _named_rows(number, line)))
    return _sheet(_below_titles(parted(text.removeprefix("\ufeff"))))


def _is_named(line: str) -> bool:
    """Tell whether a line holds people as mail programs write them: Kari Nordmann <kari@example.org>."""
    address = line.partition("<")[2].partition(">")[0]
    return "@" in address and "\t" not in line


def _below_titles(table: TableText) -> TableText:
    """Find the separator again below lines that have none: a title above the header tells nothing about it."""
    lines = table.text.splitlines(keepends=True)
    for n_titles in range(min(TITLE_LINES, len(lines))):
        rest = parted("".join(lines[n_titles:])) if n_titles else table
        if rest.separator in lines[n_titles]:
            return TableText(table.text, rest.separator)
    return table


def _sheet(table: TableText) -> ListSheet:
    rows = map(_row, table_records(table))
    kept = tuple(row for row in rows if row.trouble or any(not cell.is_blank for cell in row.cells))
    return ListSheet("", kept, separator=table.separator)


def _stripped(cells: list[str]) -> list[str]:
    """Take empty cells off the end, which spreadsheets write and leave out as they like."""
    kept = list(cells)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _row(record: Record) -> ListRow:
    line, cells = record
    if isinstance(cells, str):
        return ListRow(line, (), cells)
    kept = tuple(map(_cell, _stripped(cells)))
    return ListRow(line, kept, "" if is_utf8("".join(cells)) else _NOT_UTF8)


def _cell(text: str) -> ListCell:
    text = plain_cell(" ".join(text.replace("\ufeff", "").split()))
    readable = "".join("\N{REPLACEMENT CHARACTER}" if "\udc80" <= letter <= "\udcff" else letter for letter in text)
    return ListCell(readable, RawKind.TEXT) if readable else BLANK


def _named_rows(number: int, line: str) -> Iterator[ListRow]:
    """Give the people of a line, and whatever else stands there as rows of its own."""
    for piece in line.split(">"):
        before, opened, address = piece.rpartition("<")
        *others, name = _apart(before if opened else piece)
        people = [("", other) for other in others] + [(name, address) if opened else ("", name)]
        for shown in ((_cell(who.strip(_BETWEEN).strip("\"'")), _cell(where.strip(_BETWEEN))) for who, where in people):
            if not (shown[0].is_blank and shown[1].is_blank):
                yield ListRow(number, shown)


def _apart(text: str) -> list[str]:
    """Part a text at semicolons, and at commas up to the last address: a comma alone may stand within a name.

    There is at least one part, and the last is what stands behind the last separator, be it nothing.
    """
    parts: list[str] = []
    for part in _BETWEEN_SEMICOLONS.findall(f"{text} "):
        pieces = _BETWEEN_COMMAS.findall(part)
        n_before = max((place for place, piece in enumerate(pieces, 1) if "@" in piece), default=0)
        parts += pieces[:n_before]
        if len(pieces) > n_before:
            parts.append(",".join(pieces[n_before:]))
    return parts
