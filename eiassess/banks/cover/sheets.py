"""Sheets for readers: every set of options in mixed order, without its situations or with them.

A row's code is a digest of what its reader saw. Ratings of a text that was changed since then fit nothing any more, so
that no old reading speaks for a new text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import nan
from pathlib import Path
from typing import NoReturn

import numpy as np

from eiassess.banks.tables.csv_records import listed, open_csv, record_problem, shown
from eiassess.domain.digests import canonical_json, digest_of
from eiassess.domain.formats import RatingScale
from eiassess.domain.scenarios import Scenario, ScenarioKind
from eiassess.errors import InvalidInputError

SET, SITUATION, QUESTION, OPTION, RATING, CODE = "set", "situation", "question", "option", "rating", "code"
CODE_LETTERS = 12
LINES_SHOWN = 3
_RATING = re.compile(r"[0-9]{1,2}([.,][05])?")

Codes = Mapping[str, tuple[str, ...]]
"""Scenario -> the codes of its options, in the order of its file."""


@dataclass(frozen=True)
class SheetRow:
    """One option to rate; the situation is empty where it is covered."""

    set: int
    situation: str
    question: str
    option: str
    code: str


class SheetError(InvalidInputError):
    """A reader's sheet cannot be used; ``file`` is its path and ``said`` what to mend in it."""

    def __init__(self, file: str, said: str) -> None:
        self.file, self.said = file, said
        super().__init__(f"{file}: {said}")


def codes_of(scenario: Scenario, *, with_situation: bool) -> tuple[str, ...]:
    """Return a code for each option; twins have the same ones while the situation is covered.

    A letter stands first, or a spreadsheet takes a digest of figures, or one like 336e55, for a number.
    """
    seen = [str(scenario.kind), *sorted(option.text for option in scenario.options)]
    if with_situation:
        seen.append(" ".join(scenario.situation.split()))
    return tuple(f"k{digest_of(canonical_json([*seen, option.text]))[:CODE_LETTERS]}" for option in scenario.options)


def make_sheet(
    scenarios: Iterable[Scenario], scales: Mapping[ScenarioKind, RatingScale], seed: int, *, with_situations: bool
) -> Iterator[SheetRow]:
    """Lay out what readers rate: sets and their options in mixed order; while covered, a pair's set stands once."""
    rng = np.random.default_rng(seed)
    # by sorted codes: the order of options in a file means nothing, and twins may differ in it
    sets = {
        tuple(sorted(codes_of(each, with_situation=with_situations))): each
        for each in sorted(scenarios, key=lambda one: one.id)
    }
    in_order = [list(sets.values())[place] for place in rng.permutation(len(sets))]
    for number, scenario in enumerate(in_order, start=1):
        codes = codes_of(scenario, with_situation=with_situations)
        situation = " ".join(scenario.situation.split()) if with_situations else ""
        for place in rng.permutation(len(codes)):
            text = scenario.options[place].text
            yield SheetRow(number, situation, scales[scenario.kind].question, text, codes[place])


def read_ratings(path: Path, lowest: float, highest: float) -> dict[str, float]:
    """Read the ratings of a sheet that came back, by code.

    Raises
    ------
    InvalidInputError
        The file cannot be read, lacks a column, names a code twice, or has a rating that is missing or off the scale.
    """
    file = open_csv(path)
    missing = [name for name in (RATING, CODE) if file.names.count(name) != 1]
    if missing:
        _refuse(f"{path}: line {file.line}: expected the columns {RATING} and {CODE}, each once, as the sheet had them")
    found: dict[str, float] = {}
    blank: list[int] = []
    # a sheet of ours has one heading: what looks like another is a rating in words
    for line, cells in chain(file.headings, file.records):
        place = f"{path}: line {line}"
        if problem := record_problem(cells, len(file.names)):
            _refuse(f"{place}{problem}")
        row = dict(zip(file.names, (cell.strip() for cell in cells), strict=True))
        if row[CODE] in found:
            _refuse(f"{place}, column {CODE}: {shown(row[CODE])} stands in a row above")
        if not row[RATING]:
            blank.append(line)
        found[row[CODE]] = _rating(row[RATING], f"{place}, column {RATING}", lowest, highest) if row[RATING] else nan
    if blank:
        _refuse(f"{path}: {_not_rated(blank, len(found))}, in whole or half points from {lowest:g} to {highest:g}")
    return found


def _not_rated(blank: Sequence[int], n: int) -> str:
    have, lines = ("has", "line") if len(blank) == 1 else ("have", "lines")
    where = f"{lines} {listed(map(str, blank), LINES_SHOWN)}, column {RATING}"
    return f"{len(blank)} of {n} {'row' if n == 1 else 'rows'} {have} no rating: {where}; rate every row"


def _rating(cell: str, place: str, lowest: float, highest: float) -> float:
    number = float(cell.replace(",", ".")) if _RATING.fullmatch(cell) else None
    if number is None or not lowest <= number <= highest:
        _refuse(f"{place}: expected whole or half points from {lowest:g} to {highest:g}, found {shown(cell)}")
    return number


def _refuse(message: str) -> NoReturn:
    raise InvalidInputError(message)
