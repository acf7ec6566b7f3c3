"""``eiassess analyse pairs``: how people rate the same texts under the two situations of flip pairs."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from eiassess.banks.tables.csv_records import listed
from eiassess.cli.analyse.options import Job, analysis
from eiassess.cli.analyse.results import Result, finish
from eiassess.cli.analyse.samples import FileOfAnswers, FormFile, interval_of, open_form, read_answers, takes_form
from eiassess.cli.analyse.tables import DataTable
from eiassess.cli.output import say
from eiassess.cli.progress import working
from eiassess.errors import InvalidInputError
from eiassess.psychometrics.cover.sensitivity import Sensitivity
from eiassess.scoring.samples.pairs import PairFigures, Sitting, TwinPair, TwinText, pair_figures

Cells = dict[str, Any]
SCALE = "0: ignores the situation; 1: rates as the key does."


@dataclass(frozen=True)
class Sat:
    """A form, the answers to it, and the names of those whose answers are used."""

    source: FormFile
    answers: FileOfAnswers
    names: tuple[str, ...]

    @property
    def sitting(self) -> Sitting:
        """The answers of those who are named, in this order."""
        of_name = dict(zip(self.answers.names, self.answers.people, strict=True))
        return Sitting(self.source.form, self.source.loaded.key, [of_name[name] for name in self.names])


@analysis("pairs", metavar="RESPONSES.csv")
@takes_form
@click.argument("form2", metavar="[FORM2", required=False)
@click.argument("responses2", metavar="RESPONSES2.csv]", required=False, type=click.Path(path_type=Path))
@click.option("--same-people", is_flag=True, help="Names in both files are the same people; others are left out.")
def command(job: Job, *, form: str, form2: str | None, responses2: Path | None, same_people: bool) -> None:
    """Say how people rate the same texts under the two situations of flip pairs.

    Of one FORM that has both halves, or of two that the same people sat: each person's sensitivity to the situation,
    with its error. If other people sat FORM2: that of the two samples, and how each text was rated.
    """
    if (form2 is None) != (responses2 is None) or (same_people and form2 is None):
        message = "give FORM2 and RESPONSES2.csv together; --same-people goes with both"
        raise InvalidInputError(message)
    if responses2 is not None and responses2.resolve() == job.file.resolve():
        message = f"{responses2} is given twice; give the answers to the other form, or the first form alone"
        raise InvalidInputError(message)
    where = job.destination(responses2)
    first = second = _read(job, form)
    table = first.answers.table
    warnings: list[str] = []
    if form2 is not None and responses2 is not None:
        second = _read(replace(job, file=responses2), form2)
        table = _together(table, second.answers.table)
        first, second, warnings = _matched(first, second, same_people=same_people)
    with working(f"comparing the ratings of {len({*first.names, *second.names})} people"):
        figures = pair_figures(first.sitting, second.sitting, same_people=same_people or second is first)
    for reason in figures.not_estimable:
        say(reason)
    finish(job, table, replace(_result(first, second, figures), warnings=warnings), where)


def _read(job: Job, form: str) -> Sat:
    source = open_form(form)
    answers = read_answers(job, source.form)
    return Sat(source, answers, answers.names)


def _together(first: DataTable, second: DataTable) -> DataTable:
    """Count the rows of both files as one."""
    return replace(
        first,
        rows=[*first.rows, *second.rows],
        lines=[*first.lines, *second.lines],
        n_refused=first.n_refused + second.n_refused,
    )


def _matched(first: Sat, second: Sat, *, same_people: bool) -> tuple[Sat, Sat, list[str]]:
    """Keep who stands in both files, in one order; or keep all, and warn where two may be one."""
    known = set(second.names)
    twice = tuple(name for name in first.names if name in known)
    if not same_people:
        said = f"{len(twice)} names stand in both files ({listed(twice)}) and are taken for different people"
        return first, second, [f"{said}; if they are the same people, say --same-people"] if twice else []
    if not twice:
        message = "no person stands in both files; leave --same-people out if other people sat the second form"
        raise InvalidInputError(message)
    left = len(first.names) + len(second.names) - 2 * len(twice)
    if left:
        say(f"{left} people stand in one of the files only and are left out")
    return replace(first, names=twice), replace(second, names=twice), []


def _result(first: Sat, second: Sat, figures: PairFigures) -> Result:
    found = figures.sensitivity
    content: Cells = {
        **_form(first, "form"),
        **({} if first is second else _form(second, "form2")),
        "same_people": figures.same_people,
        "n_first": len(first.names),
        "n_second": len(second.names),
        "n_pairs": len(figures.pairs),
        "sensitivity": found and found.value,
        "sensitivity_interval": interval_of(found),
        **({"n_known": figures.n_known, "n_reading": figures.n_reading} if figures.same_people else {}),
        "pairs": [_pair(pair) for pair in figures.pairs],
        "texts": [_text(pair, text) for pair in figures.pairs for text in pair.texts],
    }
    if not figures.same_people:
        return Result(_headline(figures), content, {"texts": [_narrow(cells) for cells in content["texts"]]})
    content["people"] = [_person(name, each) for name, each in zip(first.names, figures.people, strict=True)]
    lowest_first = sorted(
        content["people"], key=lambda cells: (cells["sensitivity"] is None, cells["sensitivity"] or 0)
    )
    in_table = {"texts": [_narrow(cells) for cells in content["texts"]], "people": lowest_first}
    return Result(_headline(figures), content, in_table)


def _form(sat: Sat, name: str) -> Cells:
    loaded = sat.source.loaded
    return {name: loaded.form.id, f"{name}_digest": loaded.form.digest, f"{name}_key_digest": loaded.key.digest}


def _headline(figures: PairFigures) -> str:
    found = figures.sensitivity
    known = "is not estimable" if found is None else f"is {found.value:.2f} on average"
    said = f"Sensitivity to the situation over {len(figures.pairs)} flip pairs {known}. {SCALE}"
    if not figures.same_people:
        return f"{said}\nOther people sat the other half, so nothing is known of any one person."
    read = f"{figures.n_reading} of {figures.n_known} people are above 0 by more than their error"
    return f"{said}\n{read}; of those who do not read, chance puts about 2.5 % there at most."


def _pair(pair: TwinPair) -> Cells:
    found = pair.sensitivity
    return {
        "first": pair.first,
        "second": pair.second,
        "n": found.n if found else 0,
        "sensitivity": found and found.value,
        "sensitivity_interval": interval_of(found),
    }


def _text(pair: TwinPair, text: TwinText) -> Cells:
    return {
        "first": pair.first,
        "second": pair.second,
        "id": text.id,
        "key_first": text.key_first,
        "key_second": text.key_second,
        "key_difference": text.key_difference,
        "mean_first": text.first and text.first.value,
        "n_first": text.n_first,
        "mean_second": text.second and text.second.value,
        "n_second": text.n_second,
        "difference": text.difference and text.difference.value,
        "difference_interval": interval_of(text.difference),
    }


def _narrow(cells: Cells) -> Cells:
    """Keep what a terminal has room for; JSON and CSV have all."""
    name = {"id": f"{cells['first']}.{cells['id']}"}
    wide = {"id", "first", "second", "key_first", "key_second"}
    return name | {what: cell for what, cell in cells.items() if what not in wide}


def _person(name: str, found: Sensitivity | None) -> Cells:
    return {
        "person": name,
        "n_pairs": found.n_pairs if found else 0,
        "sensitivity": found and found.value,
        "standard_error": found and found.standard_error,
        "interval": found and (found.low, found.high),
    }
