"""Tables of data as CSV: which columns a command means, and what is read from them."""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Mapping, MutableSequence, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import nan
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from eiassess.banks.csv_records import MISSING, CsvFile, is_utf8, listed, open_csv, record_problem, shown
from eiassess.cli.output import say
from eiassess.errors import InvalidInputError

Array = npt.NDArray[np.float64]
Value = float | str | None

LARGEST = 1e100
"""Larger numbers are no measurements, and their squares would not be numbers."""

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_YES, _NO = ("1", "1.0", "yes", "true"), ("0", "0.0", "no", "false")


@dataclass(frozen=True)
class CellKind:
    """What a cell may hold.

    Parameters
    ----------
    expected
        Completes "is not understood; expected ...".
    parse
        Makes a value of a cell without white space around it; a `ValueError` if it cannot.
    """

    expected: str
    parse: Callable[[str], Value]


@lru_cache(maxsize=1 << 16)
def _number(cell: str) -> float:
    if cell in MISSING:
        return nan
    value = float(cell) if _NUMBER.fullmatch(cell) else nan
    if not abs(value) <= LARGEST:
        raise ValueError
    return value


def _number_that(holds: Callable[[float], bool]) -> Callable[[str], float]:
    def parse(cell: str) -> float:
        value = _number(cell)
        if value == value and not holds(value):  # noqa: PLR0124 - NaN alone differs from itself
            raise ValueError
        return value

    return lru_cache(maxsize=1 << 16)(parse)


def _yes_or_no(cell: str) -> float:
    if cell in MISSING:
        return nan
    lower = cell.lower()
    if lower not in _YES + _NO:
        raise ValueError
    return float(lower in _YES)


def _label(cell: str) -> str | None:
    if not is_utf8(cell):
        raise ValueError
    return None if cell in MISSING else cell


def _name(cell: str) -> str:
    if cell in MISSING or not is_utf8(cell):
        raise ValueError
    return cell


NUMBER = CellKind("a number such as 3 or 2.5, or blank", _number)
WHOLE_NUMBER = CellKind("a whole number or blank", _number_that(lambda value: value == round(value)))
SECONDS = CellKind("seconds, not below 0, or blank", _number_that(lambda value: value >= 0))
YES_OR_NO = CellKind("1 or 0, yes or no, or blank", _yes_or_no)
LABEL = CellKind("UTF-8 text or blank", _label)
NAME = CellKind("UTF-8 text", _name)


def rating(points: int) -> CellKind:
    """Describe a cell that holds a rating on a scale of 1 to ``points``."""

    def on_scale(value: float) -> bool:
        return value == round(value) and 1 <= value <= points

    return CellKind(f"a whole number from 1 to {points} or blank", _number_that(on_scale))


@dataclass(frozen=True)
class DataTable:
    """The usable rows of the columns that were asked for.

    Parameters
    ----------
    path
        Where they come from.
    rows, lines
        Of each usable row its number among the rows, from 1, and the line where it begins.
    values
        The column of each name.
    n_refused
        Rows that cannot be used.
    """

    path: Path
    rows: list[int]
    lines: list[int]
    values: Mapping[str, Sequence[Value]]
    n_refused: int

    def numbers(self, name: str) -> Array:
        """Shape (rows,): one column, missing entries NaN."""
        return np.array(self.values[name], dtype=np.float64)

    def scores(self, names: Sequence[str]) -> Array:
        """Shape (rows, names): some columns, missing entries NaN."""
        return np.column_stack([self.numbers(name) for name in names])

    def labels(self, name: str) -> list[str | None]:
        """One column of text; ``None`` where nothing is known."""
        return [None if value is None else str(value) for value in self.values[name]]

    def without(self, places: Sequence[int]) -> "DataTable":
        """Count some usable rows, by their place among these, as refused."""
        out = set(places)
        keep = [place for place in range(len(self.rows)) if place not in out]
        rows, lines = [self.rows[place] for place in keep], [self.lines[place] for place in keep]
        values = {name: [column[place] for place in keep] for name, column in self.values.items()}
        return DataTable(self.path, rows, lines, values, self.n_refused + len(out))


