"""Tables of data as CSV: which columns a command means, and what is read from them."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, MutableSequence, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import isnan, nan
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from eiassess.banks.tables.csv_faults import CellFault, FaultKind, Faults, fault_kind, row_fault
from eiassess.banks.tables.csv_format import MISSING, USUAL, CsvFormat, tidy_name
from eiassess.banks.tables.csv_format import NUMBER as NUMBER_WRITTEN
from eiassess.banks.tables.csv_records import CsvFile, Record, heading_messages, is_utf8, listed, open_csv
from eiassess.cli.analyse.codes import suspected_codes
from eiassess.cli.analyse.columns import chosen_column, chosen_columns
from eiassess.cli.output import say
from eiassess.cli.progress import working
from eiassess.errors import InvalidInputError

Array = npt.NDArray[np.float64]
Value = float | str | None

LARGEST = 1e100
"""Larger numbers are no measurements, and their squares would not be numbers."""
USUAL_SHARE = 0.90
"""Where fewer of the rows could be used, the result says so first."""

_ANSWERS = (FaultKind.WORDS, FaultKind.OTHER)
"""Where yes or no is wanted, a word or another number is likely one of the two, in another language or code."""
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
    is_number
        Whether this value is a number.
    """

    expected: str
    parse: Callable[[str], Value]
    is_number: bool = True


@lru_cache(maxsize=1 << 16)
def _number(cell: str) -> float:
    if cell in MISSING:
        return nan
    value = float(cell) if NUMBER_WRITTEN.fullmatch(cell) else nan
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
LABEL = CellKind("UTF-8 text or blank", _label, is_number=False)
NAME = CellKind("UTF-8 text", _name, is_number=False)


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
    suspected
        What is said of values that may be codes for missing.
    """

    path: Path
    rows: list[int]
    lines: list[int]
    values: Mapping[str, Sequence[Value]]
    n_refused: int
    suspected: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader has to know before the figures."""
        n = len(self.rows) + self.n_refused
        if len(self.rows) >= USUAL_SHARE * n:
            return self.suspected
        share = f"only {100 * len(self.rows) // n} % of the rows could be used ({len(self.rows)} of {n})"
        return (f"{share}; those left out may differ from the others", *self.suspected)

    def numbers(self, name: str) -> Array:
        """Shape (rows,): one column, missing entries NaN."""
        return np.array(self.values[tidy_name(name)], dtype=np.float64)

    def scores(self, names: Sequence[str]) -> Array:
        """Shape (rows, names): some columns, missing entries NaN."""
        return np.column_stack([self.numbers(name) for name in names])

    def labels(self, name: str) -> list[str | None]:
        """One column of text; ``None`` where nothing is known."""
        return [None if value is None else str(value) for value in self.values[tidy_name(name)]]

    def without(self, places: Sequence[int]) -> "DataTable":
        """Count some usable rows, by their place among these, as refused."""
        out = set(places)
        keep = [place for place in range(len(self.rows)) if place not in out]
        rows, lines = [self.rows[place] for place in keep], [self.lines[place] for place in keep]
        values = {name: [column[place] for place in keep] for name, column in self.values.items()}
        return DataTable(self.path, rows, lines, values, self.n_refused + len(out), self.suspected)


@dataclass(frozen=True)
class _Column:
    name: str
    place: int
    kind: CellKind
    parse: Callable[[str], Value]


@dataclass(frozen=True)
class DataFile:
    """A file of which the header is known."""

    file: CsvFile

    def select(self, columns: str) -> tuple[str, ...]:
        """Find the columns of a list such as ``s01,s03-s05``; see ``chosen_columns``."""
        return chosen_columns(self.file, columns)

    def column(self, name: str) -> str:
        """Find one column by its name; what is given back is the name to ask the table for."""
        return chosen_column(self.file, name)

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
            message = f"{self.file.path}: line {self.file.line}: asked for as two different things: {listed(doubled)}"
            raise InvalidInputError(message)
        return _read(self.file, kinds)


def open_table(path: Path, written: CsvFormat = USUAL) -> DataFile:
    """Open a file of data and read its header.

    Raises
    ------
    InvalidInputError
        The file cannot be read, or has no header.
    """
    file = open_csv(path, written)
    for message in heading_messages(file):
        say(message)
    return DataFile(file)


