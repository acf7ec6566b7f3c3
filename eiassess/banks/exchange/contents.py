"""A bank's files as plain values, before anything is made of them: what is exported, compared and staged."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eiassess.banks.catalog import BANK_FILES, check_id, shown_path
from eiassess.banks.checks.files import read_bank_files
from eiassess.banks.decoding.bank import decode_bank
from eiassess.banks.decoding.form import decode_form
from eiassess.banks.decoding.key import decode_key
from eiassess.banks.decoding.scenario import decode_scenario
from eiassess.banks.reading import TableReader
from eiassess.errors import BankError

SCENARIOS, PRACTICE, KEYS, FORMS = "scenarios", "practice", "keys", "forms"
ROOMS = (SCENARIOS, PRACTICE, KEYS, FORMS)
"""Sections that hold a file for each id; ``practice`` is the folder of practice scenarios."""

Table = dict[str, Any]


@dataclass(frozen=True)
class BankContents:
    """What a bank's files hold.

    Parameters
    ----------
    name
        The folder's name.
    tree
        ``bank``, ``competencies`` and ``sources`` -> content; ``scenarios``, ``practice``, ``keys`` and ``forms`` ->
        id -> content.
    places
        Scenario id -> the folder within ``scenarios`` that its file lies in.
    """

    name: str
    tree: Mapping[str, Table]
    places: Mapping[str, str] = field(default_factory=dict)

    def file_of(self, section: str, content_id: str = "") -> str:
        """Name the file of a part, from the bank's folder on."""
        match section:
            case "scenarios" | "practice":
                return f"{SCENARIOS}/{self.place_of(section, content_id)}/{content_id}.toml"
            case "keys" | "forms":
                return f"{section}/{content_id}.toml"
        return f"{section}.toml"

    def place_of(self, section: str, scenario_id: str) -> str:
        """Name the folder of a scenario: where it lies, or its competency."""
        content = self.tree[section][scenario_id]
        competency = (
            content.get("competency") if isinstance(content, dict) else None
        )  # a spreadsheet can bring anything
        return self.places.get(scenario_id, PRACTICE if section == PRACTICE else str(competency))


def empty_contents(name: str) -> BankContents:
    """Return a bank that holds nothing yet."""
    return BankContents(name, {section: {} for section in (*BANK_FILES, *ROOMS)})


def keys_alone(folder: Path, key_folders: tuple[Path, ...]) -> BankContents:
    """Return a bank that holds nothing yet but the keys that lie outside for it."""
    contents = empty_contents(folder.name)
    for name, key in read_bank_files(folder, key_folders).within(KEYS):
        contents.tree[KEYS][name.removeprefix(f"{KEYS}/").removesuffix(".toml")] = key
    return contents


def read_contents(folder: Path, key_folders: tuple[Path, ...] = ()) -> BankContents:
    """Read a bank's files, and the keys that lie outside.

    Raises
    ------
    BankError
        A file cannot be read, or lies where it does not belong.
    """
    tables = _tables(folder, key_folders)
    contents = empty_contents(folder.resolve().name)
    places: dict[str, str] = {}
    for file, table in tables.items():
        section, _, rest = file.partition("/")
        *between, name = rest.split("/")
        content_id = name.removesuffix(".toml")
        if not rest:
            contents.tree[section.removesuffix(".toml")].update(table)
            continue
        check_id(table, folder / file)
        if section == SCENARIOS:
            _check_new(folder / file, content_id, places)
            places[content_id] = between[0]
            section = PRACTICE if between[0] == PRACTICE else section
        contents.tree[section][content_id] = table
    return BankContents(contents.name, contents.tree, places)


def _tables(folder: Path, key_folders: tuple[Path, ...]) -> dict[str, Table]:
    files = read_bank_files(folder, key_folders)
    tables: dict[str, Table] = {}
    for name, table in files.tables.items():
        if table is None:
            said = next(finding.message for finding in files.findings if finding.file == name)
            place = f"{files.name}/{name}"
            raise BankError(place, "", said)
        tables[name] = table
    for name in BANK_FILES:
        if f"{name}.toml" not in tables:
            place = f"{files.name}/{name}.toml"
            raise BankError(place, "", "is missing or cannot be read")
    return tables


def _check_new(path: Path, scenario_id: str, places: Mapping[str, str]) -> None:
    if scenario_id in places:
        raise BankError(shown_path(path), "id", f"{places[scenario_id]}/{scenario_id}.toml has the same")


def problems_of(contents: BankContents) -> Iterator[tuple[str, str, BankError]]:
    """Say which parts the product could not read: section, id and the first thing that is wrong there."""
    tree, name = contents.tree, contents.name
    try:
        decode_bank(*(TableReader(copy.deepcopy(tree[part]), f"{name}/{part}.toml") for part in BANK_FILES))
    except BankError as problem:
        yield problem.file.rpartition("/")[2].removesuffix(".toml"), "", problem
    for section, decode in ((SCENARIOS, decode_scenario), (PRACTICE, decode_scenario), (KEYS, decode_key)):
        for content_id, content in tree[section].items():
            try:
                decode(TableReader(content, f"{name}/{contents.file_of(section, content_id)}"))
            except BankError as problem:
                yield section, content_id, problem
    for form_id in tree[FORMS]:
        try:
            decode_form(TableReader(_whole_form(contents, form_id), f"{name}/forms/{form_id}.toml"))
        except BankError as problem:
            yield FORMS, form_id, problem


def check_contents(contents: BankContents) -> None:
    """See that the product can read every part.

    Raises
    ------
    BankError
        It cannot; ``eiassess bank check`` tells all that is wrong.
    """
    for _, _, problem in problems_of(contents):
        raise problem


def _whole_form(contents: BankContents, form_id: str) -> Table:
    """Put into a form what it names, as a form is pinned."""
    table = TableReader(dict(contents.tree[FORMS][form_id]), f"{contents.name}/forms/{form_id}.toml")
    everything = {**contents.tree[PRACTICE], **contents.tree[SCENARIOS]}
    for part in (SCENARIOS, PRACTICE):
        names = table.texts(part)
        for name in names:
            if name not in everything:
                raise table.problem(part, f"the bank has no scenario {name!r}")
        table.values[part] = [everything[name] for name in names]
    table.values["scales"] = contents.tree["bank"].get("scales")
    if "prompts" in contents.tree["bank"]:
        table.values["prompts"] = contents.tree["bank"]["prompts"]
    table.values["bank"] = contents.name
    return table.values
