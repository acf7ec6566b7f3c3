"""What a workbook would make of a bank: its good parts in the place of those that there are, all else left alone."""

import copy
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from eiassess.banks.catalog import BANK_FILES
from eiassess.banks.checks.findings import printable
from eiassess.banks.exchange import keeping
from eiassess.banks.exchange.contents import KEYS, ROOMS, SCENARIOS, BankContents, Table, problems_of
from eiassess.banks.exchange.one_way import one_way_twins
from eiassess.banks.exchange.pair_rules import misplaced_irritants, unlike_twins
from eiassess.banks.exchange.removing import IRRITANTS, Citation, citations, ids_of, remove, values_of
from eiassess.banks.exchange.spreadsheet import sheets
from eiassess.banks.exchange.spreadsheet.building import build
from eiassess.banks.exchange.spreadsheet.laying import lay_over
from eiassess.banks.exchange.spreadsheet.parts import MEMBERS, OPTIONS, Built, Part
from eiassess.banks.exchange.spreadsheet.reading import RawKind, RawSheet, read_workbook
from eiassess.banks.exchange.spreadsheet.rows import read_rows
from eiassess.banks.exchange.spreadsheet.same_ids import FILE_NAME, guess, take_as_meant
from eiassess.banks.exchange.spreadsheet.sheets import AS_WRITTEN, SheetProblem
from eiassess.errors import BankError

_ONE = {
    "competencies": "competency",
    "styles": "style",
    "sources": "source",
    "scenarios": "scenario",
    "practice": "practice scenario",
    "keys": "key",
    IRRITANTS: "irritant",
}
_FILE_SHEETS = {"bank": sheets.BANK, "competencies": sheets.COMPETENCIES, "sources": sheets.SOURCES}


@dataclass(frozen=True)
class Import:
    """What an import would do.

    Parameters
    ----------
    problems
        What of the workbook is refused, and why.
    notes
        What is taken otherwise than it stands there, and what stays although it has no row.
    """

    before: BankContents
    after: BankContents
    problems: tuple[SheetProblem, ...]
    notes: tuple[SheetProblem, ...] = ()


def read_import(path: Path, before: BankContents) -> Import:
    """Read a workbook and lay its good parts over a bank; nothing is removed but what a row says is to go.

    Raises
    ------
    InvalidInputError
        The file is no workbook that can be read.
    """
    return import_of(read_workbook(path), before)


def import_of(read: Iterable[RawSheet], before: BankContents) -> Import:
    """Lay the good parts of a workbook's sheets over a bank."""
    raw = {sheet.name: sheet for sheet in read}
    rows = {sheet.name: read_rows(sheet, raw[sheet.name]) for sheet in sheets.SHEETS if sheet.name in raw}
    missing = [
        SheetProblem(sheet.name, 0, "", "is missing; nothing of it is changed")
        for sheet in sheets.SHEETS
        if sheet.name not in raw
    ]
    rows, taken = take_as_meant(rows, before)
    built = build(rows, before.tree)
    records, damaged = _kept(raw.get(AS_WRITTEN))
    # What was kept is put back last: nobody vouches for its shape, and only the decoders look at it after this.
    laid = keeping.put_back(lay_over(before.tree, built), records)
    after, refused = _settled(before, laid, built)
    problems = [
        *missing,
        *damaged,
        *(each for one in rows.values() for each in one.problems),
        *built.problems,
        *refused,
    ]
    return Import(before, after, tuple(problems), (*taken, *built.notes))


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


def _places(before: BankContents, tree: Mapping[str, Table]) -> dict[str, str]:
    """Keep files where they lie, unless that was the folder of a competency which the scenario has no longer."""
    places = dict(before.places)
    for section, other in (("scenarios", "practice"), ("practice", "scenarios")):
        for name in tree[section]:
            usual = {"practice", str(before.tree["scenarios"].get(name, {}).get("competency"))}
            if places.get(name) in usual or name in before.tree[other]:
                places.pop(name, None)
    return places


def _settled(before: BankContents, laid: Mapping[str, Table], built: Built) -> tuple[BankContents, list[SheetProblem]]:
    """Remove what is to be removed and take back what cannot be used, until nothing that stays misses anything."""
    removals = built.settled_removals()
    refused: list[SheetProblem] = []
    while True:
        tree = copy.deepcopy(dict(laid))
        remove(tree, removals)
        _drop_twins(tree, before)
        after = BankContents(before.name, tree, _places(before, tree))
        problems = _settle(before, after, built)
        needed = dict(_still_needed(after, laid, removals))
        if not needed:
            return after, [*refused, *problems]
        refused += (replace(removals.pop(part), said=said) for part, said in needed.items())


def _drop_twins(tree: dict[str, Table], before: BankContents) -> None:
    """Let a scenario stay on its side, practice or not, where the word that would move it cannot be followed."""
    for section, other in (("scenarios", "practice"), ("practice", "scenarios")):
        for name in [each for each in tree[section] if each in tree[other] and each in before.tree[section]]:
            del tree[other][name]


def _still_needed(
    after: BankContents, laid: Mapping[str, Table], removals: Mapping[Part, SheetProblem]
) -> Iterator[tuple[Part, str]]:
    for each in citations(after.tree):
        if (each.of, each.name) in removals and each.name not in ids_of(after.tree, each.of):
            used_by = f"{each.by[1]}" if each.by[0] != MEMBERS else f"form {each.by[1]}"
            yield (each.of, each.name), f"{each.name!r} stays, since {used_by} still uses it"
    for group in laid["competencies"].get("groups", []):
        stay = [each for each in group["competencies"] if ("competencies", each) not in removals]
        if ("groups", group["id"]) in removals and stay:
            yield ("groups", group["id"]), f"{group['id']!r} stays, since {stay[0]} is in it"


