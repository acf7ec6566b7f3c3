"""Laying what a workbook makes over a bank: what has no row, and no word that removes it, stays and is said."""

import copy
from collections.abc import Collection, Iterable, Mapping

from eiassess.banks.exchange.contents import KEYS, Table
from eiassess.banks.exchange.spreadsheet import sheets
from eiassess.banks.exchange.spreadsheet.parts import FIELDS, OPTIONS, QUESTIONS, Built
from eiassess.banks.exchange.spreadsheet.same_ids import option_ids
from eiassess.banks.exchange.spreadsheet.sheets import REMOVE, Sheet, SheetProblem
from eiassess.banks.exchange.spreadsheet.showing import shown_cell
from eiassess.banks.tables.csv_records import listed

_HEADS = {
    "scenarios": sheets.SCENARIOS,
    "practice": sheets.PRACTICE,
    "forms": sheets.FORMS,
    "competencies": sheets.COMPETENCIES,
    "styles": sheets.STYLES,
    "groups": sheets.GROUPS,
    "sources": sheets.SOURCES,
}


def lay_over(before: Mapping[str, Table], built: Built) -> dict[str, Table]:
    """Return the bank with everything that the workbook holds; nothing of it is removed yet."""
    laid, tree = copy.deepcopy(dict(before)), built.tree
    for section, sheet in (("scenarios", sheets.OPTIONS), ("practice", sheets.PRACTICE_OPTIONS)):
        for name, content in tree[section].items():
            laid[section][name] = _scenario(built, section, sheet, content, before[section].get(name, {}))
    for name, key in tree[KEYS].items():
        laid[KEYS][name] = _key(built, key, before[KEYS].get(name, {}))
    for name, form in tree["forms"].items():
        laid["forms"][name] = _form(built, form, before["forms"].get(name, {}))
    if built.of(sheets.SOURCES).is_there:
        laid["sources"] = {**before["sources"], **_entries(built, "sources", tree["sources"], before["sources"])}
    if built.of(sheets.COMPETENCIES).is_there:
        laid["competencies"] = _model(built, tree["competencies"], before["competencies"])
    if tree["bank"]:
        laid["bank"], gone = _texts(built, tree["bank"], before["bank"], "")
        _stays(built, sheets.BANK, "", gone)
    elif not built.of(sheets.BANK).everything and built.of(sheets.BANK).is_there:
        _stays(built, sheets.BANK, "", list(before["bank"]))
    for section, sheet in _HEADS.items():
        _say_what_stays(built, section, sheet, laid)
    return laid


def in_order(new: Iterable[str], old: Iterable[str]) -> list[str]:
    """Put what stays beside what is new: each after the one that it came after.

    Examples
    --------
    >>> in_order(["d", "c", "x"], ["a", "b", "c", "d"])
    ['a', 'b', 'd', 'c', 'x']
    """
    found, before = list(dict.fromkeys(new)), ""
    for name in old:
        if name not in found:
            found.insert(found.index(before) + 1 if before in found else 0, name)
        before = name
    return found


def _note(built: Built, sheet: Sheet, row: int, column: str, said: str) -> None:
    built.notes.append(SheetProblem(sheet.name, row, column, said))


def _stays(built: Built, sheet: Sheet, of: str, names: Collection[str]) -> None:
    if names:
        said = (
            f"has no row for {of}{listed(names)}; nothing is removed for that "
            f"(to remove something, keep its row and write {REMOVE} in column {REMOVE.capitalize()})"
        )
        _note(built, sheet, 0, "", said)


def _filled(built: Built, part: tuple[str, ...], sheet: Sheet, new: Table, old: Table) -> Table:
    """Keep what an empty cell leaves out, and say so; a word in the cell takes it away."""
    kept = {}
    for column in sheet.columns:
        was = shown_cell(old.get(column.field))
        is_kept = not new.get(column.field) and new.get(column.field) is not False and was is not None
        if column.is_cleared_by_word and is_kept and column.field not in built.cleared.get(part, ()):
            kept[column.field] = old[column.field]
            _say_empty(built, part, sheet, column.name, was)
    return {name: kept.get(name, new.get(name)) for name in in_order(new, (each for each in old if each in kept))}


