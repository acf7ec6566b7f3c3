"""Statistics of scenarios from a CSV file, to make forms alike in."""

from collections.abc import Collection
from math import isfinite
from pathlib import Path
from typing import NoReturn

from eiassess.banks.tables.csv_format import MISSING
from eiassess.banks.tables.csv_records import CsvFile, listed, open_csv, record_problem, shown
from eiassess.domain.specifications import ScenarioStatistics
from eiassess.errors import InvalidInputError

SCENARIO, DIFFICULTY, INFORMATION, DISCRIMINATION = "scenario", "difficulty", "information", "discrimination"


def read_scenario_statistics(path: Path, known: Collection[str]) -> dict[str, ScenarioStatistics]:
    """Read difficulty and information of scenarios; a scenario with a blank cell has no statistics.

    Where a file has discrimination ``a`` in place of information, information is ``a**2 / 4``, the most that an item
    with that slope gives in the two-parameter logistic model.

    Raises
    ------
    InvalidInputError
        The file cannot be read, lacks a column, or has a row that cannot be used.
    """
    file = open_csv(path)
    measure = _measure(file)
    found: dict[str, ScenarioStatistics] = {}
    for line, cells in file.records:
        place = f"{path}: line {line}"
        if problem := record_problem(cells, len(file.names)):
            _refuse(f"{place}{problem}")
        row = dict(zip(file.names, (cell.strip() for cell in cells), strict=True))
        name = row[SCENARIO]
        if name not in known or name in found:
            why = "stands in a row above" if name in found else "is not in the bank"
            _refuse(f"{place}, column {SCENARIO}: {shown(name)} {why}")
        numbers = [_number(row[column], f"{place}, column {column}") for column in (DIFFICULTY, measure)]
        if numbers[0] is not None and numbers[1] is not None:
            value = numbers[1] ** 2 / 4 if measure == DISCRIMINATION else numbers[1]
            found[name] = ScenarioStatistics(numbers[0], value)
    return found


def _measure(file: CsvFile) -> str:
    measures = [name for name in (INFORMATION, DISCRIMINATION) if name in file.names]
    needed = {SCENARIO, DIFFICULTY}
    if not needed <= set(file.names) or len(measures) != 1 or len(set(file.names)) < len(file.names):
        _refuse(
            f"{file.path}: line {file.line}: expected the columns {SCENARIO}, {DIFFICULTY} and either {INFORMATION} or "
            f"{DISCRIMINATION}, each once; found {listed(file.names)}"
        )
    return measures[0]


def _number(cell: str, place: str) -> float | None:
    if cell in MISSING:
        return None
    try:
        number = float(cell)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        _refuse(f"{place}: {shown(cell)} is not a number")
    return number


def _refuse(message: str) -> NoReturn:
    raise InvalidInputError(message)
