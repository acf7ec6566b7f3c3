"""Workbooks as people have them: links behind addresses, merged cells, hidden rows and sheets, formulas, numbers."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from eiassess.errors import InvalidInputError
from eiassess.people_lists.cells import sheets_as_json, sheets_from_json
from eiassess.people_lists.reading import file_sheets
from eiassess.people_lists.workbooks import MAX_COLUMNS
from tests.people_lists.lists import from_file, notes, people, problems, unread, workbook_of

HEADER = ("Name", "E-mail", "Phone")
KARI, OLA = ("Kari", "kari@example.org"), ("Ola", "ola@example.org")


def link(sheet: Worksheet, cell: str, target: str) -> None:
    text = sheet[cell].value
    sheet[cell].hyperlink = target
    sheet[cell].value = text


def test_an_address_only_in_a_link_is_taken_and_shown(tmp_path: Path) -> None:
    rows = (HEADER, ("Kari", "Write to her"), ("Ola", "his site"))

    def change(sheet: Worksheet) -> None:
        link(sheet, "B2", "mailto:kari@example.org?subject=Hei")
        link(sheet, "B3", "https://example.org/ola")

    found = from_file(workbook_of(tmp_path / "a.xlsx", rows, change))
    assert [(each.name, each.email) for each in found.people] == [KARI, ("Ola", "his site")]
    assert notes(found) == [
        (
            "sheet People, row 2, column E-mail: 'Write to her (link: kari@example.org)' has the address "
            "only in its link, and that is taken"
        )
    ]


def test_a_blank_cell_with_a_link_is_shown_too(tmp_path: Path) -> None:
    path = workbook_of(
        tmp_path / "a.xlsx", (HEADER, ("Kari", "x")), lambda sheet: link(sheet, "B2", "mailto:kari@example.org")
    )
    _edit(path, "<is><t>x</t></is>", "<is><t></t></is>")
    found = from_file(path)
    assert people(found) == [KARI]
    assert "'(link: kari@example.org)' has the address only in its link" in notes(found)[0]


def test_an_address_in_the_text_wins_over_its_link(tmp_path: Path) -> None:
    rows = (HEADER, KARI, OLA)

    def change(sheet: Worksheet) -> None:
        link(sheet, "B2", "mailto:old@example.org")
        link(sheet, "B3", "mailto:Ola@example.org")

    found = from_file(workbook_of(tmp_path / "a.xlsx", rows, change))
    assert people(found) == [KARI, OLA]
    assert notes(found) == [
        (
            "sheet People, row 2, column E-mail: 'kari@example.org (link: old@example.org)' the link leads "
            "elsewhere; the address in the text is taken"
        )
    ]


def test_two_links_in_one_cell_are_not_chosen_between(tmp_path: Path) -> None:
    path = workbook_of(tmp_path / "a.xlsx", (HEADER, ("Kari", "her or him")), _two_links)
    found = from_file(path)
    assert people(found) == []
    assert problems(found) == [
        (
            "sheet People, row 2, column E-mail: 'her or him (link: kari@example.org, ola@example.org)' has "
            "more than one link; type the one address in"
        )
    ]


def _two_links(sheet: Worksheet) -> None:
    link(sheet, "B2", "mailto:kari@example.org")
    sheet["C2"].value = "1"
    sheet["C2"].hyperlink = Hyperlink(ref="C2", target="mailto:ola@example.org")
    sheet["C2"].hyperlink.ref = "B2:B3"


def test_a_link_that_is_a_formula_is_read_as_its_text_and_address(tmp_path: Path) -> None:
    rows = (
        HEADER,
        ("Kari", '=HYPERLINK("mailto:kari@example.org","mail")'),
        ("Ola", '=HYPERLINK("mailto:ola@example.org")'),
    )
    found = from_file(workbook_of(tmp_path / "a.xlsx", rows))
    assert [each.email for each in found.people] == ["kari@example.org", "ola@example.org"]


def test_text_left_under_merged_cells_is_nobody(tmp_path: Path) -> None:
    """Merging keeps only the first cell in sight; some programs leave what lay under the others in the file."""
    rows = (HEADER, KARI, OLA, ("Liv", "liv@example.org"), ("Per", "per@example.org"))
    path = tmp_path / "a.xlsx"
    workbook_of(path, rows, lambda sheet: sheet.merge_cells("B2:B3"))
    _put_under(path, "B3", "ola@example.org")
    found = from_file(path)
    assert people(found) == [KARI, ("Liv", "liv@example.org"), ("Per", "per@example.org")]
    assert problems(found) == [
        "sheet People, row 3, column E-mail: lies under merged cells; unmerge them and fill in each"
    ]


def test_a_row_that_lies_wholly_under_merged_cells_is_not_even_a_row(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook_of(path, (HEADER, KARI, OLA), lambda sheet: sheet.merge_cells("A2:C3"))
    _put_under(path, "A3", "Ola")
    assert [each.name for each in from_file(path).people] == ["Kari"]


def _edit(path: Path, old: str, new: str) -> None:
    """Change the first sheet by hand, to what other programs write and openpyxl does not."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    assert old.encode() in parts[name]
    parts[name] = parts[name].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)


