"""Responses as a CSV file: one row a person, one column ``SCENARIO.OPTION`` for each rating."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from eiassess.domain.forms import AssessmentForm, RatingScale
from eiassess.errors import InvalidInputError

PERSON = "person"
UNANSWERED = ("", "NA")
NAMES_SHOWN = 8
VALUE_SHOWN = 60
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
    text = _text(path)
    records = _records(text, ";" if _uses_semicolon(text) else ",")
    line, header = next(records, (1, []))
    if isinstance(header, str) or not header:
        problem = header if isinstance(header, str) else "no header; expected the column names in the first line"
        message = f"{path}: line {line}: {problem}"
        raise InvalidInputError(message)
    names = [name.strip() for name in header]
    _check_columns(names, (PERSON, *response_columns(form)), f"{path}: line {line}")
    return _read_rows(records, names, form, path)


def _text(path: Path) -> str:
    """Decode a file; bytes that are not UTF-8 stay as lone surrogates, to be refused in the row where they stand."""
    try:
        return path.read_bytes().decode("utf-8-sig", errors="surrogateescape")
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}"
        raise InvalidInputError(message) from None


def _uses_semicolon(text: str) -> bool:
    header = re.split(r"[\r\n]", text.lstrip(), maxsplit=1)[0]
    return header.count(";") > header.count(",")


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Give each record, or what is wrong with it, with the line where it begins; blank lines are no records."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells: list[str] | str = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells = f"not readable as CSV ({error}); expected cells with paired quotation marks"
        if cells:
            yield line, cells


def _check_columns(names: list[str], expected: tuple[str, ...], place: str) -> None:
    counts = Counter(names)
    if not _is_utf8("".join(names)):
        message = f"{place}: the header is not UTF-8 text; save the file as UTF-8"
        raise InvalidInputError(message)
    problems = {
        "doubled": [name for name, count in counts.items() if count > 1],
        "unknown": [name for name in counts if name not in expected],
        "missing": [name for name in expected if name not in counts],
    }
    said = [f"{kind} columns: {_listed(columns)}" for kind, columns in problems.items() if columns]
    if said:
        message = f"{place}: {'; '.join(said)}; expected {PERSON} and one column for each rating of the form"
        raise InvalidInputError(message)


def _listed(names: Iterable[str]) -> str:
    shown = [_shown(name) for name in names]
    more = len(shown) - NAMES_SHOWN
    return ", ".join(shown[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _read_rows(
    records: Iterator[tuple[int, list[str] | str]], names: list[str], form: AssessmentForm, path: Path
) -> ResponsesFile:
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
    if isinstance(cells, str):
        return f": {cells}"
    if len(cells) != n:
        return f": {len(cells)} cells; expected {n}, one for each column"
    person = cells[place].strip()
    if not person:
        return f", column {PERSON}: nothing there; expected the person's id or name"
    if not _is_utf8(person):
        return f", column {PERSON}: {_shown(person)} is not UTF-8 text; save the file as UTF-8"
    first = seen.setdefault(person, line)
    if first != line:
        return f", column {PERSON}: {_shown(person)} stands in line {first} already; expected each person once"
    return ""


def _ratings(cells: list[str], columns: list[_Column]) -> tuple[tuple[int | None, ...], list[str]]:
    ratings: list[int | None] = []
    wrong: list[str] = []
    for column in columns:
        cell = cells[column.place].strip()
        if cell in UNANSWERED:
            ratings.append(None)
        elif _RATING.fullmatch(cell) and column.scale.minimum <= int(cell.partition(".")[0]) <= column.scale.maximum:
            ratings.append(int(cell.partition(".")[0]))
        else:
            scale = f"a whole number from {column.scale.minimum} to {column.scale.maximum} or blank"
            wrong.append(f"column {column.name}: {_shown(cell)} is not a rating; expected {scale}")
    return tuple(ratings), wrong


def _is_utf8(text: str) -> bool:
    return not any("\udc80" <= character <= "\udcff" for character in text)


def _shown(text: str) -> str:
    """Show a value in one line that a terminal can take, cut where it is long."""
    short = text if len(text) <= VALUE_SHOWN else text[:VALUE_SHOWN] + "..."
    return short if short.isprintable() and short else ascii(short)
