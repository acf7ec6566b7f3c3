"""Lists as people have them, made small."""

from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from eiassess.people_lists.columns import Chosen
from eiassess.people_lists.reading import PeopleList, file_sheets, read_people, text_sheets

Rows = Sequence[Sequence[object]]


def pasted(text: str, chosen: Chosen | None = None) -> PeopleList:
    return read_people(text_sheets(text), chosen)


def from_file(path: Path, chosen: Chosen | None = None) -> PeopleList:
    return read_people(file_sheets(path), chosen)


def csv_of(folder: Path, data: bytes | str, chosen: Chosen | None = None) -> PeopleList:
    path = folder / "people.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return from_file(path, chosen)


def workbook_of(
    path: Path, rows: Rows, change: Callable[[Worksheet], object] | None = None, name: str = "People"
) -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    book.save(path)
    book.close()
    return path


def people(found: PeopleList) -> list[tuple[str, str]]:
    """The name and address of each row that can be used."""
    return [(each.name, each.email) for each in found.people if not each.problems]


def problems(found: PeopleList) -> list[str]:
    return [str(said) for each in found.people for said in each.problems]


def notes(found: PeopleList) -> list[str]:
    return [*map(str, found.notes), *(str(said) for each in found.people for said in each.notes)]


def unread(found: PeopleList) -> list[str]:
    return [str(said) for said in found.unread]