def _say_empty(built: Built, part: tuple[str, ...], sheet: Sheet, column: str, was: object) -> None:
    said = f"is empty; {str(was)[:40]!r} stays (to take it away, write {REMOVE} in the cell)"
    _note(built, sheet, built.at.get(part, ("", 0))[1], column, said)


def _scenario(built: Built, section: str, sheet: Sheet, new: Table, old: Table) -> Table:
    head = sheets.SCENARIOS if section == "scenarios" else sheets.PRACTICE
    name = str(new["id"])
    content = _filled(built, (section, name), head, new, old)
    were = {str(each["id"]): each for each in old.get("options", ())}
    options = {
        str(each["id"]): _filled(
            built, (OPTIONS, name, str(each["id"])), sheet, each, _of_text(were.get(each["id"], {}))
        )
        for each in new["options"]
    }
    order = in_order(options, option_ids(old))
    content["options"] = [options.get(each) or copy.deepcopy(were[each]) for each in order]
    if built.of(sheet).is_there:
        gone = [each for each in order if each not in options and (OPTIONS, name, each) not in built.removals]
        _stays(built, sheet, f"{name!r} option ", gone)
    return content


def _of_text(option: Table) -> Table:
    """Return what of an option stands in its scenario's file."""
    return {name: option[name] for name in ("feedback",) if name in option}


def _key(built: Built, new: Table, old: Table) -> Table:
    """Lay a key over another: of scenarios that are not in the workbook, the values stay."""
    content = _filled(built, (KEYS, str(new["id"])), sheets.KEYS, new, old)
    were = old.get("scenarios", {})
    credits_of = dict(were)
    for name in built.tree["scenarios"]:
        of_scenario = _credits(built, name, new["scenarios"].get(name, {}), were.get(name, {}))
        if of_scenario or name in were:
            credits_of[name] = of_scenario
    content["scenarios"] = credits_of
    return content


def _credits(built: Built, scenario: str, new: Table, old: Table) -> Table:
    found: Table = {}
    for option in in_order(new, old):
        part = (OPTIONS, scenario, option)
        if option in new:
            found[option] = _filled(built, part, sheets.OPTIONS, new[option], old.get(option, {}))
        elif "value" not in built.cleared.get(part, ()):
            found[option] = copy.deepcopy(old[option])
            if part in built.at and part not in built.removals:
                _say_empty(built, part, sheets.OPTIONS, "Value", old[option].get("value"))
    return found


def _form(built: Built, new: Table, old: Table) -> Table:
    name = str(new["id"])
    content = _filled(built, ("forms", name), sheets.FORMS, new, old)
    there = {*new["practice"], *new["scenarios"]}
    gone = []
    for part in ("practice", "scenarios"):
        stay = [each for each in old.get(part, ()) if each not in there]
        anchors = [each for each in old.get(part, ()) if each in stay or each in new[part]]
        content[part] = in_order(new[part], anchors)
        gone += [each for each in stay if ("members", name, each) not in built.removals]
    formats = {each: old["formats"][each] for each in old.get("formats", {}) if _keeps_format(built, name, each, new)}
    if formats or "formats" in new:
        content["formats"] = {**formats, **new.get("formats", {})}
    if built.of(sheets.FORM_SCENARIOS).is_there:
        _stays(built, sheets.FORM_SCENARIOS, f"{name!r} scenario ", gone)
    return content


def _keeps_format(built: Built, form: str, scenario: str, new: Table) -> bool:
    part = ("members", form, scenario)
    if scenario in new.get("formats", {}) or "format" in built.cleared.get(part, ()):
        return False
    if part in built.at and part not in built.removals:
        _say_empty(built, part, sheets.FORM_SCENARIOS, "Own format", built.before["forms"][form]["formats"][scenario])
    return True


def _entries(built: Built, name: str, new: Table, old: Table) -> Table:
    """Lay a table of named entries over another."""
    ours, theirs = new[name], old.get(name, {})
    sheet = _HEADS[name]
    found = {
        each: _filled(built, (name, each), sheet, ours[each], theirs.get(each, {})) if each in ours else theirs[each]
        for each in in_order(ours, theirs)
    }
    return {name: found}


