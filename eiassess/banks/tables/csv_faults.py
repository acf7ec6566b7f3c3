"""What is wrong with rows of a table, said once for all rows that have the same fault."""

import re
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from eiassess.banks.tables.csv_format import NUMBER, CsvFormat, is_code
from eiassess.banks.tables.csv_headings import WORDS_FOR_NOTHING, is_word
from eiassess.banks.tables.csv_records import CsvFile, listed, record_problem, shown

LINES_SHOWN = 4
CELLS_SHOWN = 4
SHARE_BY_CHANCE = 0.10
"""Rows with a cell too many are more often than this no slips: it is the decimal comma that parts cells."""
SLIPS = 4
"""The same cell more often than this is no slip either, but what stands for one answer or one group."""

_ONE_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+")
_THREE_DIGITS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}([.,' \u2019\xa0\u202f][0-9]{3})+([.,][0-9]*)?")


class FaultKind(StrEnum):
    """What may be wrong with a cell; the value completes "columns a and b hold ..."."""

    WORDS = "words"
    COMMA = "numbers with a decimal comma"
    POINT = "numbers with a decimal point"
    EITHER = "numbers with a comma that may part decimals or thousands"
    THOUSANDS = "numbers with thousands separators"
    NOTHING = "words that may stand for no answer"
    CODE = "numbers that may stand for no answer"
    ANSWER = "what is not understood"
    """One of a few answers or groups, in a spelling that cannot be read."""
    OTHER = "something else"


OF_SOME_SIZES_ONLY = frozenset({FaultKind.COMMA, FaultKind.POINT, FaultKind.EITHER, FaultKind.THOUSANDS})


@dataclass(frozen=True)
class CellFault:
    """A cell that cannot be used.

    Parameters
    ----------
    column, cell
        Where it stands, and what stands there.
    kind
        What may be the cause.
    problem
        Completes "CELL is not ...".
    expected
        Completes "expected ...".
    """

    column: str
    cell: str
    kind: FaultKind
    problem: str
    expected: str


@dataclass(frozen=True)
class RowFault:
    """What is wrong with a row as a whole; rows of one kind are said together.

    Parameters
    ----------
    kind
        What it has in common with others.
    text
        Follows "line 3".
    """

    kind: str
    text: str


@dataclass
class _Group:
    lines: list[int] = field(default_factory=list)
    cells: list[CellFault] = field(default_factory=list)
    text: str = ""


@dataclass
class Faults:
    """The faults met so far, by what is the same in them."""

    path: Path
    n_rows: int = 0
    _groups: dict[object, _Group] = field(default_factory=dict)

    def add(self, line: int, faults: Sequence[CellFault | RowFault]) -> None:
        """Keep what is wrong with one more row."""
        self.n_rows += 1
        for fault in faults:
            if isinstance(fault, RowFault):
                group = self._groups.setdefault(fault.kind, _Group(text=fault.text))
            else:
                group = self._groups.setdefault((fault.kind, fault.problem, fault.expected), _Group())
                group.cells.append(fault)
            if group.lines[-1:] != [line]:
                group.lines.append(line)

    def lacks_an_answer(self, n_usable: int) -> bool:
        """Whether all rows with one answer or of one group are refused, for how it is written."""
        cells = Counter(
            (cell.column, cell.cell)
            for group in self._groups.values()
            for cell in group.cells
            if cell.cell and cell.kind is FaultKind.ANSWER
        )
        return max(cells.values(), default=0) > max(SLIPS, SHARE_BY_CHANCE * (self.n_rows + n_usable))

    def lacks_sizes(self, n_usable: int) -> bool:
        """Whether it is numbers of some sizes that are refused."""
        kinds = {cell.kind for group in self._groups.values() for cell in group.cells}
        parted = self._groups.get(FaultKind.COMMA, _Group())
        many = len(parted.lines) > SHARE_BY_CHANCE * (self.n_rows + n_usable)
        return many or not OF_SOME_SIZES_ONLY.isdisjoint(kinds)

    def texts(self, n_usable: int) -> Iterator[str]:
        """Say each fault once, without the file's name."""
        for group in self._groups.values():
            if not group.cells:
                yield f"line {group.lines[0]}{group.text}{_also(group.lines[1:])}"
            elif len(group.lines) == 1:
                yield f"line {group.lines[0]}, {_one(group.cells)}"
            else:
                yield _many(group, self.n_rows + n_usable)


def fault_kind(cell: str, written: CsvFormat) -> FaultKind:
    """Say what may be the cause why a cell is no number of the kind that is wanted.

    Examples
    --------
    >>> [fault_kind(cell, CsvFormat()).name for cell in ("45,4", "1,234", "1,234.5", "seldom", "N/A", "99", "7")]
    ['COMMA', 'EITHER', 'THOUSANDS', 'WORDS', 'NOTHING', 'CODE', 'OTHER']
    """
    number = written.number(cell)
    if cell.casefold() in WORDS_FOR_NOTHING:
        return FaultKind.NOTHING
    if NUMBER.fullmatch(number):
        return FaultKind.CODE if is_code(float(number)) else FaultKind.OTHER
    if _ONE_COMMA.fullmatch(number):
        if written.decimal == ",":
            return FaultKind.POINT
        return FaultKind.EITHER if _THREE_DIGITS.fullmatch(number) else FaultKind.COMMA
    if _THOUSANDS.fullmatch(cell):
        return FaultKind.THOUSANDS
    return FaultKind.WORDS if is_word(cell) else FaultKind.OTHER


def row_fault(file: CsvFile, cells: list[str] | str) -> RowFault | None:
    """Say what is wrong with a record as a whole; decimal commas may have parted cells."""
    problem = record_problem(cells, len(file.names))
    if not problem:
        return None
    more = len(cells) - len(file.names)
    pairs = sum(map(_are_digits, cells, cells[1:])) if file.separator == "," and not isinstance(cells, str) else 0
    if 0 < more <= pairs:
        text = f"{problem}; if that is a decimal comma, the number needs quotation marks"
        return RowFault(FaultKind.COMMA, text)
    return RowFault(problem, problem)


def _are_digits(first: str, second: str) -> bool:
    return first.strip().lstrip("+-").isdigit() and second.strip().isdigit()


def _also(lines: Sequence[int]) -> str:
    if not lines:
        return ""
    return f" (and the same in {len(lines)} more {'row' if len(lines) == 1 else 'rows'}: {_lines(lines)})"


def _lines(lines: Sequence[int]) -> str:
    more = len(lines) - LINES_SHOWN
    said = ", ".join(map(str, lines[:LINES_SHOWN])) + (f" and {more} more" if more > 0 else "")
    return f"{'line' if len(lines) == 1 else 'lines'} {said}"


def _one(cells: Sequence[CellFault]) -> str:
    first = cells[0]
    said = f"column {shown(first.column)}: {shown(first.cell)} is not {first.problem}; expected {first.expected}"
    more = f" (and {len(cells) - 1} more in this row)" if len(cells) > 1 else ""
    return said + _advice(cells) + more


def _many(group: _Group, n_rows: int) -> str:
    cells, n = group.cells, len(group.lines)
    columns = tuple(dict.fromkeys(cell.column for cell in cells))
    held = f"what is not {cells[0].problem}" if cells[0].kind is FaultKind.OTHER else cells[0].kind.value
    rows = f"all {n} rows" if n == n_rows else f"{n} of {n_rows} rows ({_lines(group.lines)})"
    verb = "holds" if len(columns) == 1 else "hold"
    noun = "column" if len(columns) == 1 else "columns"
    advice = _take_as_missing(_repeated(cells, n_rows)) if cells[0].kind is FaultKind.WORDS else _advice(cells)
    return (
        f"{noun} {listed(columns)} {verb} {held} in {rows}, as {_examples(cells)}; expected {cells[0].expected}{advice}"
    )


def _examples(cells: Sequence[CellFault]) -> str:
    found = [shown(cell) for cell in list(dict.fromkeys(fault.cell for fault in cells))[:CELLS_SHOWN]]
    return (" and " if any("," in cell for cell in found) else ", ").join(found)  # not 45,4, 46,1


def _advice(cells: Sequence[CellFault]) -> str:
    match cells[0].kind:
        case FaultKind.COMMA:
            return "; give --decimal , if the comma parts decimals"
        case FaultKind.POINT:
            return "; leave --decimal , away if the point parts decimals"
        case FaultKind.EITHER:
            return "; give --decimal , if the comma parts decimals, else take the separators out"
        case FaultKind.THOUSANDS:
            return "; take the separators out"
        case FaultKind.NOTHING | FaultKind.CODE:
            return _take_as_missing(fault.cell for fault in cells)
        case _:
            return ""


def _take_as_missing(cells: Iterable[str]) -> str:
    codes = ",".join(list(dict.fromkeys(cells))[:CELLS_SHOWN])
    return f"; give --missing {shlex.quote(codes)} if that stands for no answer" if codes else ""


def _repeated(cells: Sequence[CellFault], n_rows: int) -> Iterator[str]:
    """Find words that are no slips: often in a column that mostly holds numbers. Commas part what is missing."""
    words = Counter(fault.column for fault in cells)
    counts = Counter((fault.column, fault.cell.casefold()) for fault in cells)
    for fault in cells:
        is_often = counts[fault.column, fault.cell.casefold()] > SHARE_BY_CHANCE * n_rows
        if is_often and 2 * words[fault.column] < n_rows and "," not in fault.cell and fault.cell.isprintable():
            yield fault.cell
