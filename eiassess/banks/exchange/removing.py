"""Removing what a workbook says in words is to be removed, and only where nothing that stays still needs it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from eiassess.banks.exchange.contents import KEYS, Table
from eiassess.banks.exchange.spreadsheet.parts import FIELDS, MEMBERS, OPTIONS, Part

IRRITANTS = "irritants"


@dataclass(frozen=True)
class Citation:
    """An id that a part of a bank uses: what uses it, where, and what it names."""

    by: Part
    column: str
    of: str
    name: str


def remove(tree: dict[str, Table], parts: Collection[Part]) -> None:
    """Take parts out of a bank, with all that belongs to them."""
    for part in parts:
        match part:
            case ("scenarios" | "practice" as section, name):
                tree[section].pop(name, None)
                if section == "scenarios":
                    _remove_credits(tree, name)
            case (where, scenario, option) if where == OPTIONS:
                _remove_option(tree, scenario, option)
            case (where, form, scenario) if where == MEMBERS:
                _remove_member(table_of(tree["forms"].get(form)), scenario)
            case ("forms", name):
                tree["forms"].pop(name, None)
            case ("sources", name):
                table_of(tree["sources"].get("sources")).pop(name, None)
            case (where, name) if where == FIELDS:
                _remove_field(tree["bank"], name)
            case _:
                _remove_from_model(tree["competencies"], part[0], part[1])


def _remove_credits(tree: dict[str, Table], scenario: str, option: str = "") -> None:
    for key in tree[KEYS].values():
        of_key = table_of(table_of(key).get("scenarios"))
        if option:
            table_of(of_key.get(scenario)).pop(option, None)
        else:
            of_key.pop(scenario, None)


def _remove_option(tree: dict[str, Table], scenario: str, option: str) -> None:
    for section in ("scenarios", "practice"):
        content = table_of(tree[section].get(scenario))
        if isinstance(content.get("options"), list):
            content["options"] = [each for each in content["options"] if table_of(each).get("id") != option]
    _remove_credits(tree, scenario, option)


def _remove_member(form: Table, scenario: str) -> None:
    for part in ("practice", "scenarios"):
        if scenario in _texts(form, part):
            form[part] = [each for each in form[part] if each != scenario]
    if scenario in table_of(form.get("formats")):
        del form["formats"][scenario]
        if not form["formats"]:
            del form["formats"]


def _remove_field(bank: Table, name: str) -> None:
    *path, last = name.split(".")
    for step in path:
        bank = table_of(bank.get(step))
    bank.pop(last, None)


def _remove_from_model(model: Table, section: str, name: str) -> None:
    if section == "groups":
        model["groups"] = [group for group in model.get("groups", []) if group["id"] != name]
        return
    model.get(section, {}).pop(name, None)
    for group in model.get("groups", []) if section == "competencies" else ():
        group["competencies"] = [each for each in group.get("competencies", ()) if each != name]


def citations(tree: Mapping[str, Table]) -> Iterator[Citation]:
    """Give every id that scenarios, keys, forms and groups use."""
    for name, content in tree["scenarios"].items():
        part = ("scenarios", name)
        for column, of in (("competency", "competencies"), ("style", "styles"), ("twin", "scenarios")):
            if of_scenario := table_of(content).get(column):
                yield Citation(part, column, of, str(of_scenario))
        yield from (Citation(part, "sources", "sources", each) for each in _texts(content, "sources"))
    for key in tree[KEYS].values():
        for scenario, options in table_of(table_of(key).get("scenarios")).items():
            for option, credit in table_of(options).items():
                of_option = (OPTIONS, scenario, option)
                yield from (Citation(of_option, "key sources", "sources", each) for each in _texts(credit, "sources"))
                if irritant := table_of(credit).get("irritant"):
                    yield Citation(of_option, "irritant", IRRITANTS, str(irritant))
    for name, form in tree["forms"].items():
        for of in ("practice", "scenarios"):
            yield from (Citation((MEMBERS, name, each), "scenario", of, each) for each in _texts(form, of))
        yield Citation(("forms", name), "key", KEYS, str(table_of(form).get("key")))


def table_of(content: object) -> Table:
    """Return a table itself, and an empty one for whatever else a file or the hidden sheet may hold."""
    return content if isinstance(content, dict) else {}


def _texts(content: object, field: str) -> list[str]:
    listed = table_of(content).get(field)
    return [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []


def values_of(tree: Mapping[str, Table], key: str) -> Table:
    """Return the values of a key by scenario."""
    return table_of(table_of(tree[KEYS].get(key)).get("scenarios"))


def ids_of(tree: Mapping[str, Table], of: str) -> Collection[str]:
    """Return the ids that there are of a kind."""
    if of in {"competencies", "styles", IRRITANTS}:
        return table_of(tree["competencies"].get(of))
    return table_of(tree["sources"].get("sources")) if of == "sources" else tree[of]
