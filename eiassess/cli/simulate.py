"""``eiassess simulate``: simulated people answer a form, with their true values beside the responses."""

from collections.abc import Iterator
from pathlib import Path

import click

from eiassess.banks.tables.csv_cells import csv_line
from eiassess.banks.tables.responses import PERSON, response_cells, response_columns
from eiassess.cli.loading import load_plan
from eiassess.cli.output import say, write_result
from eiassess.cli.progress import Progress, working
from eiassess.domain.forms import AssessmentForm
from eiassess.scoring.person.plan import ScoringPlan
from eiassess.scoring.simulating import SimulatedPeople, simulate_people

MOST_PEOPLE = 200_000


@click.command("simulate")
@click.argument("form", metavar="FORM")
@click.option("--n", type=click.IntRange(1, MOST_PEOPLE), required=True, help="How many people.")
@click.option("--seed", type=click.IntRange(min=0), required=True, help="The same seed gives the same people.")
@click.option("--careless", type=click.FloatRange(0, 1), default=0.0, metavar="SHARE", help="Share of careless people.")
@click.option(
    "--random", type=click.FloatRange(0, 1), default=0.0, metavar="SHARE", help="Share that answers at random."
)
@click.option("-o", "output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="CSV file to write.")
def command(form: str, n: int, seed: int, careless: float, random: float, output: Path) -> None:
    """Let simulated people with a known profile answer FORM, a form's file stem or path.

    Writes one row a person with a column SCENARIO.OPTION for each option (a rating; 1 for best, -1 for worst; a place),
    and the true values beside it in a file that ends in .truth.csv.
    """
    plan = load_plan(form)
    truth = output.with_name(f"{output.stem}.truth.csv")
    with working(f"simulating {n} people"):
        people = simulate_people(plan, n, seed, careless=careless, random=random)
    with working("writing what they answered, people", n) as progress:
        write_result(output, _responses(plan.form, people, progress))
    with working("writing their true values, people", n) as progress:
        write_result(truth, _truth(plan, people, progress))
    say(f"{n} simulated people: responses in {output}, true values in {truth}")


def person_names(n: int) -> list[str]:
    """Name simulated people by number."""
    width = max(4, len(str(n)))
    return [f"P{number:0{width}d}" for number in range(1, n + 1)]


def _responses(form: AssessmentForm, people: SimulatedPeople, progress: Progress) -> Iterator[str]:
    yield csv_line([PERSON, *response_columns(form)])
    names = person_names(len(people.kinds))
    for name, answers in zip(names, people.answers.tolist(), strict=True):
        yield csv_line([name, *response_cells(answers)])
        progress.step()


def _truth(plan: ScoringPlan, people: SimulatedPeople, progress: Progress) -> Iterator[str]:
    yield csv_line(
        [PERSON, "kind", "theta", "elevation", "scatter", *(f"accuracy.{name}" for name in plan.competencies)]
    )
    for i, name in enumerate(person_names(len(people.kinds))):
        values = [people.theta[i], people.elevation[i], people.scatter[i], *people.accuracy[i]]
        yield csv_line([name, people.kinds[i].value, *(round(float(value), 10) for value in values)])
        progress.step()
