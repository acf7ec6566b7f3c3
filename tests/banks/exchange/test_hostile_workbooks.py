"""A file that only calls itself a spreadsheet: one clear line, never a crash, never the machine's memory."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from eiassess.banks.exchange.contents import empty_contents
from eiassess.banks.exchange.merging import read_import
from eiassess.banks.exchange.spreadsheet import reading as workbook_reading
from eiassess.banks.exchange.spreadsheet.reading import RawKind, read_workbook
from eiassess.errors import InvalidInputError

SHEET = "xl/worksheets/sheet1.xml"


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None) -> Path:
    """Write a workbook's parts anew, changed; ``None`` leaves one out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **(more or {})}.items():
            if content is not None:
                archive.writestr(name, content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InvalidInputError) as caught:
        read_workbook(path)
    return str(caught.value).removeprefix(f"{path}: ")


@pytest.mark.parametrize("content", [b"", b"id = 1", b"PK\x03\x04 and nothing", bytes(range(256)) * 40])
def test_a_file_that_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bank.xlsx"
    path.write_bytes(content)
    assert refusal(path).startswith("is no .xlsx workbook; in the spreadsheet program")


def test_a_zip_that_holds_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "bank.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "hello")
    assert refusal(path).startswith("cannot be read as a spreadsheet")


def test_a_damaged_part(workbook: Path) -> None:
    content = bytearray(workbook.read_bytes())
    with zipfile.ZipFile(workbook) as archive:
        start = archive.getinfo(SHEET).header_offset + 60
    content[start : start + 40] = b"\xff" * 40
    workbook.write_bytes(content)
    assert re.match(r"is no .xlsx workbook|is damaged", refusal(workbook))


