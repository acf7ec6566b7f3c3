"""Content specifications from files, with the scenarios of their bank that they may take."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eiassess.banks.catalog import (
    check_id,
    complete_form,
    find_bank_file,
    load_bank,
    load_key,
    read_toml,
    scenario_files,
    shown_path,
)
from eiassess.banks.decoding.form import decode_form
from eiassess.banks.forms.specification_fields import BankValues, decode_specification
from eiassess.banks.reading import TableReader
from eiassess.banks.tables.scenario_statistics import read_scenario_statistics
from eiassess.domain.banks import QuestionBank
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.scenarios import Scenario
from eiassess.domain.specifications import ContentSpecification, ScenarioPool, ScenarioStatistics
from eiassess.errors import BankError

PRACTICE = "practice"
FORM_FIELDS = ("exclude_forms", "avoid_forms")
NOT_KEYED = "key "
"""How the reason begins where the key does not cover a scenario."""


@dataclass(frozen=True)
class LoadedSpecification:
    """A specification with what its bank has for it.

    Parameters
    ----------
    form_folder
        Where forms of the bank are looked for.
    other_forms
        Forms of the bank that the specification excludes or avoids.
    not_keyed
        Scenarios that the key does not cover whole: nobody could score them.
    """

    specification: ContentSpecification
    bank: QuestionBank
    pool: ScenarioPool
    form_folder: Path
    other_forms: tuple[str, ...]
    not_keyed: tuple[str, ...]


def load_specification(
    name: str, folders: tuple[Path, ...], *, key_folders: tuple[Path, ...] = ()
) -> LoadedSpecification:
    """Load a specification by its file's stem or by path; its key lies in one of the key folders or in the bank.

    Raises
    ------
    NotFoundError
        No bank has such a specification.
    BankError
        The file, or one of the bank that it needs, cannot be used.
    InvalidInputError
        Its file of statistics cannot be used.
    """
    path = find_bank_file("specification", name, folders)
    content = read_toml(path)
    check_id(content, path)
    table = TableReader(content, shown_path(path))
    folder = path.parent.parent
    bank = load_bank(folder)
    everything = _everything(table, folder)
    used = {field: _with_twins(_scenarios_of_forms(table, field, folder), everything) for field in FORM_FIELDS}
    values = BankValues(bank, folder.name, everything.scenarios, frozenset(used["avoid_forms"]))
    specification = decode_specification(table, values)
    key = load_key(folder, specification.key_id, key_folders=key_folders)
    reasons = dict(_reasons(table, everything, key, used["exclude_forms"]))
    usable = tuple(scenario for scenario in everything.scenarios if scenario.id not in reasons)
    if not usable:
        raise table.problem("key", f"leaves no scenario to take: {next(iter(reasons.values()))}")
    pool = ScenarioPool(
        form=replace(everything, scenarios=usable),
        statistics=_statistics(table, path, everything),
        unusable=reasons,
        names=_names(bank),
    )
    not_keyed = tuple(name for name, reason in reasons.items() if reason.startswith(NOT_KEYED))
    return LoadedSpecification(specification, bank, pool, folder / "forms", _other_forms(table), not_keyed)


def _other_forms(table: TableReader) -> tuple[str, ...]:
    return tuple(name for field in FORM_FIELDS for name in table.texts(field, default=()))


def _everything(table: TableReader, folder: Path) -> AssessmentForm:
    """Read all scenarios of the bank but practice, as one form of the kind that is wanted."""
    scenarios = [name for name, file in scenario_files(folder).items() if file.parent.name != PRACTICE]
    fields = ("id", "title", "format", "instruction", "key", PRACTICE)
    content: dict[str, Any] = {name: table.values[name] for name in fields if name in table.values}
    whole = TableReader({**content, "version": 1, "scenarios": scenarios}, table.file)
    complete_form(whole, folder)
    return decode_form(whole)


def _names(bank: QuestionBank) -> dict[str, str]:
    competencies = {name: entry.name for name, entry in bank.model.competencies.items()}
    return competencies | {name: entry.name for name, entry in bank.model.styles.items()}


def _scenarios_of_forms(table: TableReader, field: str, folder: Path) -> dict[str, str]:
    """Read which scenarios stand in forms that are named: scenario -> form."""
    found: dict[str, str] = {}
    for name in table.texts(field, default=()):
        path = folder / "forms" / f"{name}.toml"
        if not path.is_file():
            known = ", ".join(sorted(form.stem for form in path.parent.glob("*.toml"))) or "none"
            raise table.problem(field, f"the bank has no form {name!r}; it has {known}")
        for scenario in TableReader(read_toml(path), shown_path(path)).texts("scenarios"):
            found.setdefault(scenario, name)
    return found


def _with_twins(used: Mapping[str, str], everything: AssessmentForm) -> dict[str, str]:
    """Add the other halves of flip pairs: whoever has met one must not meet the other; one half's word is enough."""
    named = [(scenario.id, scenario.twin) for scenario in everything.scenarios if scenario.twin]
    both_ways = (*named, *((twin, name) for name, twin in named))
    return {**{other: used[met] for met, other in both_ways if met in used}, **used}


def _reasons(
    table: TableReader, everything: AssessmentForm, key: ScoringKey, excluded: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Say of each scenario that may not be taken why not."""
    named = table.texts("must_exclude", default=())
    for scenario in everything.scenarios:
        if not scenario.status.can_be_sat:
            yield scenario.id, f"its status is {scenario.status}"
        elif scenario.id in named:
            yield scenario.id, "must_exclude names it"
        elif scenario.id in excluded:
            yield scenario.id, f"it or its twin stands in form {excluded[scenario.id]}, which exclude_forms names"
        elif not _is_keyed(scenario, key):
            yield scenario.id, f"{NOT_KEYED}{key.id} does not cover it"


def _is_keyed(scenario: Scenario, key: ScoringKey) -> bool:
    return set(key.credits.get(scenario.id, {})) == set(scenario.option_ids)


def _statistics(table: TableReader, path: Path, everything: AssessmentForm) -> dict[str, ScenarioStatistics]:
    name = table.optional_text("statistics")
    if name is None:
        return {}
    file = path.parent / name
    if not file.is_file():
        raise BankError(table.file, "statistics", f"there is no file {name!r} beside the specification")
    return read_scenario_statistics(file, everything.scenario_ids)
