"""What a workbook would break of flip pairs and irritants, and ``eiassess bank check`` would then refuse.

What was so in the bank already is left to the check: only what the workbook changes is refused, where it changes it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

from eiassess.banks.checks.findings import printable
from eiassess.banks.checks.irritants import Place, misplaced
from eiassess.banks.checks.twins import SHARED, names_back
from eiassess.banks.exchange.contents import KEYS, SCENARIOS, Table
from eiassess.banks.exchange.removing import IRRITANTS, table_of, values_of
from eiassess.banks.exchange.spreadsheet.parts import OPTIONS, Part
from eiassess.domain.keys import KeyingMethod
from eiassess.domain.scenarios import ScenarioKind

Tree = Mapping[str, Table]
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Broken:
    """A rule that a cell breaks: the scenario, the part and the column where it stands, and what to do."""

    scenario: str
    at: Part
    column: str
    said: str


def unlike_twins(before: Tree, after: Tree) -> Iterator[Broken]:
    """Give what a workbook changes in one half of a pair and not in the other."""
    for name, content in after[SCENARIOS].items():
        twin = _twin(after, name)
        if not names_back(name, twin, _twin(after, twin)):
            continue
        if _twin(before, name) == twin and _twin(before, twin) == name:
            yield from _unlike_scene(name, twin, before, after)
            yield from _unlike_options(name, twin, before, after)
        elif _texts(content) != _texts(after[SCENARIOS][twin]):
            mend = "write the same texts in both, or name another twin"
            said = printable(f"the options are not those of {twin!r}, letter by letter; {mend}")
            yield Broken(name, (SCENARIOS, name), "twin", said)


def _unlike_scene(name: str, twin: str, before: Tree, after: Tree) -> Iterator[Broken]:
    old, new, other = (table_of(tree[SCENARIOS].get(of)) for tree, of in ((before, name), (after, name), (after, twin)))
    for column in SHARED:
        here, there, was = (str(content.get(column)) for content in (new, other, old))
        if here not in {there, was}:
            said = (
                f"is {here!r}, and of the twin {twin!r} {there!r}; write the same in both, or leave this one as it was"
            )
            yield Broken(name, (SCENARIOS, name), column, printable(said))


def _unlike_options(name: str, twin: str, before: Tree, after: Tree) -> Iterator[Broken]:
    old, new, other = (_texts(tree[SCENARIOS].get(of)) for tree, of in ((before, name), (after, name), (after, twin)))
    for option in sorted({*old, *new}):
        if new.get(option) in {other.get(option), old.get(option)}:
            continue
        column, said = "text", f"is not the text of option {option} of the twin {twin!r}"
        mend = "twins share every text, letter by letter: write it there too, or leave this one as it was"
        if option not in new:
            column, said = "", f"the twin {twin!r} still has this option"
            mend = "twins share every option: remove it there too, or keep it here"
        elif option not in other:
            column, said = "option", f"the twin {twin!r} has no option {option!r}"
            mend = "twins share every option: add it there too, or take it out here"
        yield Broken(name, (OPTIONS, name, option), column, printable(f"{said}; {mend}"))


def misplaced_irritants(before: Tree, after: Tree) -> Iterator[Broken]:
    """Give the irritants that a workbook puts where none can stand."""
    for key in after[KEYS]:
        for name, options in values_of(after, key).items():
            for option, credit in table_of(options).items():
                yield from _misplaced(before, after, key, (OPTIONS, name, option), table_of(credit))


def _misplaced(before: Tree, after: Tree, key: str, part: Part, credit: Table) -> Iterator[Broken]:
    _, name, option = part
    irritant, value = str(credit.get("irritant", "")), credit.get("value")
    meant = table_of(table_of(after["competencies"].get(IRRITANTS)).get(irritant))
    scenario = table_of(after[SCENARIOS].get(name))
    if not meant or not isinstance(value, int | float):
        return
    place = Place(
        value=value,
        middle=_middle(after, key),
        is_feeling=scenario.get("kind") == ScenarioKind.EMOTIONS,
        is_half=bool(scenario.get("twin")),
    )
    found = misplaced(irritant, place, singles_only=meant.get("singles_only") is True)
    by_experts = table_of(after[KEYS][key]).get("method") != KeyingMethod.THEORY
    if found is None or (found.by_value and by_experts):
        return
    said = f"{irritant!r} cannot stand here: {found.said}. {found.mend}"
    old = table_of(table_of(values_of(before, key).get(name)).get(option))
    if old.get("irritant") != irritant:
        yield Broken(name, part, "irritant", printable(said))
    elif found.by_value and old.get("value") != value:
        yield Broken(name, part, "value", printable(said))
    elif place.is_half and not _twin(before, name):
        yield Broken(name, (SCENARIOS, name), "twin", printable(f"option {option}: {said}"))


def _middle(tree: Tree, key: str) -> float:
    """Give the middle of a key's scale; where it has none that can be read, no value is beyond it."""
    match table_of(tree[KEYS][key]).get("scale"):
        case [int(lowest), int(highest)]:
            return (lowest + highest) / 2
        case _:
            return inf


def _twin(tree: Tree, name: str) -> str:
    return str(table_of(tree[SCENARIOS].get(name)).get("twin") or "")


def _texts(scenario: object) -> Texts:
    options = table_of(scenario).get("options")
    listed = [table_of(each) for each in options] if isinstance(options, list) else []
    return {str(each.get("id")): str(each.get("text")) for each in listed}
