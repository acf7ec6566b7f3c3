"""A mistyped id, a missing row or an empty cell removes and moves nothing, wherever it stands, and that is said."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from eiassess.banks.exchange.contents import BankContents, read_contents
from eiassess.banks.exchange.merging import Import, import_of
from eiassess.banks.exchange.spreadsheet import sheets
from eiassess.banks.exchange.spreadsheet.reading import RawCell, RawKind, RawSheet, read_workbook
from eiassess.banks.exchange.spreadsheet.sheets import Column, Sheet
from eiassess.banks.exchange.spreadsheet.writing import workbook_of
from tests.banks.small_bank import edit, write_small_bank

Workbook = dict[str, RawSheet]
Change = Callable[[list[RawCell]], list[RawCell] | None]


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> tuple[BankContents, Workbook]:
    """A small bank, with a form that names a format and a source with a study, and its workbook as it is read."""
    small = write_small_bank(tmp_path_factory.mktemp("banks") / "small")
    edit(small, "forms/small-a.toml", r"^practice", 'formats = { late-bus = "PICK_BEST_AND_WORST" }\npractice')
    edit(small, "sources.toml", r"^kind = .*", 'kind = "study"\nstudy = "Some and others, 1999"')
    edit(small, "bank.toml", r"^.notice.", "[coverage]\nscenarios = 2\n\n[notice]")
    contents = read_contents(small)
    path = small.parent / "small.xlsx"
    path.write_bytes(workbook_of(contents, "theory-1"))
    return contents, {sheet.name: sheet for sheet in read_workbook(path)}


def with_row(book: Workbook, sheet: str, number: int, change: Change) -> Workbook:
    """Change a row's cells, or take the row out where nothing comes back."""
    changed = [(row, change(list(cells)) if row == number else list(cells)) for row, cells in book[sheet].rows]
    rows = tuple((row, tuple(cells)) for row, cells in changed if cells is not None)
    return {**book, sheet: replace(book[sheet], rows=rows)}


def put(place: int, cell: RawCell) -> Change:
    return lambda cells: [*cells[:place], cell, *cells[place + 1 :]]


def text(value: str) -> RawCell:
    return RawCell(RawKind.TEXT, value)


def place_of(sheet: Sheet, name: str) -> int:
    return [column.name for column in sheet.columns].index(name)


def ids(book: Workbook) -> Iterator[tuple[Sheet, int, int, Column, str]]:
    """Give every cell with an id: sheet, row, place, column and text."""
    for sheet in sheets.SHEETS:
        for number, cells in book[sheet.name].rows[1:]:
            for place, column in enumerate(sheet.columns):
                if column.of and cells[place].kind is RawKind.TEXT:
                    yield sheet, number, place, column, str(cells[place].value)


def imported(bank: tuple[BankContents, Workbook], book: Workbook) -> Import:
    return import_of(book.values(), bank[0])


def outcomes(
    bank: tuple[BankContents, Workbook], typed: Callable[[str], list[RawCell]]
) -> Iterator[tuple[str, Import]]:
    """Type each id of the workbook otherwise, one at a time."""
    _, book = bank
    for sheet, number, place, column, written in ids(book):
        for cell in typed(written):
            where = f"{sheet.name} {number} {column.name}: {cell.value!r} for {written!r}"
            yield where, imported(bank, with_row(book, sheet.name, number, put(place, cell)))


def mistyped(written: str) -> list[RawCell]:
    """Double a letter, or turn two round."""
    kinds = [written[:1] + written, written[:-2] + written[:-3:-1]]
    return [text(each) for each in dict.fromkeys(kinds) if each and each != written]


def test_one_mistyped_id_changes_nothing_and_is_named(bank: tuple[BankContents, Workbook]) -> None:
    for where, found in outcomes(bank, mistyped):
        assert found.after.tree == bank[0].tree, where
        assert found.problems, where


def test_the_id_that_was_probably_meant_is_named(bank: tuple[BankContents, Workbook]) -> None:
    for where, found in outcomes(bank, lambda written: [text(written[:1] + written)]):
        written = where.rpartition(" for ")[2].strip("'").partition(",")[0]
        named = re.compile(rf"['\s]{re.escape(written)}'")
        assert any(named.search(str(problem)) for problem in found.problems) or "Bank" in where, where


def test_another_id_that_there_is_removes_and_moves_nothing(bank: tuple[BankContents, Workbook]) -> None:
    """As far as it names what a row is or belongs to; a scenario may well be given another source."""
    contents, book = bank
    for sheet, number, place, column, written in ids(book):
        names_the_row = column.field == "id" or column in sheet.owner or sheet.name == "Form scenarios"
        all_there = sorted({each for one, _, _, other, each in ids(book) if one == sheet and other == column})
        other = all_there[all_there.index(written) - 1]  # the one before, the last before the first
        if names_the_row and other != written:
            found = imported(bank, with_row(book, sheet.name, number, put(place, text(other))))
            assert found.after.tree == contents.tree, (sheet.name, number, column.name, other)
            assert found.problems