def _read(file: CsvFile, kinds: Sequence[tuple[str, CellKind]]) -> DataTable:
    columns = [_Column(name, file.names.index(name), kind, _parser(kind, file.written)) for name, kind in kinds]
    rows: list[int] = []
    lines: list[int] = []
    values: dict[str, MutableSequence[Any]] = {name: array("d") if kind.is_number else [] for name, kind in kinds}
    faults = Faults(file.path)
    for number, (line, cells) in enumerate(_watched(file), start=1):
        whole = row_fault(file, cells)
        row, wrong = ([], []) if whole or isinstance(cells, str) else _row(cells, columns, file.written)
        if whole or wrong:
            faults.add(line, [whole] if whole else wrong)
            continue
        rows.append(number)
        lines.append(line)
        for (name, _), value in zip(kinds, row, strict=True):
            values[name].append(value)
    _refuse_unusable(faults, len(rows), values)
    return DataTable(file.path, rows, lines, values, faults.n_rows, _suspected(file, kinds, values))


def _watched(file: CsvFile) -> Iterator[Record]:
    """Give the records, and say of many how many were read."""
    with working(f"reading {file.path.name}, rows") as progress:
        for record in file.records:
            yield record
            progress.step()


def _parser(kind: CellKind, written: CsvFormat) -> Callable[[str], Value]:
    if written == replace(USUAL, separator=written.separator):
        return kind.parse
    cell = written.number if kind.is_number else written.text
    return lru_cache(maxsize=1 << 16)(lambda text: kind.parse(cell(text)))


def _row(cells: list[str], columns: Sequence[_Column], written: CsvFormat) -> tuple[list[Value], list[CellFault]]:
    row: list[Value] = []
    wrong: list[CellFault] = []
    for column in columns:
        cell = cells[column.place].strip()
        try:
            row.append(column.parse(cell))
        except ValueError:
            wrong.append(
                CellFault(column.name, cell, _fault(cell, column, written), "understood", column.kind.expected)
            )
    return row, wrong


def _fault(cell: str, column: _Column, written: CsvFormat) -> FaultKind:
    if not column.kind.is_number:
        return FaultKind.ANSWER
    kind = fault_kind(cell, written)
    return FaultKind.ANSWER if column.kind is YES_OR_NO and kind in _ANSWERS else kind


def _refuse_unusable(faults: Faults, n_usable: int, values: Mapping[str, Sequence[Value]]) -> None:
    """Say what is wrong, and refuse what can be used if that is nothing, or no fair sample of the rows."""
    texts = tuple(faults.texts(n_usable))
    if not n_usable:
        _refuse_all(faults.path, texts)
    lacks_sizes = faults.lacks_sizes(n_usable) and not any(map(_has_fractions, values.values()))
    if lacks_sizes or faults.lacks_an_answer(n_usable):
        n = n_usable + faults.n_rows
        message = (
            f"{faults.path}: only {n_usable} of {n} rows ({100 * n_usable // n} %) could be used, and these are no "
            f"fair sample of the others, so nothing was computed: {'; '.join(texts)}"
        )
        raise InvalidInputError(message)
    for text in texts:
        say(f"{faults.path}: {text}")


def _refuse_all(path: Path, texts: Sequence[str]) -> None:
    expected = "expected rows of data below the header"
    if len(texts) == 1:
        expected = texts[0]
    else:
        for text in texts:
            say(f"{path}: {text}")
    message = f"{path}: no row can be used; {expected}"
    raise InvalidInputError(message)


def _has_fractions(column: Sequence[Value]) -> bool:
    return any(isinstance(value, float) and not isnan(value) and value % 1 > 0 for value in column)


def _suspected(
    file: CsvFile, kinds: Sequence[tuple[str, CellKind]], values: Mapping[str, Sequence[Any]]
) -> tuple[str, ...]:
    if file.written.is_meant:
        return ()
    numbers = {name: np.array(values[name]) for name, kind in kinds if kind.is_number and kind is not YES_OR_NO}
    return suspected_codes(numbers, {name: values[name] for name, kind in kinds if kind is LABEL})
