"""A workbook made to fill the machine's memory: at each limit it is read within 200 MB, and one beyond it is refused.

Every file is at a limit or one beyond it, so that a guard that fails costs little.
"""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.xml.constants import SHEET_MAIN_NS

from eiassess.banks.exchange.spreadsheet.measuring import MAX_CELLS, MAX_IN_A_ROW, MAX_OUTSIDE, MAX_ROWS_WRITTEN
from eiassess.banks.exchange.spreadsheet.reading import MAX_LETTERS, read_workbook
from eiassess.errors import InvalidInputError

MOST_KIB = 200 * 1000
SHEET, STYLES, TEXTS = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"
TYPES, BOOK = "[Content_Types].xml", "xl/workbook.xml"
READ = """
import sys
from pathlib import Path
from eiassess.banks.exchange.spreadsheet.reading import read_workbook
from eiassess.people_lists.reading import file_sheets, MAX_ROWS
from eiassess.errors import InvalidInputError
print(sum(len(sheet.rows) for sheet in read_workbook(Path(sys.argv[1]))))
try:
    file_sheets(Path(sys.argv[1]))
except InvalidInputError:
    pass  # a list has fewer rows
said = Path("/proc/self/status").read_text()  # what getrusage tells of a child has the parent's peak in it
print(next(line.split()[1] for line in said.splitlines() if line.startswith("VmHWM")))
"""


def parts_of(cell: str = "x") -> dict[str, bytes]:
    """Return the parts of a workbook with one cell."""
    book, file = Workbook(), io.BytesIO()
    assert book.active
    book.active.append([cell])
    book.save(file)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    parts[TYPES] = parts[TYPES].replace(
        b"</Types>", f'<Override PartName="/{TEXTS}" ContentType="{kind}"/></Types>'.encode()
    )
    parts[TEXTS] = f'<sst xmlns="{SHEET_MAIN_NS}"><si><t>y</t></si></sst>'.encode()
    return parts


