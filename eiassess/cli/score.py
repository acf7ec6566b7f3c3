"""``eiassess score``: a CSV file of responses to scores, without database or web."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np

from eiassess.banks.tables.csv_cells import csv_line
from eiassess.banks.tables.csv_format import CsvFormat
from eiassess.banks.tables.responses import PersonResponses, ResponsesFile, read_responses
from eiassess.banks.tables.scores import PROVENANCE, Person, score_cells, score_columns, score_parts
from eiassess.cli.csv_options import takes_csv
from eiassess.cli.loading import load_plan
from eiassess.cli.output import say, write_result
from eiassess.errors import InvalidInputError
from eiassess.scoring.interpreting import Names, not_scored_sentence
from eiassess.scoring.person.engine import ENGINE, score_vector
from eiassess.scoring.person.plan import ScoringPlan
from eiassess.scoring.person.stored_form import person_score_to_dict

SOME_REFUSED = 1


@click.command("score")
@click.argument("form", metavar="FORM")
@click.argument("responses", type=click.Path(path_type=Path), metavar="RESPONSES.csv")
@click.option(
    "-o", "output", type=click.Path(path_type=Path, dir_okay=False), help="File to write; else standard output."
)
@click.option(
    "--format", "layout", type=click.Choice(["csv", "json"]), help="Else as -o ends, and JSON on standard output."
)
@takes_csv
@click.pass_context
def command(
    context: click.Context,
    form: str,
    responses: Path,
    output: Path | None,
    layout: str | None,
    written: CsvFormat,
) -> None:
    """Score the people in RESPONSES.csv, who answered FORM, a form's file stem or path.

    Exit code 0 if every row could be used, 1 if some were refused, 2 if nothing was done.
    """
    if output is not None and output.exists() and responses.exists() and output.samefile(responses):
        message = f"{output} holds the responses; give another file for the scores"
        raise InvalidInputError(message)
    plan = load_plan(form)
    table = _usable(read_responses(responses, plan.form, written=written), responses)
    as_csv = layout == "csv" or (layout is None and output is not None and output.suffix.lower() == ".csv")
    with click.progressbar(table.people, label="scoring", file=sys.stderr, hidden=not sys.stderr.isatty()) as people:
        persons = (_scored(plan, person) for person in people)
        write_result(output, _csv(plan, persons) if as_csv else _json(plan, persons))
    say(f"{len(table.people)} of {len(table.people) + table.n_refused} rows scored")
    if table.refused:
        context.exit(SOME_REFUSED)


def _usable(table: ResponsesFile, path: Path) -> ResponsesFile:
    for message in (*table.notes, *table.refused):
        say(message)
    if not table.people:
        message = f"{path}: no row can be scored; expected a row for each person below the header"
        raise InvalidInputError(message)
    return table


def _scored(plan: ScoringPlan, row: PersonResponses) -> Person:
    ratings = np.array([np.nan if rating is None else rating for rating in row.ratings], dtype=np.float64)
    score = score_vector(plan, ratings)
    values = person_score_to_dict(score)
    values["reasons"] = values["not_scored"]
    values["not_scored"] = [not_scored_sentence(reason, Names()) for reason in score.not_scored]
    for field, names in (("competencies", plan.competencies), ("styles", plan.styles)):
        values[field] = {name: values[field].get(name) for name in names}  # null = not scored
    return {"person": row.person, **values}


def _provenance(plan: ScoringPlan) -> dict[str, str]:
    made_from = (plan.form.id, plan.form.digest, plan.key.digest, ENGINE)
    return dict(zip(PROVENANCE, made_from, strict=True))


def _json(plan: ScoringPlan, persons: Iterator[Person]) -> Iterator[str]:
    """One object, written as the scores come, a line a person."""
    yield json.dumps(_provenance(plan), ensure_ascii=False)[:-1] + ', "persons": ['
    between = "\n"
    for person in persons:
        yield between + json.dumps(person, ensure_ascii=False, allow_nan=False)
        between = ",\n"
    yield "\n]}\n"


def _csv(plan: ScoringPlan, persons: Iterator[Person]) -> Iterator[str]:
    parts, provenance = score_parts(plan.form), _provenance(plan)
    yield csv_line(["person", *score_columns(parts), "not_scored", *provenance])
    for person in persons:
        cells = score_cells(parts, person)
        yield csv_line([person["person"], *cells, "; ".join(person["not_scored"]), *provenance.values()])