@dataclass(frozen=True)
class DataFile:
    """A file of which the header is known."""

    file: CsvFile

    @property
    def _place(self) -> str:
        return f"{self.file.path}: line {self.file.line}"

    def select(self, columns: str) -> tuple[str, ...]:
        """Find the columns of a list such as ``s01,s03-s05``: names, and ranges in the header's order.

        A column whose own name has a hyphen comes before a range.

        Raises
        ------
        InvalidInputError
            There is no such column, the header has it twice, or the list names it twice.
        """
        chosen = [name for piece in columns.split(",") for name in self._piece(piece.strip())]
        doubled = [name for name, count in Counter(chosen).items() if count > 1]
        if doubled:
            message = f"{self._place}: columns named twice in {shown(columns)}: {listed(doubled)}"
            raise InvalidInputError(message)
        return tuple(chosen)

    def column(self, name: str) -> str:
        """Find one column by its name."""
        self._require(name)
        return name

    def read(self, *wanted: tuple[Sequence[str], CellKind]) -> DataTable:
        """Read columns of several kinds; each row that cannot be used is told, and left out.

        Raises
        ------
        InvalidInputError
            No row can be used, or a column is wanted as two kinds.
        """
        kinds = [(name, kind) for names, kind in wanted for name in names]
        doubled = [name for name, count in Counter(name for name, _ in kinds).items() if count > 1]
        if doubled:
            message = f"{self._place}: asked for as two different things: {listed(doubled)}"
            raise InvalidInputError(message)
        return _read(self.file, kinds)

    def _piece(self, piece: str) -> tuple[str, ...]:
        names = self.file.names
        if "-" not in piece or piece in names:
            self._require(piece)
            return (piece,)
        hyphens = [place for place, character in enumerate(piece) if character == "-"]
        ends = [(piece[:place].strip(), piece[place + 1 :].strip()) for place in hyphens]
        known = [pair for pair in ends if set(pair) <= set(names)]
        if len(known) != 1:
            self._refuse_range(piece, known)
        first, last = (names.index(self.column(name)) for name in known[0])
        if last < first:
            message = f"{self._place}: {shown(piece)}: {shown(names[last])} stands before {shown(names[first])}"
            raise InvalidInputError(message)
        for name in names[first : last + 1]:
            self._require(name)
        return names[first : last + 1]

    def _refuse_range(self, piece: str, known: list[tuple[str, str]]) -> None:
        if known:
            ways = " or ".join(f"{shown(first)} to {shown(last)}" for first, last in known)
            message = f"{self._place}: {shown(piece)} can mean {ways}; name the columns one by one"
            raise InvalidInputError(message)
        self._require(piece)

    def _require(self, name: str) -> None:
        count = self.file.names.count(name)
        if count == 1:
            return
        there = f"the columns are {listed(self.file.names)}"
        message = f"{self._place}: {'there is no column' if count == 0 else 'doubled column'} {shown(name)}; {there}"
        raise InvalidInputError(message)


def open_table(path: Path) -> DataFile:
    """Open a file of data and read its header.

    Raises
    ------
    InvalidInputError
        The file cannot be read, or has no header.
    """
    return DataFile(open_csv(path))


def _read(file: CsvFile, kinds: Sequence[tuple[str, CellKind]]) -> DataTable:
    columns = [(name, file.names.index(name), kind) for name, kind in kinds]
    rows: list[int] = []
    lines: list[int] = []
    values: dict[str, MutableSequence[Any]] = {
        name: [] if kind in (LABEL, NAME) else array("d") for name, _, kind in columns
    }
    number = 0
    for number, (line, cells) in enumerate(file.records, start=1):
        problem = record_problem(cells, len(file.names))
        if problem or isinstance(cells, str):
            say(f"{file.path}: line {line}{problem}")
            continue
        row, wrong = _row(cells, columns)
        if wrong:
            say(f"{file.path}: line {line}, {_wrong(wrong)}")
            continue
        rows.append(number)
        lines.append(line)
        for (name, _, _), value in zip(columns, row, strict=True):
            values[name].append(value)
    if not rows:
        message = f"{file.path}: no row can be used; expected rows of data below the header"
        raise InvalidInputError(message)
    return DataTable(file.path, rows, lines, values, number - len(rows))


def _row(cells: list[str], columns: Sequence[tuple[str, int, CellKind]]) -> tuple[list[Value], list[str]]:
    row: list[Value] = []
    wrong: list[str] = []
    for name, place, kind in columns:
        cell = cells[place].strip()
        try:
            row.append(kind.parse(cell))
        except ValueError:
            wrong.append(f"column {shown(name)}: {shown(cell)} is not understood; expected {kind.expected}")
    return row, wrong


def _wrong(wrong: Sequence[str]) -> str:
    return wrong[0] + (f" (and {len(wrong) - 1} more in this row)" if len(wrong) > 1 else "")
