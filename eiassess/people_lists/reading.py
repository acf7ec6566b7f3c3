"""From a list as it was saved to its people: each with the place where they stand, and what is wrong there."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl.utils.cell import get_column_letter

from eiassess.banks.regular_files import require_regular
from eiassess.errors import InvalidInputError
from eiassess.people_lists.cells import ListRow, ListSheet
from eiassess.people_lists.columns import (
    HEADER_ROWS,
    AmbiguousColumnsError,
    Chosen,
    Field,
    Header,
    field_of,
    find_header,
    missing_choices,
)
from eiassess.people_lists.persons import ListedPerson, read_person
from eiassess.people_lists.places import ListSaid
from eiassess.people_lists.texts import csv_sheet, pasted_sheet
from eiassess.people_lists.workbooks import workbook_sheets

MAX_FILE_BYTES = 5_000_000
MAX_PASTED_LETTERS = 300_000
MAX_ROWS = 10_000
"""Twice the largest list that was thought of."""

_ZIPPED = b"PK\x03\x04"
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
EXAMPLES = 3


@dataclass(frozen=True)
class ColumnShown:
    """A column for whoever has to say what it holds: its letter, its name and its first cells."""

    letter: str
    name: str
    examples: tuple[str, ...]
    field: Field | None = None


@dataclass(frozen=True)
class PeopleList:
    """A list that was read.

    Parameters
    ----------
    notes
        What is said of sheets and rows that hold nobody.
    unread
        Why no column could be told for the addresses or the names; empty if the list was read.
    columns
        The columns of the sheet that was read first, or could not be.
    unused
        Names of columns that nothing is taken from.
    """

    people: tuple[ListedPerson, ...]
    notes: tuple[ListSaid, ...] = ()
    unread: tuple[ListSaid, ...] = ()
    columns: tuple[ColumnShown, ...] = ()
    unused: tuple[str, ...] = ()


def file_sheets(path: Path) -> tuple[ListSheet, ...]:
    """Read the sheets of a CSV file or a workbook, whichever it is.

    Raises
    ------
    InvalidInputError
        It cannot be read, or is larger than any list.
    """
    try:
        require_regular(path)
        size = path.stat().st_size
        with path.open("rb") as file:
            is_zipped = file.read(len(_ZIPPED)) == _ZIPPED
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}"
        raise InvalidInputError(message, "file") from None
    if size > MAX_FILE_BYTES:
        message = f"{path}: is larger than {MAX_FILE_BYTES:,} bytes; leave out columns and pictures, or split the list"
        raise InvalidInputError(message, "file")
    if not is_zipped and path.suffix.lower() in _WORKBOOKS:
        message = f"{path}: is not an Excel file, whatever its name; save it anew as .xlsx or as CSV"
        raise InvalidInputError(message, "file")
    return _not_too_many(workbook_sheets(path) if is_zipped else (csv_sheet(path),), "file")


def upload_sheets(name: str, data: bytes) -> tuple[ListSheet, ...]:
    """Read a file that was sent, as ``file_sheets`` does; messages call it by its name.

    Raises
    ------
    InvalidInputError
        It cannot be read, or is larger than any list.
    """
    with TemporaryDirectory() as folder:
        suffix = Path(name).suffix.lower()
        path = Path(folder) / f"list{suffix if suffix in _WORKBOOKS else ''}"
        path.write_bytes(data)
        try:
            return file_sheets(path)
        except InvalidInputError as error:
            raise InvalidInputError(str(error).replace(str(path), name), "file") from None


def text_sheets(text: str) -> tuple[ListSheet, ...]:
    """Read what somebody pasted.

    Raises
    ------
    InvalidInputError
        It is empty, or longer than any list.
    """
    if not text.strip():
        message = "Paste a list with a name and an e-mail address for each person"
        raise InvalidInputError(message, "text")
    if len(text) > MAX_PASTED_LETTERS:
        message = f"The list has more than {MAX_PASTED_LETTERS:,} letters; save it as a file and upload that"
        raise InvalidInputError(message, "text")
    return _not_too_many((pasted_sheet(text),), "text")


def _not_too_many(sheets: tuple[ListSheet, ...], field: str) -> tuple[ListSheet, ...]:
    n_rows = sum(len(sheet.rows) for sheet in sheets)
    if n_rows > MAX_ROWS:
        message = f"The list has {n_rows:,} rows; expected at most {MAX_ROWS:,}: split it"
        raise InvalidInputError(message, field)
    if not n_rows:
        message = "The list is empty; expected a row for each person"
        raise InvalidInputError(message, field)
    return sheets


def read_people(sheets: tuple[ListSheet, ...], chosen: Chosen | None = None) -> PeopleList:
    """Read the people of a list's sheets.

    Parameters
    ----------
    chosen
        Columns that somebody has named, by what stands in the header or by letter; all others are found by name.

    Raises
    ------
    InvalidInputError
        A column was named that is nowhere.
    """
    chosen = chosen or {}
    missing = missing_choices(sheets, chosen)
    if missing:
        message = f"No column is called {missing[0]!r}; give what stands in the header, or a letter such as B"
        raise InvalidInputError(message, "columns")
    parts = [_read_sheet(sheet, chosen) for sheet in sheets if sheet.rows]
    read = [part for part in parts if not part.unread]
    notes = tuple(note for part in parts for note in part.notes)
    if not any(part.columns for part in read):
        unread = next((part for part in parts if part.unread), PeopleList(()))
        return PeopleList((), notes, unread.unread, unread.columns)
    left = tuple(note for part in parts for note in part.unread)
    return PeopleList(
        tuple(person for part in read for person in part.people),
        (*notes, *left),
        columns=next(part.columns for part in read if part.columns),
        unused=tuple(dict.fromkeys(name for part in read for name in part.unused)),
    )


def _read_sheet(sheet: ListSheet, chosen: Chosen) -> PeopleList:
    if sheet.is_hidden:
        return PeopleList((), (ListSaid(sheet.name, 0, "", "", "is hidden, so nothing of it is read"),))
    try:
        header = find_header(sheet, chosen)
    except AmbiguousColumnsError as error:
        return _unread(sheet, None, str(error))
    if header is None or not header.is_enough:
        lacks = "e-mail addresses" if header is None else "names"
        return _unread(sheet, header, f"no column is recognised as the one with the {lacks}; say which it is")
    people = tuple(_people(sheet, header))
    notes = (*_header_notes(sheet, header), *_repeats(sheet, header))
    return PeopleList(people, notes, (), _columns(sheet, header), header.unused)


def _unread(sheet: ListSheet, header: Header | None, said: str) -> PeopleList:
    row = header.rows[0] if header and header.rows else sheet.rows[0].number
    held = " | ".join(cell.text for cell in sheet.rows[0].cells if not cell.is_blank) if header is None else ""
    place = ListSaid(sheet.name, row, "", held, said)
    return PeopleList((), unread=(place,), columns=_columns(sheet, header))


def _columns(sheet: ListSheet, header: Header | None) -> tuple[ColumnShown, ...]:
    rows = [row for row in sheet.rows if not header or row.number not in header.rows]
    names = header.names if header else ()
    fields = {place: field for field, place in header.places.items()} if header else {}
    width = max(len(row.cells) for row in sheet.rows[: HEADER_ROWS + EXAMPLES])
    return tuple(
        ColumnShown(
            get_column_letter(place + 1),
            names[place] if place < len(names) else "",
            tuple(row.cell(place).text for row in rows[:EXAMPLES]),
            fields.get(place),
        )
        for place in range(width)
    )


def _header_notes(sheet: ListSheet, header: Header) -> Iterator[ListSaid]:
    by_number = {row.number: row for row in sheet.rows}
    for number in (*header.above, *header.rows[1:]):
        held = " | ".join(cell.text for cell in by_number[number].cells if not cell.is_blank)
        said = "belongs to the header; nobody is read from it"
        yield ListSaid(sheet.name, number, "", held, said)
    if not header.rows:
        said = ", ".join(f"column {header.column(field)} is read as {field.heading.lower()}" for field in header.places)
        yield ListSaid(sheet.name, 0, "", "", f"no header: {said}")


def _repeats(sheet: ListSheet, header: Header) -> Iterator[ListSaid]:
    for row in _body(sheet, header):
        if _is_repeat(row, header):
            said = "is the header once more; nobody is read from it"
            yield ListSaid(sheet.name, row.number, "", row.cell(header.places[Field.EMAIL]).text, said)


def _body(sheet: ListSheet, header: Header) -> Iterator[ListRow]:
    first = max((*header.rows, *header.above), default=0)
    return (row for row in sheet.rows if row.number > first)


def _is_repeat(row: ListRow, header: Header) -> bool:
    cell = row.cell(header.places[Field.EMAIL])
    is_same = bool(header.rows) and cell.text != "" and cell.text == header.column(Field.EMAIL)
    return not (cell.links or "@" in cell.text) and (field_of(cell.text) is Field.EMAIL or is_same)


def _people(sheet: ListSheet, header: Header) -> Iterator[ListedPerson]:
    for row in _body(sheet, header):
        if not _is_repeat(row, header):
            yield read_person(sheet, header, row)
