"""What a workbook would make of a bank: its good parts in the place of those that there are, all else left alone."""

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eiassess.banks.catalog import BANK_FILES
from eiassess.banks.checks.findings import printable
from eiassess.banks.exchange import keeping, sheets
from eiassess.banks.exchange.building import Built, build
from eiassess.banks.exchange.contents import KEYS, ROOMS, BankContents, Table, problems_of
from eiassess.banks.exchange.row_reading import FILE_NAME, read_rows
from eiassess.banks.exchange.sheets import AS_WRITTEN, SheetProblem
from eiassess.banks.exchange.workbook_reading import RawKind, RawSheet, read_workbook
from eiassess.errors import BankError

_FILE_SHEETS = {"bank": sheets.BANK, "competencies": sheets.COMPETENCIES, "sources": sheets.SOURCES}


@dataclass(frozen=True)
class Import:
    """What an import would do.

    Parameters
    ----------
    problems
        What of the workbook is refused, and why.
    """

    before: BankContents
    after: BankContents
    problems: tuple[SheetProblem, ...]


def read_import(path: Path, before: BankContents) -> Import:
    """Read a workbook and lay its good parts over a bank; nothing is removed but what a part itself no longer has.

    Raises
    ------
    InvalidInputError
        The file is no workbook that can be read.
    """
    raw = {sheet.name: sheet for sheet in read_workbook(path)}
    rows = {sheet.name: read_rows(sheet, raw[sheet.name]) for sheet in sheets.SHEETS if sheet.name in raw}
    missing = [
        SheetProblem(sheet.name, 0, "", "is missing; nothing of it is changed")
        for sheet in sheets.SHEETS
        if sheet.name not in raw
    ]
    built = build(rows)
    records, damaged = _kept(raw.get(AS_WRITTEN))
    # What was kept is put back last: nobody vouches for its shape, and only the decoders look at it after this.
    tree = keeping.put_back(_merged(before.tree, built), records)
    after = BankContents(before.name, tree, _places(before, built.tree))
    refused = _settle(before, after, built)
    problems = [
        *missing,
        *damaged,
        *(each for one in rows.values() for each in one.problems),
        *built.problems,
        *refused,
    ]
    return Import(before, after, tuple(problems))


def _kept(raw: RawSheet | None) -> tuple[tuple[keeping.Kept, ...], list[SheetProblem]]:
    if raw is None:
        return (), []
    cells = [row[0] for _, row in raw.rows[1:]]
    text = "".join(str(cell.value) for cell in cells if cell.kind is RawKind.TEXT)
    try:
        return keeping.from_text(text or "[]"), []
    except ValueError as error:
        said = f"was edited and cannot be read ({error}); lines are broken and numbers written as usual"
        return (), [SheetProblem(AS_WRITTEN, 0, "", said)]


def _merged(before: Mapping[str, Table], built: Built) -> dict[str, Table]:
    merged, tree = copy.deepcopy(dict(before)), built.tree
    for section in ROOMS:
        if section != KEYS:
            merged[section] |= tree[section]
    _move_between(merged, tree)
    for name, key in tree[KEYS].items():
        merged[KEYS][name] = _key(merged[KEYS].get(name, {}), key)
    merged["bank"] = tree["bank"] or merged["bank"]
    if built.of(sheets.SOURCES).is_there:
        merged["sources"] = {**merged["sources"], **_over(merged["sources"], tree["sources"], "sources")}
    if built.of(sheets.COMPETENCIES).is_there:
        merged["competencies"] = _model(merged["competencies"], tree["competencies"])
    return merged


def _move_between(merged: dict[str, Table], tree: dict[str, Table]) -> None:
    """Let a scenario be either for practice or not."""
    for section, other in (("scenarios", "practice"), ("practice", "scenarios")):
        for name in tree[section]:
            merged[other].pop(name, None)


def _key(before: Table, key: Table) -> Table:
    """Lay a key over another: of scenarios that are not in the workbook, the values stay."""
    return {**key, "scenarios": {**before.get("scenarios", {}), **key["scenarios"]}}


def _over(before: Table, content: Table, name: str) -> Table:
    """Lay a table of named entries over another, new order first."""
    new, old = content[name], before.get(name, {})
    return {name: {**new, **{each: old[each] for each in old if each not in new}}}


def _model(before: Table, model: Table) -> Table:
    """Lay a model over another; whoever has no good row of its own stays where it is."""
    merged = {**before, **model, **_over(before, model, "competencies"), **_over(before, model, "styles")}
    old = {group["id"]: group for group in before.get("groups", [])}
    groups = []
    for group in model["groups"]:
        members = old.pop(group["id"], {}).get("competencies", ())
        stay = [each for each in members if each not in model["competencies"]]
        groups.append({**group, "competencies": [*group["competencies"], *stay]})
    return {**merged, "groups": [*groups, *old.values()]}


def _places(before: BankContents, tree: dict[str, Table]) -> dict[str, str]:
    """Keep files where they lie, unless that was the folder of a competency which the scenario has no longer."""
    places = dict(before.places)
    for section, other in (("scenarios", "practice"), ("practice", "scenarios")):
        for name in tree[section]:
            usual = {"practice", str(before.tree["scenarios"].get(name, {}).get("competency"))}
            if places.get(name) in usual or name in before.tree[other]:
                places.pop(name, None)
    return places


def _settle(before: BankContents, after: BankContents, built: Built) -> list[SheetProblem]:
    """Take back every part that the product could not read, until none is left that the workbook brought."""
    problems: list[SheetProblem] = []
    while taken_back := [each for each in _unreadable(after) if _take_back(before, after, *each[:2])]:
        problems += (_as_problem(built, *each) for each in taken_back)
    return problems


def _unreadable(after: BankContents) -> list[tuple[str, str, BankError]]:
    found = list(problems_of(after))
    for section in ROOMS:
        for name, content in after.tree[section].items():
            folder = after.place_of(section, name) if section in {"scenarios", "practice"} else "any"
            if not FILE_NAME.fullmatch(name) or not FILE_NAME.fullmatch(folder):
                problem = "cannot name a file; expected letters, digits and hyphens"
                found.append((section, name, BankError(section, "id", f"{name!r} in {folder!r} {problem}")))
            elif isinstance(content, dict) and content.get("id") != name:
                found.append((section, name, BankError(section, "id", f"is not {name!r}, the name of its file")))
    return found


def _take_back(before: BankContents, after: BankContents, section: str, name: str) -> bool:
    """Put a part back as it was; say whether that changes anything."""
    if section in BANK_FILES:
        changed = any(not is_same(before.tree[file], after.tree[file]) for file in BANK_FILES)
        for file in BANK_FILES:
            after.tree[file].clear()
            after.tree[file].update(copy.deepcopy(before.tree[file]))
        return changed
    old = before.tree[section].get(name)
    changed = name in after.tree[section] and not is_same(old, after.tree[section][name])
    if changed and old is not None:
        after.tree[section][name] = copy.deepcopy(old)
    elif changed:
        del after.tree[section][name]
    return changed


def is_same(one: object, other: object) -> bool:
    """Tell whether two contents are the same to the last digest."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _as_problem(built: Built, section: str, name: str, problem: BankError) -> SheetProblem:
    if section in BANK_FILES:
        sheet, row = built.at.get((section, problem.field), (_FILE_SHEETS[section].name, 0))
    else:
        sheet, row = built.at.get((section, name), (section.capitalize(), 0))
    said = f"{problem.field}: {problem.problem}" if problem.field else problem.problem
    return SheetProblem(sheet, row, "", said if row or not name else f"{printable(repr(name))}: {said}")