def test_xml_that_never_ends(workbook: Path) -> None:
    rewritten(workbook, lambda name, content: content[: len(content) // 2] if name == SHEET else content)
    assert refusal(workbook).startswith("cannot be read as a spreadsheet")


@pytest.mark.parametrize("beyond", [0, 1])
def test_a_file_of_20_million_bytes_is_let_through_and_one_more_is_not(tmp_path: Path, beyond: int) -> None:
    path = tmp_path / "bank.xlsx"
    with path.open("wb") as file:
        file.truncate(20_000_000 + beyond)
    assert refusal(path).startswith("is larger than 20,000,000 bytes" if beyond else "is no .xlsx workbook")


@pytest.mark.parametrize("beyond", [0, 1])
def test_a_small_file_that_unpacks_to_30_million_bytes_is_read_and_one_more_is_not(workbook: Path, beyond: int) -> None:
    with zipfile.ZipFile(workbook) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    filling = b"\0" * (30_000_000 - unpacked + beyond)
    rewritten(workbook, lambda _, content: content, {"xl/media/image1.png": filling})
    if beyond:
        assert refusal(workbook) == "unpacks to more than 30,000,000 bytes"
    else:
        assert read_workbook(workbook)


@pytest.mark.parametrize("beyond", [0, 1])
def test_500_parts_are_read_and_one_more_is_not(workbook: Path, beyond: int) -> None:
    with zipfile.ZipFile(workbook) as archive:
        more = 500 - len(archive.infolist()) + beyond
    rewritten(workbook, lambda _, content: content, {f"xl/{number}": b"" for number in range(more)})
    if beyond:
        assert refusal(workbook) == "holds more than 500 parts"
    else:
        assert read_workbook(workbook)


def test_macros(workbook: Path) -> None:
    rewritten(workbook, lambda _, content: content, {"xl/vbaProject.bin": b"Sub Auto_Open()"})
    assert refusal(workbook) == "holds macros; save it as an Excel workbook (.xlsx) without macros"


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_packing_that_no_spreadsheet_program_uses(workbook: Path, packing: int) -> None:
    with zipfile.ZipFile(workbook) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(workbook, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert refusal(workbook).startswith("is packed as no spreadsheet program does it")


@pytest.mark.parametrize("beyond", [0, 1])
def test_50_sheets_are_read_and_one_more_is_not(workbook: Path, beyond: int) -> None:
    """One part may serve for all of them: a few kilobytes that would be read again and again."""

    def change(name: str, content: bytes) -> bytes:
        if name != "xl/workbook.xml":
            return content
        first, there = re.search(rb"<sheet [^>]*/>", content), content.count(b"<sheet ")
        assert first
        more = (first[0].replace(b'name="', b'name="%d' % number) for number in range(50 - there + beyond))
        return content.replace(b"</sheets>", b"".join(more) + b"</sheets>")

    rewritten(workbook, change)
    if beyond:
        assert refusal(workbook) == "has more than 50 sheets"
    else:
        assert len(read_workbook(workbook)) == 50


@pytest.mark.parametrize("beyond", [0, 1])
def test_1000_merged_areas_are_read_and_one_more_is_not(workbook: Path, beyond: int) -> None:
    areas = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (row, row) for row in range(102, 1102 + beyond))
    end = b"</sheetData>"
    more = end + b"<mergeCells>" + areas + b"</mergeCells>"
    rewritten(workbook, lambda name, content: content.replace(end, more) if name == SHEET else content)
    if beyond:
        assert refusal(workbook) == "has a sheet with more than 1,000 merged areas; unmerge them"
    else:
        assert len(read_workbook(workbook)[0].merged) == 1000


def test_entities_of_its_own(workbook: Path) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    rewritten(workbook, lambda name, content: laughs + content if name == SHEET else content)
    assert refusal(workbook) == f"has a part that no spreadsheet program writes ({SHEET})"


@pytest.mark.parametrize("beyond", [0, 1])
def test_20000_rows_are_read_and_one_more_is_not(tmp_path: Path, beyond: int) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Scenarios")
    for _ in range(20_000 + beyond):
        sheet.append(["x"])
    book.save(tmp_path / "bank.xlsx")
    if beyond:
        assert refusal(tmp_path / "bank.xlsx") == "sheet Scenarios has more than 20,000 rows: look at row 20,001"
    else:
        assert len(read_workbook(tmp_path / "bank.xlsx")[0].rows) == 20_000


def test_a_cell_far_down(workbook: Path) -> None:
    book = load_workbook(workbook)
    book["Styles"]["A1048576"] = "down there"
    book.save(workbook)
    book.close()
    assert refusal(workbook) == "sheet Styles has more than 20,000 rows: look at row 1,048,576"


def test_a_row_that_no_spreadsheet_has_is_not_waited_for(workbook: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        row = b'<row r="999999999999"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
        return content.replace(b"</sheetData>", row) if name == SHEET else content

    rewritten(workbook, change)
    assert read_import(workbook, empty_contents("small")).problems == ()


@pytest.mark.parametrize(("column", "there"), [(40, True), (41, False)])
def test_the_40th_column_is_looked_at_and_the_next_is_not(workbook: Path, column: int, there: bool) -> None:  # noqa: FBT001
    book = load_workbook(workbook)
    book["Styles"].cell(2, column, "out there")
    book.save(workbook)
    book.close()
    (styles,) = (sheet for sheet in read_workbook(workbook) if sheet.name == "Styles")
    assert ("out there" in [cell.value for _, cells in styles.rows for cell in cells]) == there


def test_columns_far_out_are_not_looked_at(workbook: Path) -> None:
    book = load_workbook(workbook)
    book["Styles"]["XFD2"] = "out there"
    book.save(workbook)
    book.close()
    sheets = {sheet.name: sheet for sheet in read_workbook(workbook)}
    assert all(len(cells) <= workbook_reading.MAX_COLUMNS for _, cells in sheets["Styles"].rows)


def test_a_lie_about_the_size_of_a_sheet(workbook: Path) -> None:
    rewritten(workbook, lambda _, content: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:A1"', content))
    assert read_import(workbook, empty_contents("small")).problems == ()


def test_kinds_of_cells(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "A"
    book.active.append(["a", 1, 1.5, True, None, " ", "=1", "#N/A"])
    book.save(tmp_path / "bank.xlsx")
    ((_, cells),) = read_workbook(tmp_path / "bank.xlsx")[0].rows
    kinds = [cell.kind for cell in cells[:8]]
    text, number, blank = RawKind.TEXT, RawKind.NUMBER, RawKind.BLANK
    assert kinds == [text, number, number, RawKind.FLAG, blank, blank, RawKind.FORMULA, RawKind.ERROR]


def test_an_empty_workbook_says_what_is_missing(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Scenarios"
    book.save(tmp_path / "bank.xlsx")
    found = read_import(tmp_path / "bank.xlsx", empty_contents("small"))
    said = [str(each) for each in found.problems]
    assert "sheet Options: is missing; nothing of it is changed" in said
    assert "sheet Scenarios, row 1, column Id: is missing; expected a column of that name" in said
