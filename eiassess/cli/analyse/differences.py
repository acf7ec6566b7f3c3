"""``eiassess analyse differences``: whose overall scores differ by more than their error."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import click

from eiassess.banks.tables.csv_records import listed, shown
from eiassess.cli.analyse.options import Job, analysis
from eiassess.cli.analyse.results import Result, finish
from eiassess.cli.analyse.samples import FileOfAnswers, FormFile, open_form, read_answers
from eiassess.cli.analyse.terminal import with_shown_scores
from eiassess.cli.progress import working
from eiassess.domain.error_estimates import ErrorEstimate
from eiassess.domain.reasons import OVERALL
from eiassess.errors import InvalidInputError
from eiassess.scoring.differences.comparing_page import DifferenceTest, compare_on_page
from eiassess.scoring.differences.estimating import estimate_errors
from eiassess.scoring.differences.measuring import SatPerson
from eiassess.scoring.differences.placing import PlacedPerson, place_people

Cells = dict[str, Any]
Pairs = Sequence[tuple[str, str]]

PEOPLE_ON_A_PAGE = 40
"""Above this many, pairs are named."""


@analysis("differences", metavar="RESPONSES.csv")
@click.option("--form", required=True, metavar="FORM", help="What was sat: a form's file, by its stem or path.")
@click.option("--pairs", "asked", metavar="A:B,...", help="The pairs to compare; needed above 40 people.")
def command(job: Job, *, form: str, asked: str | None) -> None:
    """Say whose overall scores differ by more than their error, of the people of RESPONSES.csv.

    Errors come from leaving out each scenario once and lean on all people of the file, from ten on. All pairs, or those
    of --pairs, are one page, on which the rule aims at a false difference in no more than 5 of 100.
    """
    where = job.destination()
    source = open_form(form)
    answers = read_answers(job, source.form)
    pairs = _pairs(asked, answers)
    with working(f"comparing {len(answers.people)} people"):
        estimate, placed = _placed(source, answers)
        tests = compare_on_page(placed, pairs)
    finish(job, answers.table, _result(estimate, placed, tests, pairs), where)


def _pairs(asked: str | None, answers: FileOfAnswers) -> Pairs | None:
    """Read the pairs; ``None`` for all of them."""
    if asked is None:
        if len(answers.names) > PEOPLE_ON_A_PAGE:
            n = len(answers.names)
            message = (
                f"{n} people are too many for all pairs ({PEOPLE_ON_A_PAGE} at most); name some with --pairs A:B,C:D"
            )
            raise InvalidInputError(message)
        return None
    pairs = [_pair(text.strip(), frozenset(answers.names)) for text in asked.split(",")]
    known: set[frozenset[str]] = set()
    for pair in pairs:
        if frozenset(pair) in known:
            message = f"--pairs has {shown(':'.join(pair))} twice; name each pair once"
            raise InvalidInputError(message)
        known.add(frozenset(pair))
    return pairs


def _pair(text: str, names: frozenset[str]) -> tuple[str, str]:
    """Read one pair; a name may have a colon in it."""
    ways = list(_ways(text))
    if not ways:
        message = f"--pairs has {shown(text)!r}; expected two people of the file with a colon between, as A:B"
        raise InvalidInputError(message)
    first, second = next((way for way in ways if names.issuperset(way)), ways[0])
    unknown = [name for name in (first, second) if name not in names]
    if unknown:
        message = f"--pairs names {listed(unknown)}, whom the file does not have among the rows that can be used"
        raise InvalidInputError(message)
    if first == second:
        message = f"--pairs compares {listed([first])} with the same person; name two people"
        raise InvalidInputError(message)
    return first, second


def _ways(text: str) -> Iterator[tuple[str, str]]:
    parts = text.split(":")
    for place in range(1, len(parts)):
        first, second = ":".join(parts[:place]).strip(), ":".join(parts[place:]).strip()
        if first and second:
            yield first, second


def _placed(source: FormFile, answers: FileOfAnswers) -> tuple[ErrorEstimate, tuple[PlacedPerson, ...]]:
    loaded = source.loaded
    people = [SatPerson(name, each.answers) for name, each in zip(answers.names, answers.people, strict=True)]
    # nothing of this estimate is kept, so that its date says no more than when the command ran
    estimate = estimate_errors(loaded.form, loaded.key, people, made_at=datetime.now(UTC))
    areas = {group.id: group.competencies for group in loaded.bank.model.groups}
    return estimate, place_people(loaded.form, loaded.key, people, estimate, areas)


def _result(
    estimate: ErrorEstimate, placed: Sequence[PlacedPerson], tests: Sequence[DifferenceTest], asked: Pairs | None
) -> Result:
    overall = {(test.first, test.second): test for test in tests if test.what == OVERALL}
    persons = [_person(person) for person in placed]
    pairs = [_pair_cells(pair, overall.get(pair)) for pair in asked or overall]
    content: Cells = {
        "n": estimate.n,
        "d0": estimate.tests.d0,
        "s0_squared": estimate.tests.s0_squared if estimate.tests.d0 else None,
        "persons": persons,
        "pairs": pairs,
    }
    in_table = {"persons": [with_shown_scores(cells, "score", "interval") for cells in persons]}
    return Result(_headline(estimate, placed, pairs), content, in_table)


def _person(person: PlacedPerson) -> Cells:
    compared = person.not_compared is None
    error, interval = (person.test_error, person.interval) if compared else (None, None)
    cells: Cells = {
        "person": person.id,
        "z": person.z,
        "variance": error and error.variance,
        "df": error and error.df,
        "score": person.score,
        "interval": interval and (interval.low, interval.high),
    }
    return cells if person.not_compared is None else {**cells, "reason": person.not_compared.value}


def _pair_cells(pair: tuple[str, str], test: DifferenceTest | None) -> Cells:
    """Lay a pair out: all of it unknown where one of the two is not compared."""
    return {
        "a": pair[0],
        "b": pair[1],
        "t": test and test.t,
        "df": test and test.df,
        "p": test and test.p,
        "differs": test and test.differs,
    }


def _headline(estimate: ErrorEstimate, placed: Sequence[PlacedPerson], pairs: Sequence[Cells]) -> str:
    tested = [pair for pair in pairs if pair["differs"] is not None]
    differ = sum(pair["differs"] for pair in tested)
    left = sum(person.not_compared is not None for person in placed)
    said = f"{differ} of {len(tested)} pairs {'differs' if differ == 1 else 'differ'} by more than error."
    lean = f"Errors lean on {estimate.n} people." if estimate.tests.d0 else "Each error is the person's own alone."
    return f"{said} {lean}" + (f" {left} of {len(placed)} people are not compared." if left else "")