def _model(built: Built, new: Table, old: Table) -> Table:
    """Lay a model over another; whoever has no good row of its own stays where it is."""
    laid = {**old, **new}
    for of, section in (("competency", "competencies"), ("style", "styles")):
        laid |= _entries(built, section, new, old)
        for name in new[section]:
            _keep_questions(built, f"{of} {name}", laid[section][name], old.get(section, {}).get(name, {}))
    laid["groups"] = _groups(built, new, old)
    return laid


def _keep_questions(built: Built, owner: str, entry: Table, old: Table) -> None:
    """Let all questions stay where some have no row: without ids, nobody can say which."""
    count, were = built.counts.get((QUESTIONS, owner), 0), old.get("interview", [])
    if count < len(were):
        entry["interview"] = copy.deepcopy(were)
        if built.of(sheets.INTERVIEW).is_there:
            said = f"has {count} of the {len(were)} rows for {owner!r}; all its questions stay as they were"
            _note(built, sheets.INTERVIEW, 0, "", said)


def _groups(built: Built, new: Table, old: Table) -> list[Table]:
    """Put each competency into the group that its row names, and without one into the group that it was in."""
    were = {group["id"]: group for group in old.get("groups", [])}
    ours = {group["id"]: group for group in new["groups"]}
    rows = {row.text("id"): row.values.get("group") for row in built.of(sheets.COMPETENCIES).rows}
    moved = {name for name in new["competencies"] if rows[name] or _leaves_its_group(built, name)}
    for name in new["competencies"]:
        of = next((group for group in were if name in were[group].get("competencies", ())), None)
        if name not in moved and of:
            _say_empty(built, ("competencies", name), sheets.COMPETENCIES, "Group", of)
    found = []
    for name in in_order(ours, were):
        named = [each for each in new["competencies"] if rows[each] == name]
        stay = [each for each in were.get(name, {}).get("competencies", ()) if each in named or each not in moved]
        found.append({**were.get(name, {}), **ours.get(name, {}), "competencies": in_order(named, stay)})
    return found


def _leaves_its_group(built: Built, name: str) -> bool:
    return "group" in built.cleared.get(("competencies", name), ())


def _texts(built: Built, new: Table, old: Table, path: str) -> tuple[Table, list[str]]:
    """Lay the bank's own texts over each other, each by where it stands; name those that stay without a row."""
    laid: Table = {}
    gone: list[str] = []
    for name in in_order(new, old):
        ours, was, place = new.get(name), old.get(name), f"{path}{name}"
        laid[name] = ours
        if name not in new:
            laid[name] = copy.deepcopy(was)
            # a list without a text never had a row, and one that is to be removed has one
            gone += [] if was in ([], {}) or (FIELDS, place) in built.removals else [place]
        elif isinstance(ours, dict) and isinstance(was, dict):
            laid[name], within = _texts(built, ours, was, f"{place}.")
            gone += within
        elif isinstance(ours, list) and isinstance(was, list):
            laid[name] = _list(built, f"{place}[]", ours, was)
    return laid, gone


def _list(built: Built, place: str, new: list[str], old: list[str]) -> list[str]:
    count = built.counts.get((FIELDS, place), 0)
    if count >= len(old):
        return new
    said = f"has {count} of the {len(old)} rows for {place!r}; all its texts stay as they were"
    _note(built, sheets.BANK, 0, "", said)
    return list(old)


def _say_what_stays(built: Built, section: str, sheet: Sheet, laid: Mapping[str, Table]) -> None:
    rows = built.of(sheet)
    here = {str(row.values["id"]) for row in rows.everything if "id" in row.values}
    if section == "groups":
        names = [str(group["id"]) for group in laid["competencies"].get("groups", [])]
    elif section in {"competencies", "styles"}:
        names = list(laid["competencies"].get(section, {}))
    else:
        names = list(laid["sources"].get("sources", {}) if section == "sources" else laid[section])
    if rows.is_there:
        _stays(built, sheet, "", [name for name in names if name not in here])
