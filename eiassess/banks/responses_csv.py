"""Responses as a CSV file: one row a person, one column ``SCENARIO.OPTION`` for each rating."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eiassess.banks.csv_records import MISSING, Record, is_utf8, listed, open_csv, record_problem, shown
from eiassess.domain.formats import RatingScale
from eiassess.domain.forms import AssessmentForm
from eiassess.errors import InvalidInputError

PERSON = "person"
_RATING = re.compile(r"[+-]?[0-9]{1,9}(\.0*)?")


@dataclass(frozen=True)
class PersonResponses:
    """A usable row: the person, the line where the row begins, and the ratings in form order, ``None`` = unanswered."""

    person: str
    line: int
    ratings: tuple[int | None, ...]


@dataclass(frozen=True)
class ResponsesFile:
    """The usable rows of a file, and what is wrong with each of the others."""

    people: tuple[PersonResponses, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True)
class _Column:
    name: str
    place: int
    scale: RatingScale


def response_columns(form: AssessmentForm) -> tuple[str, ...]:
    """Name the column of each of a form's ratings, in form order."""
    return tuple(f"{scenario.id}.{option}" for scenario in form.scenarios for option in scenario.option_ids)


def read_responses(path: Path, form: AssessmentForm) -> ResponsesFile:
    """Read a file of responses to a form.

    UTF-8 with or without BOM, comma or semicolon, any line ends, columns in any order; blank and ``NA`` are unanswered;
    ``3.0`` is read as 3, since spreadsheets and data frames write whole numbers so.

    Returns
    -------
    ResponsesFile
        Rows that cannot be used are left out, each with a message that names file, line, column and what is expected.

    Raises
    ------
    InvalidInputError
        The file cannot be read, or its columns are not the form's: nothing of it can be used.
    """
    file = open_csv(path)
    _check_columns(file.names, (PERSON, *response_columns(form)), f"{path}: line {file.line}")
    return _read_rows(file.records, file.names, form, path)


def _check_columns(names: tuple[str, ...], expected: tuple[str, ...], place: str) -> None:
    counts = Counter(names)
    problems = {
        "doubled": [name for name, count in counts.items() if count > 1],
        "unknown": [name for name in counts if name not in expected],
        "missing": [name for name in expected if name not in counts],
    }
    said = [f"{kind} columns: {listed(columns)}" for kind, columns in problems.items() if columns]
    if said:
        message = f"{place}: {'; '.join(said)}; expected {PERSON} and one column for each rating of the form"
        raise InvalidInputError(message)


def _read_rows(records: Iterator[Record], names: tuple[str, ...], form: AssessmentForm, path: Path) -> ResponsesFile:
    place = names.index(PERSON)
    columns = [
        _Column(f"{scenario.id}.{option}", names.index(f"{scenario.id}.{option}"), form.scale_of(scenario))
        for scenario in form.scenarios
        for option in scenario.option_ids
    ]
    people: list[PersonResponses] = []
    refused: list[str] = []
    seen: dict[str, int] = {}
    for line, cells in records:
        problem = _row_problem(cells, len(names), place, seen, line)
        if problem or isinstance(cells, str):
            refused.append(f"{path}: line {line}{problem}")
            continue
        ratings, wrong = _ratings(cells, columns)
        if wrong:
            more = f" (and {len(wrong) - 1} more in this row)" if len(wrong) > 1 else ""
            refused.append(f"{path}: line {line}, {wrong[0]}{more}")
        else:
            people.append(PersonResponses(cells[place].strip(), line, ratings))
    return ResponsesFile(tuple(people), tuple(refused))


def _row_problem(cells: list[str] | str, n: int, place: int, seen: dict[str, int], line: int) -> str:
    """Say what is wrong with a row as a whole; empty if nothing is. Every person met is kept in ``seen``."""
    whole = record_problem(cells, n)
    if whole or isinstance(cells, str):
        return whole
    person = cells[place].strip()
    if not person:
        return f", column {PERSON}: nothing there; expected the person's id or name"
    if not is_utf8(person):
        return f", column {PERSON}: {shown(person)} is not UTF-8 text; save the file as UTF-8"
    first = seen.setdefault(person, line)
    if first != line:
        return f", column {PERSON}: {shown(person)} stands in line {first} already; expected each person once"
    return ""


def _ratings(cells: list[str], columns: list[_Column]) -> tuple[tuple[int | None, ...], list[str]]:
    ratings: list[int | None] = []
    wrong: list[str] = []
    for column in columns:
        cell = cells[column.place].strip()
        if cell in MISSING:
            ratings.append(None)
        elif _RATING.fullmatch(cell) and column.scale.minimum <= int(cell.partition(".")[0]) <= column.scale.maximum:
            ratings.append(int(cell.partition(".")[0]))
        else:
            scale = f"a whole number from {column.scale.minimum} to {column.scale.maximum} or blank"
            wrong.append(f"column {column.name}: {shown(cell)} is not a rating; expected {scale}")
    return tuple(ratings), wrong
