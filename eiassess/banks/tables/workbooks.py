"""Workbooks (XLSX) written a piece at a time, so that no more than a portion of rows is ever in memory.

openpyxl gives nothing before the last row is written, and a browser that waits for 100,000 rows gives up. A workbook
is a ZIP archive of XML, and both can be written as they come. Texts are texts, so that none is run as a formula.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

ROWS_A_PIECE = 200
BYTES_A_PIECE = 1 << 14
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OF_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BOLD = 1
"""The number of the style of headings."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True)
class WrittenSheet:
    """A sheet to be written: ``rows`` are taken once, the first is the heading and stays in sight."""

    name: str
    rows: Iterable[Sequence[str | float | None]]


class _Taken(io.RawIOBase):
    """What was written since it was last taken."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def write(self, piece: object) -> int:
        taken = bytes(piece)  # type: ignore[call-overload]  # any buffer
        self._pieces.append(taken)
        return len(taken)

    def __len__(self) -> int:
        return sum(map(len, self._pieces))

    def take(self) -> bytes:
        taken, self._pieces = b"".join(self._pieces), []
        return taken


def workbook_pieces(sheets: Sequence[WrittenSheet]) -> Iterator[bytes]:
    """Write a workbook, piece after piece.

    No part is written with ZIP64, which Excel is reported to refuse in what is written piece after piece; a sheet of
    more than 2 GiB of XML is an error.
    """
    taken = _Taken()
    with zipfile.ZipFile(taken, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _around([sheet.name for sheet in sheets]).items():
            archive.writestr(name, content)
        for number, sheet in enumerate(sheets, 1):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as file:
                for piece in _sheet(sheet.rows):
                    file.write(piece.encode())
                    if len(taken) >= BYTES_A_PIECE:
                        yield taken.take()
    yield taken.take()


def _sheet(rows: Iterable[Sequence[str | float | None]]) -> Iterator[str]:
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    views = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    yield f'{HEAD}<worksheet xmlns="{MAIN}">{views}<sheetData>'
    letters: list[str] = []
    waiting: list[str] = []
    for number, row in enumerate(rows, 1):
        letters += [_letters(place) for place in range(len(letters), len(row))]
        style = f' s="{BOLD}"' if number == 1 else ""
        cells = "".join(
            _cell(f"{letter}{number}", cell, style)
            for letter, cell in zip(letters, row, strict=False)
            if cell is not None
        )
        waiting.append(f'<row r="{number}">{cells}</row>')
        if len(waiting) == ROWS_A_PIECE:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting) + "</sheetData></worksheet>"


def _letters(place: int) -> str:
    """Name a column, counted from 0: A to Z, AA to ZZ, AAA and so on."""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _cell(place: str, cell: str | float, style: str) -> str:
    if isinstance(cell, str):
        text = escape(_NOT_IN_XML.sub("", cell))
        return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c r="{place}"{style}><v>{cell!r}</v></c>'


def _around(names: Sequence[str]) -> dict[str, str]:
    """Write the files beside the sheets."""
    numbers = range(1, len(names) + 1)
    kinds = "".join(_part(f"/xl/worksheets/sheet{n}.xml", f"{KINDS}.worksheet+xml") for n in numbers)
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, name in zip(numbers, names, strict=True)
    )
    leads = "".join(_relation(n, "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{_part('/xl/workbook.xml', f'{KINDS}.sheet.main+xml')}{_part('/xl/styles.xml', f'{KINDS}.styles+xml')}"
        f"{kinds}</Types>",
        "_rels/.rels": _relations(_relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OF_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(leads + _relation(len(names) + 1, "styles", "styles.xml")),
        "xl/styles.xml": _STYLES,
    }


def _part(name: str, kind: str) -> str:
    return f'<Override PartName="{name}" ContentType="{kind}"/>'


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{OF_OFFICE}/{kind}" Target="{target}"/>'


def _relations(content: str) -> str:
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{content}</Relationships>'
