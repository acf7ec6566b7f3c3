"""How much each part of a workbook would have a parser keep, counted by one that keeps nothing."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

from openpyxl.xml.constants import SHEET_MAIN_NS

from eiassess.banks.checks.findings import printable
from eiassess.errors import InvalidInputError

MAX_MERGED = 1_000
MAX_ROWS_WRITTEN = 60_000
"""Rows and shared texts that are looked at, empty ones among them: some programs give a colour to rows far down."""

MAX_CELLS = 400_000
MAX_IN_A_ROW = 200_000
MAX_OUTSIDE = 100_000
"""Elements and attributes outside of rows and shared texts: openpyxl keeps half a kilobyte for each."""

_ATTRIBUTES_OF_A_ROW = 12
_PIECE = 1 << 16
_LONGEST_TAG = 300_000
"""Bytes from one mark of an element to the next, a full cell's text between them included."""

_TAGLESS = re.compile(rb"[^<]{%d}" % _LONGEST_TAG)
_MERGED = re.compile(r"[A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7}")
_NAMED_XML = (".xml", ".rels")
_ROW, _CELL, _TEXT = (f"{SHEET_MAIN_NS} {name}" for name in ("row", "c", "si"))
_SHEET, _TEXTS, _MERGE = (f"{SHEET_MAIN_NS} {name}" for name in ("worksheet", "sst", "mergeCell"))


class Kind:
    """What a part is by its outermost element."""

    SHEET = "sheet"
    TEXTS = "shared texts"
    OTHER = "other"
    NO_XML = "no XML"


_KINDS = {_SHEET: (Kind.SHEET, _ROW), _TEXTS: (Kind.TEXTS, _TEXT)}


@dataclass
class Measured:
    """What was counted in a workbook's parts so far, and the kind and the merged areas of each."""

    path: Path
    kinds: dict[str, str] = field(default_factory=dict)
    merged: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: int = 0
    cells: int = 0
    outside: int = 0

    def refuse(self, said: str) -> None:
        """Refuse the workbook."""
        message = f"{self.path}: {said}"
        raise InvalidInputError(message)

    def foreign(self, part: str) -> None:
        """Refuse the workbook for a part that no spreadsheet program writes."""
        self.refuse(f"has a part that no spreadsheet program writes ({printable(part)})")


class PartCounter:
    """Takes a part piece by piece and refuses the workbook once it counts too much."""

    def __init__(self, whole: Measured, part: str) -> None:
        self._whole, self._part = whole, part
        self._kind, self._counted_apart = "", ""
        self._areas: dict[str, None] = {}
        self._depth, self._row_depth, self._in_row = 0, 0, 0
        self._tail = b""
        self._is_xml = True
        self._parser = ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = lambda *_: whole.foreign(part)

    def take(self, content: bytes) -> None:
        """Count the next bytes of the part."""
        for start in range(0, len(content), _PIECE):
            self._parse(content[start : start + _PIECE])

    def finish(self) -> None:
        """Note what the part is."""
        self._parse(b"", is_last=True)
        self._whole.kinds[self._part] = self._kind if self._is_xml else Kind.NO_XML
        self._whole.merged[self._part] = tuple(self._areas)

    def _parse(self, piece: bytes, *, is_last: bool = False) -> None:
        if not self._is_xml:
            return
        # the parser itself would keep a tag of any length whole, with all of its attributes
        run = self._tail + piece
        if _TAGLESS.search(run):
            self._whole.foreign(self._part)
        self._tail = run[run.rfind(b"<") + 1 :]
        try:
            self._parser.Parse(piece, is_last)
        except ExpatError as error:
            if self._part.lower().endswith(_NAMED_XML):
                self._whole.refuse(f"cannot be read as a spreadsheet ({printable(str(error))})")
            self._is_xml = False  # a picture, or settings of a printer

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            self._kind, self._counted_apart = _KINDS.get(name, (Kind.OTHER, ""))
        if self._row_depth:
            self._count_inside(name, len(attributes))
        elif name == self._counted_apart:
            self._row_depth, self._in_row = self._depth, 0
            self._count_row(len(attributes))
        else:
            self._count_outside(1 + len(attributes))
            if name == _MERGE and _MERGED.fullmatch(attributes.get("ref", "")):
                self._count_merged(attributes["ref"])

    def _end(self, _name: str) -> None:
        if self._depth == self._row_depth:
            self._row_depth = 0
        self._depth -= 1

    def _count_row(self, n_attributes: int) -> None:
        self._whole.rows += 1
        if self._whole.rows > MAX_ROWS_WRITTEN:
            said = f"has more than {MAX_ROWS_WRITTEN:,} rows and texts, empty ones included"
            self._whole.refuse(f"{said}; delete the rows below the last")
        self._count_outside(max(0, n_attributes - _ATTRIBUTES_OF_A_ROW))

    def _count_inside(self, name: str, n_attributes: int) -> None:
        self._whole.cells += name == _CELL
        if self._whole.cells > MAX_CELLS:
            self._whole.refuse(f"has more than {MAX_CELLS:,} cells; leave out columns, or split it")
        self._in_row += 1 + n_attributes
        if self._in_row > MAX_IN_A_ROW:
            self._whole.foreign(self._part)

    def _count_outside(self, n: int) -> None:
        self._whole.outside += n
        if self._whole.outside > MAX_OUTSIDE:
            said = "has too many styles, links or rules; copy its cells into a new workbook, as values only"
            self._whole.refuse(said)

    def _count_merged(self, area: str) -> None:
        self._areas[area] = None
        if len(self._areas) > MAX_MERGED:
            self._whole.refuse(f"has a sheet with more than {MAX_MERGED:,} merged areas; unmerge them")