def written(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def put(part: str, end: bytes, more: bytes) -> dict[str, bytes]:
    """Put something before the end of an element of a part."""
    parts = parts_of()
    assert end in parts[part]
    parts[part] = parts[part].replace(end, more + end)
    return parts


def rows(n: int) -> dict[str, bytes]:
    """Rows that say a height, with one cell that a spreadsheet shows nothing of."""
    return put(SHEET, b"</sheetData>", b'<row ht="1" hidden="0"/>' * (n - _given(rows=True)))


def cells(n: int) -> dict[str, bytes]:
    """As many cells with a number as are taken, forty in a row."""
    n -= 1
    whole = b"<row>" + b"<c><v>1.25</v></c>" * 40 + b"</row>"
    last = b"<row>" + b"<c><v>1.25</v></c>" * (n % 40) + b"</row>"
    return put(SHEET, b"</sheetData>", whole * (n // 40) + last)


def cells_in_a_row(n: int) -> dict[str, bytes]:
    return put(SHEET, b"</sheetData>", b"<row>" + b"<c/>" * n + b"</row>")


def styles(n: int) -> dict[str, bytes]:
    return put(STYLES, b"</cellXfs>", b"<xf/>" * (n - _given(rows=False)))


def links(n: int) -> dict[str, bytes]:
    """Links of a sheet: each an element with an attribute."""
    left = n - _given(rows=False) - 1
    odd = b'<hyperlink ref="A1" display="x"/>' * (left % 2)
    more = b"<hyperlinks>" + b'<hyperlink ref="A1"/>' * (left // 2 - left % 2) + odd + b"</hyperlinks>"
    parts = parts_of()
    parts[SHEET] = parts[SHEET].replace(b"</worksheet>", more + b"</worksheet>")
    return parts


def shared_texts(n: int) -> dict[str, bytes]:
    return put(TEXTS, b"</sst>", b"<si><t>x</t></si>" * (n - _given(rows=True)))


def letters(n: int) -> dict[str, bytes]:
    """One long text that cells share, written by number in part so that each cell has it anew."""
    parts = parts_of()
    long = "é" * 32_000
    shared = f"<si><t>_x0041_{long[1:]}</t></si><si><t>{long[: (n - 1) % 32_000]}</t></si></sst>".encode()
    parts[TEXTS] = parts[TEXTS].replace(b"</sst>", shared)
    cell = b'<c t="s"><v>%d</v></c>'
    whole = b"<row>" + cell % 1 + b"</row>"
    last = b"<row>" + cell % 2 + b"</row>"
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", whole * ((n - 1) // 32_000) + last + b"</sheetData>")
    return parts


def _given(*, rows: bool) -> int:
    """Count what a workbook with one cell has of its own: rows and shared texts, or what is outside of them."""
    if rows:
        return 2
    return sum(
        _count_outside(name, content) for name, content in parts_of().items() if name.endswith((".xml", ".rels"))
    )


def _count_outside(name: str, content: bytes) -> int:
    from xml.etree import ElementTree as ET  # noqa: PLC0415 - our own file

    apart = {SHEET: "row", TEXTS: "si"}.get(name, "none")
    within = 0
    count = 0
    for event, node in ET.iterparse(io.BytesIO(content), ("start", "end")):  # noqa: S314 - our own file
        is_apart = str(node.tag).endswith(f"}}{apart}")
        if event == "end":
            within -= is_apart
        else:
            within += is_apart
            count += 0 if within else 1 + len(node.attrib)
    return count


@dataclass(frozen=True)
class Limit:
    """A limit, what makes a workbook that has so many, and what is said of one more."""

    make: Callable[[int], dict[str, bytes]]
    most: int
    said: str


LIMITS = (
    Limit(rows, MAX_ROWS_WRITTEN, "has more than 60,000 rows and texts"),
    Limit(shared_texts, MAX_ROWS_WRITTEN, "has more than 60,000 rows and texts"),
    Limit(cells, MAX_CELLS, "has more than 400,000 cells"),
    Limit(cells_in_a_row, MAX_IN_A_ROW, "has a part that no spreadsheet program writes"),
    Limit(styles, MAX_OUTSIDE, "has too many styles, links or rules"),
    Limit(links, MAX_OUTSIDE, "has too many styles, links or rules"),
    Limit(letters, MAX_LETTERS, "holds more than 10,000,000 letters"),
)


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.make.__name__)
def test_at_a_limit_it_is_read_within_200_mb_and_one_beyond_it_is_refused(tmp_path: Path, limit: Limit) -> None:
    path = written(tmp_path / "list.xlsx", limit.make(limit.most))
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-600:]
    n_rows, peak = map(int, done.stdout.split())
    assert n_rows
    assert peak < MOST_KIB, f"{peak:,} KiB"
    with pytest.raises(InvalidInputError, match=limit.said):
        read_workbook(written(path, limit.make(limit.most + 1)))


def refusal(path: Path) -> str:
    with pytest.raises(InvalidInputError) as caught:
        read_workbook(path)
    return str(caught.value).removeprefix(f"{path}: ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", [SHEET, STYLES, TEXTS, BOOK, TYPES])
def test_no_part_declares_entities_whatever_its_letters_are_written_in(
    tmp_path: Path, part: str, encoding: str
) -> None:
    parts = parts_of()
    body = parts[part].decode().partition("?>")[2] if parts[part].startswith(b"<?xml") else parts[part].decode()
    parts[part] = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]>{body}'.encode(encoding)
    assert refusal(written(tmp_path / "a.xlsx", parts)).startswith("has a part that no spreadsheet program writes")


@pytest.mark.parametrize(("n", "taken"), [(299_000, True), (301_000, False)])
def test_a_tag_without_end_is_not_kept(tmp_path: Path, n: int, *, taken: bool) -> None:
    path = written(tmp_path / "a.xlsx", put(SHEET, b"</sheetData>", b"<row r='2' x='" + b"x" * n + b"'/>"))
    if taken:
        assert read_workbook(path)
    else:
        assert refusal(path).startswith("has a part that no spreadsheet program writes")


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (TYPES, b"/xl/workbook.xml", b"/xl/worksheets/sheet1.xml"),
        (TYPES, b"/xl/sharedStrings.xml", b"/xl/worksheets/sheet1.xml"),
        ("xl/_rels/workbook.xml.rels", b"/xl/worksheets/sheet1.xml", b"/xl/sharedStrings.xml"),
    ],
)
def test_a_sheet_is_not_read_as_what_is_kept_whole(tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    """Its rows were counted as of something that is read row by row."""
    parts = parts_of()
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    assert refusal(written(tmp_path / "a.xlsx", parts)).startswith("has a part that no spreadsheet program writes")


def test_a_picture_may_be_anything(tmp_path: Path) -> None:
    parts = parts_of() | {"xl/media/image1.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 400_000, "xl/a.vml": b"<xml><br></xml>"}
    assert read_workbook(written(tmp_path / "a.xlsx", parts))
