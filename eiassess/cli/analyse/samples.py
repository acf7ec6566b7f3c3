"""What analyses of a form are given: the form with its bank, and people's answers from a file."""

import os
from dataclasses import dataclass
from pathlib import Path

import click

from eiassess._resources import data_folder
from eiassess.banks.catalog import LoadedForm, find_form, load_form
from eiassess.banks.tables.responses import PersonResponses, read_responses
from eiassess.cli.analyse.codes import suspected_codes
from eiassess.cli.analyse.options import Job
from eiassess.cli.analyse.tables import DataTable
from eiassess.cli.output import say
from eiassess.config import settings_from_environment
from eiassess.domain.forms import AssessmentForm
from eiassess.errors import InvalidInputError
from eiassess.scoring.samples.answers import PersonAnswers
from eiassess.scoring.samples.estimates import Estimate

takes_form = click.argument("form", metavar="FORM")


@dataclass(frozen=True)
class FormFile:
    """A form with the folder of its bank, and the folders where keys are looked for first."""

    loaded: LoadedForm
    bank_folder: Path
    key_folders: tuple[Path, ...]

    @property
    def form(self) -> AssessmentForm:
        """The form itself."""
        return self.loaded.form


@dataclass(frozen=True)
class FileOfAnswers:
    """People's answers with their names, the label of each where a column was asked for, and the rows as elsewhere."""

    people: tuple[PersonAnswers, ...]
    names: tuple[str, ...]
    labels: tuple[str | None, ...]
    table: DataTable


def open_form(name: str) -> FormFile:
    """Load a form by its file's stem or path, as ``eiassess score`` does.

    Raises
    ------
    EIAssessError
        There is no such form, or a file of its bank cannot be used.
    """
    settings = settings_from_environment(os.environ, Path.cwd(), data_folder("question_banks"))
    folder = find_form(name, settings.bank_folders).parent.parent
    loaded = load_form(name, settings.bank_folders, key_folders=settings.key_folders)
    return FormFile(loaded, folder, settings.key_folders)


def read_answers(job: Job, form: AssessmentForm, group: str | None = None) -> FileOfAnswers:
    """Read people's answers; each row that cannot be used is told, and left out.

    Raises
    ------
    InvalidInputError
        The file cannot be read, its columns are not the form's, or no row can be used.
    """
    found = read_responses(job.file, form, () if group is None else (group,), job.written)
    for message in (*found.notes, *found.refused):
        say(message)
    if not found.people:
        message = f"{job.file}: no row can be used; expected a row for each person below the header"
        raise InvalidInputError(message)
    lines = [person.line for person in found.people]
    labels = tuple(person.labels[0] if person.labels else None for person in found.people)
    suspected = () if group is None or job.written.is_meant else suspected_codes({}, {group: labels})
    return FileOfAnswers(
        tuple(_answers(form, person) for person in found.people),
        tuple(person.person for person in found.people),
        labels,
        DataTable(job.file, list(range(1, len(lines) + 1)), lines, {}, found.n_refused, suspected),
    )


def _answers(form: AssessmentForm, person: PersonResponses) -> PersonAnswers:
    cells = iter(person.ratings)
    answers = {}
    for scenario in form.scenarios:
        given = {option: next(cells) for option in scenario.option_ids}
        answers[scenario.id] = {option: value for option, value in given.items() if value is not None}
    return PersonAnswers(answers, {})


def interval_of(estimate: Estimate | None) -> tuple[float, float] | None:
    """Give the ends of an estimate's interval as results have them."""
    return (estimate.interval.low, estimate.interval.high) if estimate else None
