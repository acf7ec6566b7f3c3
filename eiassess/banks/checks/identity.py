"""Ids, versions, folders: each file is found by its name, so the name must say what stands in it."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from eiassess.banks.checks.content import CheckedBank, ScenarioFile
from eiassess.banks.checks.findings import Finding, error, printable

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_ID = 60
BANK = "bank.toml"


def check_identity(bank: CheckedBank) -> Iterator[Finding]:
    """Hold ids to file names, and find what stands there twice."""
    if (BANK, "id") not in bank.wrong and bank.content.get("id", bank.name) != bank.name:
        said = f"the id is {bank.bank.id!r}, the folder {bank.name!r}"
        yield error(BANK, "id", "id", printable(said), "Give both the same name.")
    if (BANK, "version") not in bank.wrong:
        yield from _version(BANK, bank.bank.version)
    for each in bank.everything:
        yield from _id(each.file, each.scenario.id, each.wrong)
        yield from _version(each.file, each.scenario.version)
        yield from _option_ids(each)
    for key in bank.keys:
        yield from _id(key.file, key.key.id, key.wrong)
        yield from _version(key.file, key.key.version)
    yield from _doubles(bank)


def _id(file: str, found: str, wrong: frozenset[str]) -> Iterator[Finding]:
    stem = PurePosixPath(file).stem
    if "id" not in wrong and found != stem:
        said = f"the id is {found!r}, the file's name {stem!r}"
        yield error(file, "id", "id", printable(said), "Give both the same name.")
    if not ID.fullmatch(stem) or len(stem) > MAX_ID:
        said = f"{stem!r} is not an id"
        yield error(file, "id", "id", printable(said), "Use lower-case words and figures, joined by hyphens.")


def _version(file: str, version: int) -> Iterator[Finding]:
    if version < 1:
        said = f"the version is {version}"
        yield error(file, "version", "version", said, "Count versions from 1 up; a changed text is a new version.")


def _option_ids(each: ScenarioFile) -> Iterator[Finding]:
    for place, option in enumerate(each.scenario.options, 1):
        field = f"options[{place}].id"
        if field not in each.wrong and not ID.fullmatch(option.id):
            said = f"{option.id!r} is not an id"
            yield error(each.file, field, "id", printable(said), "Call the options a, b, c and so on.")


def _doubles(bank: CheckedBank) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for each in bank.everything:
        other = first.setdefault(each.stem, each.file)
        if other != each.file:
            said = f"{other} has the same name"
            yield error(each.file, "id", "id", said, "Give each scenario of the bank a name of its own.")
