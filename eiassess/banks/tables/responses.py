"""Responses as a CSV file: one row a person, one column ``SCENARIO.OPTION`` for each option.

A cell is what an answer holds of the option in the scenario's format: a rating; 1 for the best and -1 for the worst; a
place; 1 for the best. Options that were not chosen are blank, as what was not answered is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path

from eiassess.banks.tables.csv_faults import CellFault, Faults, RowFault, fault_kind
from eiassess.banks.tables.csv_format import MISSING, USUAL, CsvFormat, tidy_name
from eiassess.banks.tables.csv_records import (
    CsvFile,
    heading_messages,
    is_utf8,
    listed,
    open_csv,
    record_problem,
    shown,
)
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.responses import option_values
from eiassess.domain.scenarios import Scenario
from eiassess.errors import InvalidInputError

PERSON = "person"
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(\.0*)?")


@dataclass(frozen=True)
class PersonResponses:
    """A usable row: the person, the line where the row begins, and the cells in form order, ``None`` = blank.

    ``labels`` are the cells of the other columns that were asked for.
    """

    person: str
    line: int
    ratings: tuple[int | None, ...]
    labels: tuple[str | None, ...] = ()


@dataclass(frozen=True)
class ResponsesFile:
    """The usable rows of a file, and what is wrong with the others.

    Parameters
    ----------
    people
        The usable rows.
    refused
        What is wrong with the others: each fault once, with the lines where it is.
    n_refused
        How many these are.
    notes
        What else is to be said of the file.
    """

    people: tuple[PersonResponses, ...]
    refused: tuple[str, ...]
    n_refused: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Page:
    """A scenario's columns, and what may stand in them."""

    columns: tuple[str, ...]
    places: tuple[int, ...]
    values: tuple[int, ...]
    noun: str
    expected: str
    each_once: bool


def response_columns(form: AssessmentForm) -> tuple[str, ...]:
    """Name the column of each option of a form, in form order."""
    return tuple(f"{scenario.id}.{option}" for scenario in form.scenarios for option in scenario.option_ids)


def response_cells(answers: Iterable[float]) -> list[int | None]:
    """Write answers, in form order and NaN where there is none, as the cells of a row."""
    return [None if isnan(value) else int(value) for value in answers]


def read_responses(
    path: Path, form: AssessmentForm, also: tuple[str, ...] = (), written: CsvFormat = USUAL
) -> ResponsesFile:
    """Read a file of responses to a form.

    Columns stand in any order; blank and ``NA`` are unanswered; ``3.0`` is read as 3, since spreadsheets and data
    frames write whole numbers so. ``also`` names further columns of text that the file must have, such as each
    person's group.

    Returns
    -------
    ResponsesFile
        Rows that cannot be used are left out, with messages that name file, lines, columns and what is expected.

    Raises
    ------
    InvalidInputError
        The file cannot be read, or its columns are not the form's: nothing of it can be used.
    """
    file = open_csv(path, written)
    further = tuple(map(tidy_name, also))
    _check_columns(file.names, (PERSON, *further, *response_columns(form)), f"{path}: line {file.line}")
    return _read_rows(file, form, further)


def _check_columns(names: tuple[str, ...], expected: tuple[str, ...], place: str) -> None:
    counts = Counter(names)
    problems = {
        "doubled": [name for name, count in counts.items() if count > 1],
        "unknown": [name for name in counts if name not in expected],
        "missing": [name for name in expected if name not in counts],
    }
    said = [f"{kind} columns: {listed(columns)}" for kind, columns in problems.items() if columns]
    if said:
        message = f"{place}: {'; '.join(said)}; expected {PERSON} and one column for each option of the form"
        raise InvalidInputError(message)


