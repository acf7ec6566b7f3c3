"""New ids beside parts without a row: most often a letter is wrong, so both are left and the id that is meant is named.

A row that is missing removes nothing, and a row that may be meant for another part adds nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eiassess.banks.exchange.contents import Table
from eiassess.banks.exchange.spreadsheet import sheets
from eiassess.banks.exchange.spreadsheet.parts import QUESTIONS, Built
from eiassess.banks.exchange.spreadsheet.same_ids import guess, option_ids
from eiassess.banks.exchange.spreadsheet.sheets import Cell, ReadRow, Sheet, SheetProblem
from eiassess.banks.exchange.spreadsheet.showing import shown_cell

_TELLING = ("title", "name", "situation", "definition", "establishes", "description")
"""Texts that no two parts of a bank share."""


def doubt_parts(built: Built, section: str, sheet: Sheet, found: Mapping[str, ReadRow]) -> None:
    """Refuse each new part that is probably an old one under a mistyped id."""
    old = _old_parts(built, section)
    here = {str(row.values["id"]) for row in built.of(sheet).everything if "id" in row.values}
    gone = {name: content for name, content in old.items() if name not in here}
    by_text = {text: name for name, content in gone.items() for text in _telling(content)}
    for name, row in found.items():
        if row.removes and name not in old and old:
            said = f"there is no {name!r} to remove{guess(name, gone)}"
            built.notes.append(SheetProblem(sheet.name, row.number, sheets.REMOVE.capitalize(), said))
        elif name not in old and (meant := _meant(built, section, row, gone, by_text)):
            said = (
                f"{name!r} is new, and {meant!r} has no row: is {meant!r} meant? Neither is touched; if both are "
                f"wanted, give {meant!r} its row too, and to rename it, write {sheets.REMOVE} in that row"
            )
            built.refuse((section, name), sheet, row.number, "Id", said)


def _old_parts(built: Built, section: str) -> Mapping[str, Table]:
    if section in {"competencies", "styles"}:
        return built.before["competencies"].get(section, {})  # type: ignore[no-any-return]  # a file's content
    if section == "groups":
        return {group["id"]: group for group in built.before["competencies"].get("groups", [])}
    return built.before["sources"].get("sources", {}) if section == "sources" else built.before[section]


def _telling(content: Mapping[str, object]) -> Iterator[tuple[str, Cell]]:
    for field in _TELLING:
        shown = shown_cell(content.get(field))
        if shown is not None:
            yield field, shown


def _meant(
    built: Built, section: str, row: ReadRow, gone: Mapping[str, Table], by_text: Mapping[tuple[str, Cell], str]
) -> str:
    """Return the part without a row that shares a text with a new one, or, for a key, is spelt nearly alike."""
    for text in _telling(row.values):
        if text in by_text:
            return by_text[text]
    near = next((name for name in gone if guess(row.text("id"), (name,))), "")
    if section == "keys":  # it has no text of its own; whoever makes a new one names it in a form
        forms = {str(form.values.get("key")) for form in built.of(sheets.FORMS).rows}
        return "" if row.text("id") in forms else near
    return near if near and _is_much_alike(row.values, gone[near]) else ""


def _is_much_alike(one: Mapping[str, Cell], other: Mapping[str, object]) -> bool:
    """Tell whether most words of two parts are the same, although each text was edited."""
    words, others = (_words(dict(each)) for each in (one, other))
    return 2 * len(words & others) > len(words | others)


def _words(content: Mapping[str, object]) -> set[str]:
    return {word for field in _TELLING for word in str(content.get(field, "")).casefold().split()}


@dataclass(frozen=True)
class _Missing:
    """An option that the bank has and the sheet has not."""

    scenario: str
    option: str
    text: Cell


def doubt_options(built: Built, section: str, sheet: Sheet, heads: Mapping[str, ReadRow]) -> None:
    """Leave a scenario as it is where one of its options may be the row that stands elsewhere."""
    strays = list(_strays(built, section, sheet, heads))
    for missing in _missing_options(built, section, sheet, heads):
        for row in strays:
            if _may_be(missing, row, is_of_new=_is_of_new(built, section, row, heads)):
                _leave(built, section, sheet, row, missing)
                break


def _strays(built: Built, section: str, sheet: Sheet, heads: Mapping[str, ReadRow]) -> Iterator[ReadRow]:
    """Give the rows that may stand under a mistyped id: of nothing that there is, twice, new or not to be read."""
    seen: set[tuple[str, str]] = set()
    yield from built.of(sheet).bad
    for row in built.of(sheet).rows:
        name, option = row.text("scenario"), row.text("id")
        old = built.before[section].get(name)
        is_new = old is None or option not in option_ids(old)
        if name not in heads or (name, option) in seen or is_new:
            yield row
        seen.add((name, option))


def _missing_options(built: Built, section: str, sheet: Sheet, heads: Mapping[str, ReadRow]) -> Iterator[_Missing]:
    here = {(str(row.values.get("scenario")), str(row.values.get("id"))) for row in built.of(sheet).everything}
    for name in heads:
        old = built.before[section].get(name, {})
        for option in option_ids(old) if built.of(sheet).is_there else ():
            if (name, option) not in here:
                text = next(each.get("text") for each in old["options"] if each.get("id") == option)
                yield _Missing(name, option, shown_cell(text))


def _is_of_new(built: Built, section: str, row: ReadRow, heads: Mapping[str, ReadRow]) -> bool:
    name = str(row.values.get("scenario", ""))
    return name in heads and name not in built.before[section]


def _may_be(missing: _Missing, row: ReadRow, *, is_of_new: bool) -> bool:
    """Tell whether a row may be the one that is missing, with one id of it mistyped."""
    if row.values.get("text") == missing.text or row.values.get("scenario") == missing.scenario:
        return True
    return not is_of_new and row.values.get("id") in {None, missing.option}


def _leave(built: Built, section: str, sheet: Sheet, row: ReadRow, missing: _Missing) -> None:
    owner = str(row.values.get("scenario", ""))
    meant = f"option {missing.option!r} of {missing.scenario!r}"
    said = f"is it {meant}, which has no row? {missing.scenario!r} is left as it was"
    built.refuse((section, missing.scenario), sheet, row.number, "", said)
    if owner in built.tree[section]:
        built.refused.add((section, owner))


def doubt_members(built: Built, heads: Mapping[str, ReadRow]) -> None:
    """Leave a form as it is where a row of it may stand under another form, or name another scenario."""
    sheet = sheets.FORM_SCENARIOS
    rows = built.of(sheet)
    here = {(str(row.values.get("form")), str(row.values.get("scenario"))) for row in rows.everything}
    strays = [*rows.bad, *_stray_members(built, heads)]
    for name in heads:
        old = built.before["forms"].get(name, {})
        for scenario in (*old.get("practice", ()), *old.get("scenarios", ())) if rows.is_there else ():
            stray = next((row for row in strays if _may_be_member(row, name, scenario)), None)
            if (name, scenario) not in here and stray:
                said = f"is it {scenario!r} of form {name!r}, which has no row? {name!r} is left as it was"
                built.refuse(("forms", name), sheet, stray.number, "", said)
                built.refused.add(("forms", str(stray.values.get("form", ""))))


def _stray_members(built: Built, heads: Mapping[str, ReadRow]) -> Iterator[ReadRow]:
    seen: set[tuple[str, str]] = set()
    for row in built.of(sheets.FORM_SCENARIOS).rows:
        form, scenario = row.text("form"), row.text("scenario")
        old = built.before["forms"].get(form)
        is_new = old is not None and scenario not in (*old.get("practice", ()), *old.get("scenarios", ()))
        if form not in heads or (form, scenario) in seen or is_new:
            yield row
        seen.add((form, scenario))


def _may_be_member(row: ReadRow, form: str, scenario: str) -> bool:
    return row.values.get("form", form) == form or row.values.get("scenario", scenario) == scenario


def doubt_questions(built: Built, questions: Mapping[str, object]) -> None:
    """Leave a competency or style as it is where a question of it may stand under another."""
    sheet, model = sheets.INTERVIEW, built.tree["competencies"]
    parts = {f"{of} {name}": (section, name) for of, section in _MODEL.items() for name in model[section]}
    old = {owner: _old_count(built, *part) for owner, part in parts.items()}
    counts = {owner: built.counts.get((QUESTIONS, owner), 0) for owner in parts}
    few = [owner for owner in parts if counts[owner] < old[owner]]
    orphans = [owner for owner in questions if owner not in parts and owner not in built.of(sheet).refused(sheet)]
    heads = _heads_of_questions(built)
    for owner in orphans:
        if owner not in heads:
            of, name = owner.split(" ", 1)
            near = "" if name in _old_parts(built, _MODEL[of]) else guess(owner, heads)
            said = f"{owner!r} has no row of its own{near}; its rows are left alone"
            built.problems.append(SheetProblem(*built.at[QUESTIONS, owner], "Id", said))
    many = [owner for owner in parts if counts[owner] > old[owner] > 0]
    if few and (orphans or many or built.of(sheet).bad):
        for owner in (*few, *many):
            section, name = parts[owner]
            said = (
                f"{owner!r} has {counts[owner]} rows and had {old[owner]}; it is left as it was while a row is in doubt"
            )
            built.refuse(parts[owner], sheet, built.at.get((QUESTIONS, owner), ("", 0))[1], "", said)
            del model[section][name]


_MODEL = {"competency": "competencies", "style": "styles"}


def _old_count(built: Built, section: str, name: str) -> int:
    return len(built.before["competencies"].get(section, {}).get(name, {}).get("interview", ()))


def _heads_of_questions(built: Built) -> set[str]:
    of_sheets = {"competency": sheets.COMPETENCIES, "style": sheets.STYLES}
    return {
        f"{of} {row.values['id']}"
        for of, sheet in of_sheets.items()
        for row in built.of(sheet).everything
        if "id" in row.values
    }
