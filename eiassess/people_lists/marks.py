"""What a sheet says beside its cells: the addresses behind them, and the rows that it does not show."""

import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from openpyxl.utils.cell import range_boundaries
from openpyxl.xml.constants import PKG_REL_NS, REL_NS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from eiassess.banks.exchange.spreadsheet.reading import Area

_YES = {"1", "true"}
_MAIL = "mailto:"
_FORMULA = re.compile(
    r'=\s*HYPERLINK\(\s*"(?P<target>[^"]*)"\s*(?:[,;]\s*"(?P<text>(?:[^"]|"")*)"\s*)?\)\s*', re.IGNORECASE
)


@dataclass(frozen=True)
class SheetMarks:
    """The links of a sheet by their areas, and its hidden rows."""

    links: tuple[tuple[Area, str], ...] = ()
    hidden: frozenset[int] = frozenset()

    def by_row(self) -> Mapping[int, Sequence[tuple[Area, str]]]:
        """Return links by row; those over many rows under 0."""
        found = defaultdict(list)
        for area, address in self.links:
            found[area[1] if area[1] == area[3] else 0].append((area, address))
        return found


def read_marks(path: Path, parts: Sequence[str]) -> tuple[SheetMarks, ...]:
    """Read the marks of sheets by their parts, of a workbook that ``read_workbook`` has measured and read."""
    with zipfile.ZipFile(path) as archive:
        return tuple(_marks_of(archive, part) for part in parts)


def _marks_of(archive: zipfile.ZipFile, part: str) -> SheetMarks:
    folder, name = posixpath.split(part)
    targets = _targets(archive, f"{folder}/_rels/{name}.rels")
    with archive.open(part) as file:
        links, hidden = _read_sheet(file, targets)
    return SheetMarks(tuple(links), frozenset(hidden))


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    if part not in archive.namelist():
        return {}
    with archive.open(part) as file:
        nodes = [node for _, node in iterparse(file) if node.tag == f"{{{PKG_REL_NS}}}Relationship"]
    return {node.get("Id", ""): node.get("Target", "") for node in nodes}


def _read_sheet(file: IO[bytes], targets: Mapping[str, str]) -> tuple[list[tuple[Area, str]], set[int]]:
    links: list[tuple[Area, str]] = []
    hidden: set[int] = set()
    number = 0
    for _, node in iterparse(file):
        if node.tag == f"{{{SHEET_MAIN_NS}}}row":
            number = int(node.get("r", number + 1))
            if node.get("hidden") in _YES:
                hidden.add(number)
            node.clear()
        elif node.tag == f"{{{SHEET_MAIN_NS}}}hyperlink":
            links += _links(node.get("ref", ""), targets.get(node.get(f"{{{REL_NS}}}id", ""), ""))
    return links, hidden


def _links(areas: str, target: str) -> Iterator[tuple[Area, str]]:
    address = linked_address(target)
    if address:
        for area in areas.split():
            yield range_boundaries(area), address


def linked_address(target: str) -> str:
    """Return the address that a link writes to; empty if it leads elsewhere.

    Examples
    --------
    >>> linked_address("mailto:kari%40example.org?subject=Hei"), linked_address("https://example.org/")
    ('kari@example.org', '')
    """
    if not target.strip().lower().startswith(_MAIL):
        return ""
    return unquote(target.strip()[len(_MAIL) :].partition("?")[0]).strip()


def formula_link(formula: str) -> tuple[str, str] | None:
    """Return the text and the address of a formula that is only a link, as some programs save each link.

    Examples
    --------
    >>> formula_link('=HYPERLINK("mailto:kari@example.org","Write to Kari")'), formula_link("=A2")
    (('Write to Kari', 'kari@example.org'), None)
    """
    found = _FORMULA.fullmatch(formula)
    if found is None:
        return None
    text = found["text"] if found["text"] is not None else found["target"]
    return text.replace('""', '"'), linked_address(found["target"])
