"""Forms of choices on the shipped scenarios, whichever they are, in a copy of the bank; and people who sit them."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from eiassess._resources import data_folder
from eiassess.banks.catalog import LoadedForm, load_form
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm

EACH = 2
FORM = """\
id = "{id}"
version = 1
title = "Short form"
format = "{format}"
instruction = "SHOULD_DO"
key = "theory-1"
practice = {practice}
scenarios = {scenarios}

[formats]
{formats}
"""


def write_form(folder: Path, format_: ResponseFormat, formats: Mapping[int, ResponseFormat] | None = None) -> Path:
    """Write a form of two scenarios of each competency of standard-a; ``formats`` by the scenario's number."""
    bank = Path(shutil.copytree(data_folder("question_banks") / "service-ei", folder / "banks" / "service-ei"))
    standard = load_form("standard-a", (data_folder("question_banks"),)).form
    names = [each.id for number, each in enumerate(standard.scenarios) if _earlier(standard, number) < EACH]
    path = bank / "forms" / f"short-{format_.lower().replace('_', '-')}.toml"
    path.write_text(
        FORM.format(
            id=path.stem,
            format=format_,
            practice=[standard.practice[0].id],
            scenarios=names,
            formats="\n".join(f'{names[number]} = "{each}"' for number, each in (formats or {}).items()),
        ),
        encoding="utf-8",
    )
    return path


def _earlier(form: AssessmentForm, number: int) -> int:
    """Count the scenarios of the same competency before one."""
    return sum(each.competency == form.scenarios[number].competency for each in form.scenarios[:number])


def short_form(folder: Path, format_: ResponseFormat = ResponseFormat.PICK_BEST_AND_WORST) -> LoadedForm:
    """Load a short form of one format."""
    return load_form(str(write_form(folder, format_)), ())


def best_and_worst(loaded: LoadedForm, scenario_id: str, *, crossed: bool = False) -> dict[str, int]:
    """Answer as the key, or the other way round."""
    values = {option: credit.value for option, credit in loaded.key.credits[scenario_id].items()}
    best, worst = max(values, key=lambda each: values[each]), min(values, key=lambda each: values[each])
    return {best: -1, worst: 1} if crossed else {best: 1, worst: -1}