def as_people_write(written: str) -> list[RawCell]:
    """Capitals, a space that does not break, marks without width, other dashes."""
    kinds = [written.title(), f"\u200b{written}", written.replace("-", "\u2013"), written.replace("-", " ")]
    return [text(each) for each in dict.fromkeys(kinds) if each != written]


def test_capitals_and_dashes_are_taken_as_the_id_and_said(bank: tuple[BankContents, Workbook]) -> None:
    for where, found in outcomes(bank, as_people_write):
        assert found.after.tree == bank[0].tree, where
        assert found.problems == (), where
        assert any("is taken as" in str(note) for note in found.notes), where


def test_spaces_around_an_id_do_not_count(bank: tuple[BankContents, Workbook]) -> None:
    for where, found in outcomes(bank, lambda written: [text(f"\xa0{written} \xa0")]):
        assert (found.after.tree, found.problems, found.notes) == (bank[0].tree, (), ()), where


UNREADABLE = [
    RawCell(RawKind.BLANK),
    RawCell(RawKind.COVERED),
    RawCell(RawKind.NUMBER, 7),
]


def test_an_id_that_cannot_be_read_changes_nothing(bank: tuple[BankContents, Workbook]) -> None:
    for where, found in outcomes(bank, lambda _: UNREADABLE):
        assert found.after.tree == bank[0].tree, where
        assert found.problems or found.notes, where


def rows(book: Workbook) -> Iterator[tuple[str, int]]:
    return ((sheet.name, number) for sheet in sheets.SHEETS for number, _ in book[sheet.name].rows[1:])


def test_a_row_that_is_missing_removes_nothing_and_that_is_said(bank: tuple[BankContents, Workbook]) -> None:
    contents, book = bank
    for name, number in rows(book):
        found = imported(bank, with_row(book, name, number, lambda _: None))
        assert found.after.tree == contents.tree, (name, number)
        assert found.problems or any(note.sheet == name for note in found.notes), (name, number)


def test_all_rows_of_a_sheet_may_be_missing(bank: tuple[BankContents, Workbook]) -> None:
    contents, book = bank
    for sheet in sheets.SHEETS:
        found = imported(bank, {**book, sheet.name: replace(book[sheet.name], rows=book[sheet.name].rows[:1])})
        assert found.after.tree == contents.tree, sheet.name
        assert found.problems or found.notes, sheet.name


def test_a_row_that_stands_twice_changes_nothing(bank: tuple[BankContents, Workbook]) -> None:
    contents, book = bank
    for name, number in rows(book):
        last = book[name].rows[-1][0]
        (again,) = (cells for row, cells in book[name].rows if row == number)
        twice = replace(book[name], rows=(*book[name].rows, (last + 1, again)))
        found = imported(bank, {**book, name: twice})
        if not (name == "Interview questions" or str(again[0].value).endswith("[]")):
            assert found.after.tree == contents.tree, (name, number)
            assert found.problems, (name, number)


def test_sheets_under_each_others_names_change_nothing(bank: tuple[BankContents, Workbook]) -> None:
    contents, book = bank
    for one in sheets.SHEETS:
        for other in sheets.SHEETS:
            found = imported(bank, {**book, one.name: replace(book[other.name], name=one.name)})
            assert found.after.tree == contents.tree, (one.name, other.name)


def test_an_empty_cell_removes_nothing_and_that_is_said(bank: tuple[BankContents, Workbook]) -> None:
    contents, book = bank
    for sheet in sheets.SHEETS:
        for number, cells in book[sheet.name].rows[1:]:
            for place, column in enumerate(sheet.columns):
                if cells[place].kind is not RawKind.BLANK:
                    blank = put(place, RawCell(RawKind.BLANK))
                    found = imported(bank, with_row(book, sheet.name, number, blank))
                    where = (sheet.name, number, column.name)
                    assert found.after.tree == contents.tree, where
                    assert any(each.row == number for each in (*found.problems, *found.notes)), where


def test_all_that_a_key_says_of_an_option_may_be_empty(bank: tuple[BankContents, Workbook]) -> None:
    contents, book = bank
    for number, _ in book["Options"].rows[1:]:
        changed = book
        for name in ("Value", "Rationale", "Key sources"):
            blank = put(place_of(sheets.OPTIONS, name), RawCell(RawKind.BLANK))
            changed = with_row(changed, "Options", number, blank)
        found = imported(bank, changed)
        assert found.after.tree == contents.tree, number
        assert any(each.row == number for each in (*found.problems, *found.notes)), number