@dataclass(frozen=True)
class _Unusable:
    """A part that cannot be used; where that is to be seen is another part, and a column, if it names them."""

    section: str
    name: str
    problem: BankError
    at: Part = ()
    column: str = ""

    @property
    def part(self) -> Part:
        return self.section, self.name


def _settle(before: BankContents, after: BankContents, built: Built) -> list[SheetProblem]:
    """Take back every part that the product could not use, until none is left that the workbook brought."""
    problems: list[SheetProblem] = []
    while True:
        found = list(_unknown(before, after)) or list(_one_way(before, after)) or list(_breaking(before, after))
        found = found or _unreadable(after)
        taken_back = {each.part for each in found if _take_back(before, after, *each.part)}
        if not taken_back:
            return problems
        problems += (_as_problem(built, each) for each in found if each.part in taken_back)


def _unknown(before: BankContents, after: BankContents) -> Iterator[_Unusable]:
    """Find ids that name nothing, and did not do so before."""
    there = set(citations(before.tree))
    for each in citations(after.tree):
        known = ids_of(after.tree, each.of)
        is_open = each.of != IRRITANTS and not known
        is_open |= each.of == KEYS and not before.tree[KEYS]  # keys may lie elsewhere
        if not is_open and each.name not in known and each not in there:
            said = f"the bank has no {_ONE[each.of]} {printable(repr(each.name))}{guess(each.name, known)}"
            said += _of_irritants(each, known)
            section = {OPTIONS: "scenarios", MEMBERS: "forms"}.get(each.by[0], each.by[0])
            yield _Unusable(section, each.by[1], BankError(section, "", said), each.by, each.column)


def _of_irritants(each: Citation, known: Collection[str]) -> str:
    """Say what else to write: irritants have no sheet of their own."""
    if each.of != IRRITANTS:
        return ""
    there = printable(", ".join(known) or "none")
    return f"; name one of the bank's ({there}), or add it to competencies.toml first"


def _one_way(before: BankContents, after: BankContents) -> Iterator[_Unusable]:
    """Find halves of pairs that the workbook leaves alone."""
    for name, said in one_way_twins(before.tree, after.tree):
        yield _Unusable(SCENARIOS, name, BankError(SCENARIOS, "", said), (SCENARIOS, name), "twin")


def _breaking(before: BankContents, after: BankContents) -> Iterator[_Unusable]:
    """Find what the workbook would break of pairs and irritants."""
    broken = chain(unlike_twins(before.tree, after.tree), misplaced_irritants(before.tree, after.tree))
    for each in broken:
        yield _Unusable(SCENARIOS, each.scenario, BankError(SCENARIOS, "", each.said), each.at, each.column)


def _unreadable(after: BankContents) -> list[_Unusable]:
    found = [_Unusable(*each) for each in problems_of(after)]
    for section in ROOMS:
        for name, content in after.tree[section].items():
            folder = after.place_of(section, name) if section in {"scenarios", "practice"} else "any"
            if not FILE_NAME.fullmatch(name) or not FILE_NAME.fullmatch(folder):
                problem = "cannot name a file; expected letters, digits and hyphens"
                found.append(_Unusable(section, name, BankError(section, "id", f"{name!r} in {folder!r} {problem}")))
            elif isinstance(content, dict) and content.get("id") != name:
                found.append(
                    _Unusable(section, name, BankError(section, "id", f"is not {name!r}, the name of its file"))
                )
    return found


def _take_back(before: BankContents, after: BankContents, section: str, name: str) -> bool:
    """Put a part back as it was, with what belongs to it; say whether that changes anything."""
    if section in BANK_FILES:
        changed = any(not is_same(before.tree[file], after.tree[file]) for file in BANK_FILES)
        for file in BANK_FILES:
            after.tree[file].clear()
            after.tree[file].update(copy.deepcopy(before.tree[file]))
        return changed
    belonging = _with_other_values(before, after, name) if section == KEYS else []
    changed = _put_back(before.tree[section], after.tree[section], name)
    for scenario in belonging:
        _put_back(before.tree["scenarios"], after.tree["scenarios"], scenario)
    if section == "scenarios":
        for key in after.tree[KEYS]:
            changed |= _put_back(values_of(before.tree, key), values_of(after.tree, key), name)
    return changed


def _with_other_values(before: BankContents, after: BankContents, key: str) -> list[str]:
    """List the scenarios of the bank whose values in a key were changed."""
    old, new = values_of(before.tree, key), values_of(after.tree, key)
    return [name for name in before.tree["scenarios"] if not is_same(old.get(name), new.get(name))]


def _put_back(old: Table, new: Table, name: str) -> bool:
    changed = (name in old, name in new) != (False, False) and not is_same(old.get(name), new.get(name))
    if changed and name in old:
        new[name] = copy.deepcopy(old[name])
    elif changed:
        del new[name]
    return changed


def is_same(one: object, other: object) -> bool:
    """Tell whether two contents are the same to the last digest."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _as_problem(built: Built, each: _Unusable) -> SheetProblem:
    section, name, problem = each.section, each.name, each.problem
    if section in BANK_FILES:
        sheet, row = built.at.get((section, problem.field), (_FILE_SHEETS[section].name, 0))
    else:
        sheet, row = built.at.get(each.at) or built.at.get((section, name), (section.capitalize(), 0))
    said = f"{problem.field}: {problem.problem}" if problem.field else problem.problem
    column = each.column.capitalize() if each.at in built.at else ""
    return SheetProblem(sheet, row, column, said if row or not name else f"{printable(repr(name))}: {said}")