def _read_rows(file: CsvFile, form: AssessmentForm, also: tuple[str, ...]) -> ResponsesFile:
    place = file.names.index(PERSON)
    pages = [_page(form, scenario, file.names) for scenario in form.scenarios]
    people: list[PersonResponses] = []
    faults = Faults(file.path)
    seen: dict[str, int] = {}
    for line, cells in file.records:
        fault = _row_fault(file, cells, place, seen, line)
        if fault:
            faults.add(line, [fault])
            continue
        labels = [file.written.text(cells[file.names.index(column)].strip()) for column in also]
        ratings, wrong = _answers(cells, pages, file.written)
        wrong = [*_bad_labels(also, labels), *wrong]
        if wrong:
            faults.add(line, wrong)
        else:
            known = tuple(None if label in MISSING else label for label in labels)
            people.append(PersonResponses(cells[place].strip(), line, ratings, known))
    refused = tuple(f"{file.path}: {text}" for text in faults.texts(len(people)))
    return ResponsesFile(tuple(people), refused, faults.n_rows, heading_messages(file))


def _page(form: AssessmentForm, scenario: Scenario, names: tuple[str, ...]) -> _Page:
    columns = tuple(f"{scenario.id}.{option}" for option in scenario.option_ids)
    used, values = form.format_of(scenario), option_values(form, scenario)
    match used:
        case ResponseFormat.PICK_BEST_AND_WORST:
            noun, expected = "choice", "1 (best), -1 (worst) or blank"
        case ResponseFormat.PICK_BEST:
            noun, expected = "choice", "1 (best) or blank"
        case _:
            noun = "place" if used is ResponseFormat.RANK else "rating"
            expected = f"a whole number from {values[0]} to {values[-1]} or blank"
    places = tuple(names.index(column) for column in columns)
    return _Page(columns, places, values, noun, expected, not used.is_rated)


def _row_fault(file: CsvFile, cells: list[str] | str, place: int, seen: dict[str, int], line: int) -> RowFault | None:
    """Say what is wrong with a row as a whole; every person met is kept in ``seen``."""
    whole = record_problem(cells, len(file.names))
    if whole or isinstance(cells, str):
        return RowFault(whole, whole)
    person = cells[place].strip()
    if not person:
        return RowFault("nobody", f", column {PERSON}: nothing there; expected the person's id or name")
    if not is_utf8(person):
        return RowFault("letters", f", column {PERSON}: {shown(person)} is not UTF-8 text; save the file as UTF-8")
    first = seen.setdefault(person, line)
    if first != line:
        said = f"{shown(person)} stands in line {first} already; expected each person once"
        return RowFault("again", f", column {PERSON}: {said}")
    return None


def _bad_labels(columns: tuple[str, ...], labels: list[str]) -> list[RowFault]:
    return [
        RowFault(column, f", column {shown(column)}: {shown(label)} is not UTF-8 text; save the file as UTF-8")
        for column, label in zip(columns, labels, strict=True)
        if not is_utf8(label)
    ]


def _answers(
    cells: Sequence[str], pages: list[_Page], written: CsvFormat
) -> tuple[tuple[int | None, ...], list[CellFault | RowFault]]:
    answers: list[int | None] = []
    wrong: list[CellFault | RowFault] = []
    for page in pages:
        own = [cells[place].strip() for place in page.places]
        numbers = [written.number(cell) for cell in own]
        values = [_number(cell) for cell in numbers]
        bad = [_cell_fault(page, place, own[place], written) for place in _bad_places(page, numbers, values)]
        wrong += bad or [RowFault(page.expected, text) for text in _contradictions(page, values)]
        answers += values
    return tuple(answers), wrong


def _number(cell: str) -> int | None:
    return int(cell.partition(".")[0]) if _NUMBER.fullmatch(cell) else None


def _bad_places(page: _Page, cells: list[str], values: list[int | None]) -> list[int]:
    pairs = enumerate(zip(cells, values, strict=True))
    return [place for place, (cell, value) in pairs if cell not in MISSING and value not in page.values]


def _cell_fault(page: _Page, place: int, cell: str, written: CsvFormat) -> CellFault:
    return CellFault(page.columns[place], cell, fault_kind(cell, written), f"a {page.noun}", page.expected)


def _contradictions(page: _Page, values: list[int | None]) -> list[str]:
    """Name the columns of a scenario that hold the same choice or place; ratings may be the same."""
    if not page.each_once:
        return []
    counts = Counter(value for value in values if value is not None)
    return [
        f", columns {', '.join(column for column, own in zip(page.columns, values, strict=True) if own == value)}: "
        f"{value} stands in each of them; expected each {page.noun} once"
        for value, count in counts.items()
        if count > 1
    ]
