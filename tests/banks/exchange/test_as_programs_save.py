"""What spreadsheet programs write unasked: colours in empty rows, numbers for letters, merged cells, other kinds."""

import json
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from eiassess.banks.exchange.contents import read_contents
from eiassess.banks.exchange.keeping import Kept, as_text, from_text
from eiassess.banks.exchange.merging import read_import
from eiassess.banks.exchange.spreadsheet.reading import RawCell, RawKind, read_workbook
from eiassess.banks.exchange.spreadsheet.writing import workbook_of
from eiassess.errors import InvalidInputError
from tests.banks.exchange.conftest import Edit, cell_of
from tests.banks.exchange.test_hostile_workbooks import SHEET, refusal, rewritten
from tests.banks.exchange.test_reading import Sheets, put, said

OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"


TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def smallest_workbook(path: Path, cells: str, shared: str) -> Path:
    """Write a workbook by hand: one sheet with one row, and one text that cells may share."""
    kinds = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", "sharedStrings": "sharedStrings"}
    types = "".join(
        f"<Override PartName='/xl/{name}.xml' ContentType='{TYPE}.{kind}+xml'/>" for name, kind in kinds.items()
    )
    related = f"<Relationship Id='r{{}}' Type='{RELATION}/{{}}' Target='{{}}'/>".format
    inner = f"{related(1, 'worksheet', 'worksheets/sheet1.xml')}{related(2, 'sharedStrings', 'sharedStrings.xml')}"
    parts = {
        "[Content_Types].xml": f"<Types xmlns='{PACKAGE}/content-types'>{types}</Types>",
        "_rels/.rels": relationships(related(1, "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relationships(inner),
        "xl/workbook.xml": f"<workbook {MAIN} xmlns:r='{RELATION}'><sheets>"
        "<sheet name='A' sheetId='1' r:id='r1'/></sheets></workbook>",
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData><row r='1'>{cells}</row></sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {MAIN}><si>{shared}</si></sst>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, f"<?xml version='1.0' encoding='UTF-8'?>{text}")
    return path


def relationships(inner: str) -> str:
    return f"<Relationships xmlns='{PACKAGE}/relationships'>{inner}</Relationships>"


@pytest.mark.parametrize("name", ["bank.ods", "bank.xlsx"])
@pytest.mark.parametrize("kind", [OPEN_DOCUMENT, f"{OPEN_DOCUMENT}-template"])
def test_a_file_of_libreoffice_names_the_cure_whatever_it_is_called(tmp_path: Path, name: str, kind: str) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", "<office/>")
    assert refusal(tmp_path / name) == (
        "is LibreOffice's own kind of file (.ods), whatever its name; choose Save as and .xlsx there"
    )


def test_another_kind_of_zip_is_not_called_libreoffices(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bank.xlsx", "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    assert refusal(tmp_path / "bank.xlsx").startswith("cannot be read as a spreadsheet")


@pytest.mark.parametrize("row", [60, 20_001, 1_048_576])
def test_a_coloured_empty_row_does_not_count(edited: Edit, row: int) -> None:
    def change(book: Sheets) -> None:
        for sheet in book.values():
            sheet.cell(row, 1).fill = PatternFill("solid", fgColor="FFEE88")

    found = edited(change)
    assert found.problems == ()
    assert found.after.tree == found.before.tree


@pytest.mark.parametrize("blank", ["\xa0", "\u200b", " \ufeff ", "_x000D_"])
def test_what_does_not_show_is_no_value(edited: Edit, blank: str) -> None:
    def change(book: Sheets) -> None:
        book["Options"].cell(50, 1).value = blank
        book["Options"].cell(1, 20).value = blank

    found = edited(change)
    assert found.problems == ()
    assert found.after.tree == found.before.tree


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("now._x000D_\nThen", "now. Then"),
        ("now._x000d__x000a_Then", "now. Then"),
        ("a_x0009_b", "a b"),
        ("_x00E9_t_x00E9_", "\xe9t\xe9"),
        ("a _x005F_x000D_ b", "a _x000D_ b"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("a _xD83D_ b", "a _xD83D_ b"),
        ("_xDE00__xD83D_", "_xDE00__xD83D_"),
        ("x000D_", "x000D_"),
        ("_x00D_", "_x00D_"),
    ],
)
@pytest.mark.parametrize("is_shared", [True, False])
@pytest.mark.parametrize("in_two_shapes", [True, False])
def test_letters_written_by_number_are_read_as_letters(
    tmp_path: Path, written: str, read: str, *, is_shared: bool, in_two_shapes: bool
) -> None:
    """Whether texts stand in a part of their own, as Excel and LibreOffice write them, or in the cells."""
    half = len(written) // 2
    runs = "".join(f"<r><t xml:space='preserve'>{part}</t></r>" for part in (written[:half], written[half:]))
    text = runs if in_two_shapes else f"<t xml:space='preserve'>{written}</t>"
    shared, cell = "<c r='A1' t='s'><v>0</v></c>", f"<c r='A1' t='inlineStr'><is>{text}</is></c>"
    path = smallest_workbook(tmp_path / "a.xlsx", shared if is_shared else cell, text)
    ((_, (first, *_)),) = read_workbook(path)[0].rows
    assert " ".join(str(first.value).split()) == read


def test_a_letter_that_does_not_show_is_refused(edited: Edit) -> None:
    found = edited(put("Scenarios", "Title", 2, "Ring_x0007_ing"))
    assert said(found) == [
        r"sheet Scenarios, row 2, column Title: 'Ring\\x07ing' holds a character that does not show; type it again"
    ]


def test_text_that_looks_like_a_number_of_a_letter_comes_back_as_it_was(small: Path, tmp_path: Path) -> None:
    contents = read_contents(small)
    contents.tree["scenarios"]["lost-key"]["title"] = "The _x000D_ sign\nand _x005F_"
    (tmp_path / "a.xlsx").write_bytes(workbook_of(contents, "theory-1"))
    found = read_import(tmp_path / "a.xlsx", contents)
    assert found.problems == ()
    assert found.after.tree == contents.tree


def test_what_is_kept_has_nothing_that_a_spreadsheet_would_read_as_a_letter() -> None:
    records = (Kept(("scenarios", "a"), "x", "_x000D_ and _xFFFF_"),)
    assert "_x0" not in as_text(records)
    assert json.loads(as_text(records))[0][2] == ["_x000D_ and _xFFFF_"]
    assert from_text(as_text(records)) == records


@pytest.mark.parametrize(("formula", "flag"), [("=TRUE()", True), ("=false( )", False), ("= True()", True)])
def test_a_logical_value_that_libreoffice_saved_is_the_flag_that_was_typed(
    edited: Edit,
    formula: str,
    flag: bool,  # noqa: FBT001
) -> None:
    found = edited(put("Keys", "Provisional", 2, formula))
    assert found.problems == ()
    assert found.after.tree["keys"]["theory-1"]["provisional"] is flag


@pytest.mark.parametrize("formula", ["=NOT(TRUE())", "=TRUE()+1", "=AND(TRUE())"])
def test_another_formula_stays_one(edited: Edit, formula: str) -> None:
    found = edited(put("Keys", "Provisional", 2, formula))
    assert said(found) == [
        f"sheet Keys, row 2, column Provisional: {formula!r} is a formula; expected yes or no, typed in"
    ]


def test_a_number_that_a_formula_computed_is_not_taken(workbook: Path, small: Path) -> None:
    """With the result beside the formula, as LibreOffice and Excel save it."""

    def change(name: str, content: bytes) -> bytes:
        cell = rb'<c r="D2"\1><f aca="false">9/2</f><v>4.5</v></c>'
        return re.sub(rb'<c r="D2"([^>]*)>.*?</c>', cell, content) if name.endswith("sheet2.xml") else content

    found = read_import(rewritten(workbook, change), read_contents(small))
    assert said(found)[0].startswith("sheet Options, row 2, column Value: '=9/2' is a formula; expected a number")
    assert found.after.tree == found.before.tree


def hidden(path: Path, sheet: str, area: str) -> None:
    """Merge cells and keep what lies under them, as LibreOffice offers it."""
    book = load_workbook(path)
    part = f"xl/worksheets/sheet{book.sheetnames.index(sheet) + 1}.xml"
    book.close()
    merged = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'.encode()
    rewritten(path, lambda name, text: text.replace(b"</sheetData>", merged) if name == part else text)


def test_text_under_a_merged_cell_is_no_value(workbook: Path, small: Path) -> None:
    hidden(workbook, "Options", "C2:C3")
    found = read_import(workbook, read_contents(small))
    assert said(found) == [
        "sheet Options: cells C2:C3 are merged; unmerge them and fill in each",
        "sheet Options, row 3, column Text: lies under merged cells; unmerge them and type in a text",
    ]
    assert found.after.tree == found.before.tree


def test_the_first_of_merged_cells_shows_and_the_others_do_not(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "A"
    for row in range(1, 5):
        book.active.append([f"a{row}", f"b{row}", f"c{row}"])
    book.save(tmp_path / "a.xlsx")
    hidden(tmp_path / "a.xlsx", "A", "B2:C3")
    (sheet,) = read_workbook(tmp_path / "a.xlsx")
    values = [[cell.value for cell in cells[:3]] for _, cells in sheet.rows]
    assert values == [["a1", "b1", "c1"], ["a2", "b2", None], ["a3", None, None], ["a4", "b4", "c4"]]
    assert sheet.rows[1][1][2] == RawCell(RawKind.COVERED)


def test_a_row_of_which_all_is_hidden_is_none(workbook: Path) -> None:
    columns = cell_of(load_workbook(workbook)["Sources"], "Study", 4)[0]
    hidden(workbook, "Sources", f"A2:{columns}4")
    assert [number for number, _ in read_workbook(workbook)[11].rows] == [1, 2]


def test_a_file_that_another_program_marked_in_its_own_way(workbook: Path) -> None:
    """With single quotation marks and more spaces."""
    merged = b"</sheetData><mergeCells count='1'><mergeCell  ref = 'A2:A3' /></mergeCells>"
    rewritten(workbook, lambda name, text: text.replace(b"</sheetData>", merged) if name == SHEET else text)
    assert read_workbook(workbook)[0].merged == ("A2:A3",)


def test_an_old_excel_file_is_refused_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "bank.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    with pytest.raises(InvalidInputError, match=r"choose Save as and Excel workbook \(.xlsx\)"):
        read_workbook(tmp_path / "bank.xls")
