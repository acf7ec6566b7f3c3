"""Forms name scenarios, practice and a key that there are, and load as the product loads them."""

from collections.abc import Iterator, Mapping
from typing import Any

from eiassess.banks.checks.collecting import CollectingReader, Complaints
from eiassess.banks.checks.content import CheckedBank, FormFile, ScenarioFile
from eiassess.banks.checks.findings import Finding, advice, as_finding, error, printable
from eiassess.banks.checks.identity import ID
from eiassess.banks.decoding.form import decode_form
from eiassess.errors import BankError

LISTS = ("practice", "scenarios")
MAX_SCENARIOS = 200
INNER = (*(f"{field}[" for field in LISTS), "scales.", "prompts.")
"""Fields that stand in other files, where they are complained of."""


def check_forms(bank: CheckedBank) -> Iterator[Finding]:
    """Hold every form to the bank."""
    if not bank.forms:
        mend = "Write forms/standard-a.toml, which names the scenarios to sit."
        yield advice("forms", "", "form", "the bank has no form that can be read: nobody can sit it", mend)
    by_id = {each.stem: each for each in bank.everything}
    for form in bank.forms:
        found: Complaints = {}
        names = {field: _names(form, field, found) for field in LISTS}
        yield from _id(form)
        yield from _key(bank, form)
        for field in LISTS:
            yield from _references(form, field, names[field], by_id)
        yield from map(as_finding, _complaints(_whole(bank, form, names, by_id), form.file, names, found))


def _names(form: FormFile, field: str, found: Complaints) -> tuple[str, ...]:
    names = CollectingReader(form.content, form.file, found).texts(field)
    return tuple(dict.fromkeys(names))


def _id(form: FormFile) -> Iterator[Finding]:
    stem = form.file.rpartition("/")[2].removesuffix(".toml")
    if form.content.get("id", stem) != stem:
        said = f"the id is {form.content['id']!r}, the file's name {stem!r}"
        yield error(form.file, "id", "id", printable(said), "Give both the same name.")
    if not ID.fullmatch(stem):
        said = f"{stem!r} is not an id"
        yield error(form.file, "id", "id", printable(said), "Use lower-case words and figures, joined by hyphens.")
    version = form.content.get("version")
    if isinstance(version, int) and version < 1:
        yield error(form.file, "version", "version", f"the version is {version}", "Count versions from 1 up.")


def _key(bank: CheckedBank, form: FormFile) -> Iterator[Finding]:
    key = form.content.get("key")
    if isinstance(key, str) and key not in {each.stem for each in bank.keys}:
        said = f"there is no key {key!r} in keys/ that can be read"
        yield error(form.file, "key", "form", printable(said), "Name a key of the bank by its file's name.")


def _references(
    form: FormFile, field: str, names: tuple[str, ...], by_id: Mapping[str, ScenarioFile]
) -> Iterator[Finding]:
    if len(names) > MAX_SCENARIOS:
        said = f"names {len(names):,} scenarios"
        yield error(form.file, field, "form", said, f"Nobody can sit more than {MAX_SCENARIOS}; take some out.")
    values = form.content.get(field)
    if isinstance(values, list) and names and len(names) < len(values):
        yield error(form.file, field, "form", "names a scenario twice", "Name each scenario once.")
    for name in names:
        if name not in by_id:
            said = f"the bank has no scenario {name!r} that can be read"
            yield error(form.file, field, "form", printable(said), "Name a scenario of the bank by its file's name.")
        elif by_id[name].is_practice != (field == "practice"):
            said = f"{name!r} is {'a practice scenario' if by_id[name].is_practice else 'no practice scenario'}"
            yield error(
                form.file, field, "form", printable(said), "Practice belongs in practice, and nothing else does."
            )


def _complaints(
    whole: dict[str, Any], file: str, names: Mapping[str, tuple[str, ...]], found: Complaints
) -> Iterator[BankError]:
    """Decode the form as the product does, with the scenarios that there are."""
    try:
        decode_form(CollectingReader(whole, file, found))
    except BankError as problem:
        found.setdefault((problem.file, problem.field), problem)
    for complaint in found.values():
        emptied = bool(names.get(complaint.field))  # complained of name by name
        if not emptied and not complaint.field.startswith(INNER):
            yield complaint


def _whole(
    bank: CheckedBank, form: FormFile, names: Mapping[str, tuple[str, ...]], by_id: Mapping[str, ScenarioFile]
) -> dict[str, Any]:
    content = dict(form.content)
    for field in LISTS:
        content[field] = [dict(by_id[name].content) for name in names[field][:MAX_SCENARIOS] if name in by_id]
    shared = {field: bank.content[field] for field in ("scales", "prompts") if field in bank.content}
    return content | shared | {"bank": bank.name}
