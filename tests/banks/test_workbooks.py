"""Workbooks that are written piece after piece, opened again with openpyxl."""

import io
import struct
import zipfile

from openpyxl import load_workbook

from eiassess.banks.tables.workbooks import BYTES_A_PIECE, WrittenSheet, workbook_pieces

TEXTS = ["=1+1", "+1", "@a", " a & b < c ", "Łukasz", "a\x07b", '"', "007"]


def test_what_is_written_is_read_again() -> None:
    rows = [["name", "n"], *([text, number] for number, text in enumerate(TEXTS)), [None, -2.5], ["last", None]]
    content = b"".join(workbook_pieces([WrittenSheet("Scores & more", iter(rows)), WrittenSheet("Columns", [["a"]])]))
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    workbook = load_workbook(io.BytesIO(content))
    assert workbook.sheetnames == ["Scores & more", "Columns"]
    sheet = workbook["Scores & more"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.b
    assert not sheet["A2"].font.b
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert found == [
        ["name", "n"],
        *([text.replace("\x07", ""), n] for n, text in enumerate(TEXTS)),
        [None, -2.5],
        ["last", None],
    ]
    assert {sheet.cell(row, 1).data_type for row in range(1, len(TEXTS) + 2)} <= {"s", "inlineStr"}
    assert sheet["B2"].value == 0


def test_numbers_keep_their_precision() -> None:
    value = 73.1234567891
    content = b"".join(workbook_pieces([WrittenSheet("a", [["x"], [value], [0.0], [1e-10]])]))
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [value, 0, 1e-10]


def test_a_column_stands_where_it_belongs_however_many_there_are() -> None:
    row = list(range(750))
    content = b"".join(workbook_pieces([WrittenSheet("wide", [row])]))
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == row
    assert [sheet[f"{name}1"].value for name in ("Z", "AA", "ZZ", "AAA")] == [25, 26, 701, 702]


def test_pieces_come_before_the_last_row_is_known() -> None:
    taken = []

    def rows() -> object:
        for number in range(5000):
            taken.append(number)
            yield [number, f"a text of some length that is not the same twice {number * 7919 % 5003}"]

    pieces = workbook_pieces([WrittenSheet("a", rows())])  # type: ignore[arg-type]
    first = next(pieces)
    assert len(first) >= BYTES_A_PIECE
    assert len(taken) < 5000
    sheet = load_workbook(io.BytesIO(first + b"".join(pieces)), read_only=True).active
    assert sheet is not None
    assert sum(1 for _ in sheet.iter_rows()) == 5000


def test_every_program_opens_a_part_since_none_is_told_to_be_beyond_four_gibibytes() -> None:
    content = b"".join(workbook_pieces([WrittenSheet("a", [["x"], [1.0]]), WrittenSheet("b", [["y"]])]))
    parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    assert [each.filename for each in parts if "sheet" in each.filename] == [
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
    ]
    for each in parts:
        version, flags = struct.unpack_from("<HH", content, each.header_offset + 4)
        sizes = struct.unpack_from("<LL", content, each.header_offset + 18)
        (extra,) = struct.unpack_from("<H", content, each.header_offset + 28)
        assert (version, flags & 0x08, sizes, extra) == (20, 0x08, (0, 0), 0), each.filename