def _put_under(path: Path, cell: str, text: str) -> None:
    """Put a text under merged cells at the end of the third row, where openpyxl keeps none."""
    row = load_workbook(path)["People"]["A3"].value
    before = f'<c r="A3" t="inlineStr"><is><t>{row}</t></is></c>' if row else '<row r="3">'
    _edit(path, before, f'{before}<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>')


def test_hidden_rows_and_sheets_invite_nobody(tmp_path: Path) -> None:
    path = workbook_of(tmp_path / "a.xlsx", (HEADER, KARI, OLA))
    book = load_workbook(path)
    book["People"].row_dimensions[3].hidden = True
    other = book.create_sheet("Refused last year")
    for row in (HEADER, ("Liv", "liv@example.org")):
        other.append(row)
    other.sheet_state = "hidden"
    book.save(path)
    found = from_file(path)
    assert people(found) == [KARI]
    assert problems(found) == [
        (
            "sheet People, row 3: 'Ola' the sheet does not show this row, so nobody is invited from it; "
            "show it if the person is meant"
        )
    ]
    assert notes(found) == ["sheet Refused last year: is hidden, so nothing of it is read"]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('=A2&"@example.org"', "is a formula; copy the column and paste it as values"),
        (47, "is a number; type in what is meant"),
        (True, "is true or false; type in what is meant"),
        ("#N/A", "is an error of the spreadsheet; type in what is meant"),
    ],
)
def test_what_is_no_text_is_shown_and_not_taken(tmp_path: Path, cell: object, said: str) -> None:
    found = from_file(workbook_of(tmp_path / "a.xlsx", (HEADER, ("Kari", cell), OLA)))
    assert people(found) == [OLA]
    assert [each.rpartition("' ")[2] for each in problems(found)] == [said]


def test_a_phone_number_is_shown_as_it_was_read(tmp_path: Path) -> None:
    rows = (HEADER, (*KARI, 4791234567), (*OLA, "+47 912 34 567"), ("Liv", "liv@example.org", 91234567.0))
    found = from_file(workbook_of(tmp_path / "a.xlsx", (*rows, ("Per", "per@example.org", "=A1"))))
    assert [each.phone for each in found.people] == ["4791234567", "+47 912 34 567", "91234567", ""]
    assert problems(found) == []


def test_coloured_empty_rows_at_the_end_are_nothing(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for row in range(4, 900):
            sheet.cell(row, 1).fill = PatternFill("solid", fgColor="FFEE88")
        sheet["A950"] = " "

    found = from_file(workbook_of(tmp_path / "a.xlsx", (HEADER, KARI, OLA), change))
    assert people(found) == [KARI, OLA]
    assert (problems(found), notes(found)) == ([], [])


def test_each_sheet_with_people_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    book = Workbook()
    book.remove(book.active)
    for name, rows in {
        "Notes": (("Remember the cake",),),
        "May": (HEADER, KARI),
        "Empty": (),
        "June": (("Mail", "Navn"), ("ola@example.org", "Ola")),
    }.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    found = from_file(tmp_path / "a.xlsx")
    assert [(each.sheet, each.row, each.name) for each in found.people] == [("May", 2, "Kari"), ("June", 2, "Ola")]
    assert notes(found) == [
        (
            "sheet Notes, row 1: 'Remember the cake' no column is recognised as the one with the e-mail "
            "addresses; say which it is"
        )
    ]


def test_a_workbook_in_which_nothing_is_recognised_asks_for_its_columns(tmp_path: Path) -> None:
    found = from_file(workbook_of(tmp_path / "a.xlsx", (("Wer", "Kontakt"), KARI)))
    assert unread(found) == [
        (
            "sheet People, row 1: 'Wer | Kontakt' no column is recognised as the one with the e-mail "
            "addresses; say which it is"
        )
    ]
    assert [each.letter for each in found.columns] == ["A", "B"]


def test_a_workbook_of_hidden_sheets_alone_says_so(tmp_path: Path) -> None:
    path = workbook_of(tmp_path / "a.xlsx", (HEADER, KARI))
    book = load_workbook(path)
    book.create_sheet("Front")
    book["People"].sheet_state = "hidden"
    book.active = 1
    book.save(path)
    found = from_file(path)
    assert (found.people, notes(found)) == ((), ["sheet People: is hidden, so nothing of it is read"])


def test_columns_far_to_the_right_are_read_up_to_the_limit(tmp_path: Path) -> None:
    wide = [None] * (MAX_COLUMNS - 1)
    rows = (("Name", *wide[1:], "E-mail", "Phone"), ("Kari", *wide[1:], "kari@example.org", "1"))
    found = from_file(workbook_of(tmp_path / "a.xlsx", rows))
    assert people(found) == [KARI]
    assert found.people[0].phone == ""


def test_a_workbook_of_another_kind_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04nothing")
    with pytest.raises(InvalidInputError, match=r"is no \.xlsx workbook"):
        from_file(path)


def test_sheets_are_kept_as_they_were_read(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        link(sheet, "B2", "mailto:old@example.org")
        sheet.row_dimensions[3].hidden = True

    rows = (HEADER, (*KARI, 4791234567), OLA)
    sheets = file_sheets(workbook_of(tmp_path / "a.xlsx", rows, change))
    assert sheets_from_json(sheets_as_json(sheets)) == sheets
