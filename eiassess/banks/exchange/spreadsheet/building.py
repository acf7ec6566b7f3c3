"""From the rows of the sheets back to what a bank's files hold."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from eiassess.banks.checks.findings import printable
from eiassess.banks.exchange.contents import ROOMS, Table
from eiassess.banks.exchange.spreadsheet import sheets
from eiassess.banks.exchange.spreadsheet.doubts import doubt_members, doubt_options, doubt_parts, doubt_questions
from eiassess.banks.exchange.spreadsheet.parts import FIELDS, MEMBERS, OPTIONS, QUESTIONS, Built, Part
from eiassess.banks.exchange.spreadsheet.rows import SheetRows
from eiassess.banks.exchange.spreadsheet.same_ids import guess
from eiassess.banks.exchange.spreadsheet.sheets import ReadRow, Sheet, SheetProblem
from eiassess.banks.exchange.spreadsheet.showing import shown_cell
from eiassess.banks.writing import prose

_CREDIT = ("value", "rationale", "sources")
_NOTES = ("best_when", "irritant")


def build(rows: Mapping[str, SheetRows], before: Mapping[str, Table] | None = None) -> Built:
    """Make of the rows what the files hold; a part with a row that cannot be used is left out whole.

    Parameters
    ----------
    before
        The bank as it is, to tell a mistyped id from a new one; without it, all ids are new.
    """
    built = Built(rows) if before is None else Built(rows, before)
    _build_scenarios(built, "scenarios", sheets.SCENARIOS, sheets.OPTIONS)
    _build_scenarios(built, "practice", sheets.PRACTICE, sheets.PRACTICE_OPTIONS)
    _check_moves(built)
    _build_key(built)
    _build_forms(built)
    _build_model(built)
    sources = _named(built, "sources", sheets.SOURCES)
    built.tree["sources"] = {"sources": {name: _values(row, "id") for name, row in sources.items()}}
    _build_bank(built)
    for section, content_id, *_ in built.refused:
        if section in ROOMS:
            built.tree[section].pop(content_id, None)
    return built


def _values(row: ReadRow, *but: str) -> Table:
    return {name: value for name, value in row.values.items() if name not in but}


def _named(built: Built, section: str, sheet: Sheet) -> dict[str, ReadRow]:
    """Return the rows of a sheet by id, each id once, without those that are to be removed."""
    built.refused |= {(section, owner) for owner in built.of(sheet).refused(sheet)}
    found: dict[str, ReadRow] = {}
    for row in built.of(sheet).rows:
        name = row.text("id")
        if name in found:
            said = f"{name!r} stands in row {found[name].number} already"
            built.refuse((section, name), sheet, row.number, "Id", said)
        else:
            found[name] = row
            built.mark((section, name), sheet, row)
    doubt_parts(built, section, sheet, found)
    return {name: row for name, row in found.items() if (section, name) not in built.refused and not row.removes}


def _belonging(built: Built, section: str, sheet: Sheet, head: Sheet) -> dict[str, list[ReadRow]]:
    """Return the rows of a sheet by what they belong to; say of what has no row in the sheet of heads."""
    column = sheet.columns[0]
    built.refused |= {(section, owner) for owner in built.of(sheet).refused(sheet)}
    heads = {row.text("id") for row in built.of(head).everything if "id" in row.values}
    found: dict[str, list[ReadRow]] = defaultdict(list)
    for row in built.of(sheet).rows:
        owner = row.text(column.field)
        if owner not in heads and owner not in found and (section, owner) not in built.refused:
            near = "" if owner in built.before[section] else guess(owner, {*heads, *built.before[section]})
            said = f"{owner!r} has no row of its own{near}; expected one in sheet {head.name}; its rows are left alone"
            built.problems.append(SheetProblem(sheet.name, row.number, column.name, said))
        found[owner].append(row)
    return found


def _build_scenarios(built: Built, section: str, sheet: Sheet, option_sheet: Sheet) -> None:
    scenarios = _named(built, section, sheet)
    options = _belonging(built, section, option_sheet, sheet)
    for name, row in scenarios.items():
        part = (section, name)
        if name in built.tree["scenarios"] or (section == "practice" and ("scenarios", name) in built.refused):
            built.refuse(part, sheet, row.number, "Id", f"{name!r} is a scenario already")
        elif name not in options and name not in built.before[section]:
            near = guess(name, {*options, *built.before[section]} - set(scenarios))
            said = f"{name!r} has no rows in sheet {option_sheet.name}{near}"
            built.refuse(part, sheet, row.number, "Id", said)
        _check_options(built, part, option_sheet, options.get(name, []))
        stay = [each for each in options.get(name, []) if not each.removes]
        built.tree[section][name] = _scenario(row, stay)
    doubt_options(built, section, option_sheet, scenarios)


def _check_options(built: Built, part: Part, sheet: Sheet, options: list[ReadRow]) -> None:
    seen: dict[str, int] = {}
    for option in options:
        first = seen.setdefault(option.text("id"), option.number)
        if first != option.number:
            built.refuse(part, sheet, option.number, "Option", f"{option.text('id')!r} stands in row {first} already")
        else:
            built.mark((OPTIONS, part[1], option.text("id")), sheet, option)


def _scenario(row: ReadRow, options: list[ReadRow]) -> Table:
    names = ("id", "version", "status", "title", "competency", "kind", "channel", "trade", "style", "twin")
    content: Table = {name: row.values[name] for name in names if name in row.values}
    if "competency" in row.values:
        content["sources"] = _ids(row)
    content["situation"] = prose(row.text("situation"))
    fields = ("id", "text", "feedback") if "competency" not in row.values else ("id", "text")
    content["options"] = [{name: each.values[name] for name in fields if name in each.values} for each in options]
    return content


def _ids(row: ReadRow) -> list[str]:
    return [each for part in str(row.values.get("sources", "")).split(",") if (each := part.strip())]


def _check_moves(built: Built) -> None:
    """Let a scenario change sides, to practice or back, only where its old row says that it goes."""
    for section, other, sheet, from_sheet in (
        ("practice", "scenarios", sheets.PRACTICE, sheets.SCENARIOS),
        ("scenarios", "practice", sheets.SCENARIOS, sheets.PRACTICE),
    ):
        for name in built.tree[section]:
            if name in built.before[other] and (other, name) not in built.removals:
                said = (
                    f"{name!r} stands in sheet {from_sheet.name} of the bank; to move it here, keep its row there "
                    f"with the word {sheets.REMOVE}"
                )
                built.refuse((section, name), sheet, built.at[section, name][1], "Id", said)


def _build_key(built: Built) -> None:
    heads = _named(built, "keys", sheets.KEYS)
    for number, (name, row) in enumerate(heads.items()):
        if number:
            said = "is a second key; expected one, whose values stand in sheet Options"
            built.refuse(("keys", name), sheets.KEYS, row.number, "Id", said)
        else:
            built.tree["keys"][name] = _key(built, row)
    if not heads:
        _refuse_loose_values(built)


def _refuse_loose_values(built: Built) -> None:
    """Leave scenarios whose values have changed and find no key to go to."""
    loose = [row for row in _option_rows(built) if "value" in row.values]
    if loose and not built.of(sheets.KEYS).bad:
        said = "has values, but sheet Keys names no key; expected one row there"
        built.problems.append(SheetProblem(sheets.OPTIONS.name, loose[0].number, "Value", said))
    for row in loose:
        part = ("scenarios", row.text("scenario"))
        if part not in built.refused and part[1] in built.before["scenarios"] and not _is_value_of_a_key(built, row):
            said = f"belongs to a key that is not taken; {part[1]!r} is left as it was"
            built.refuse(part, sheets.OPTIONS, row.number, "Value", said)


def _is_value_of_a_key(built: Built, row: ReadRow) -> bool:
    ours = {name: row.values.get(name) for name in _CREDIT}
    for key in built.before["keys"].values():
        credit = key.get("scenarios", {}).get(row.text("scenario"), {}).get(row.text("id"), {})
        if {name: shown_cell(credit.get(name)) for name in _CREDIT} == ours:
            return True
    return False


def _option_rows(built: Built) -> Iterator[ReadRow]:
    """Give the rows whose scenario is taken, without those that are to be removed."""
    for row in built.of(sheets.OPTIONS).rows:
        name = row.text("scenario")
        if name in built.tree["scenarios"] and ("scenarios", name) not in built.refused and not row.removes:
            yield row


def _key(built: Built, head: ReadRow) -> Table:
    names = ("id", "version", "method", "experts")
    content: Table = {name: head.values[name] for name in names}
    content["scale"] = [head.values["minimum"], head.values["maximum"]]
    content |= {name: head.values[name] for name in ("relevance", "relevance_by", "provisional") if name in head.values}
    content["scenarios"] = {}
    for row in _option_rows(built):
        part = ("scenarios", row.text("scenario"))
        if _is_credit(built, row, part, content["scale"]):
            credit = {"value": row.values["value"], "rationale": row.values["rationale"], "sources": _ids(row)}
            credit |= {name: row.values[name] for name in _NOTES if name in row.values}
            content["scenarios"].setdefault(part[1], {})[row.text("id")] = credit
    content["scenarios"] = {
        name: options for name, options in content["scenarios"].items() if ("scenarios", name) not in built.refused
    }
    return content


def _is_credit(built: Built, row: ReadRow, part: Part, scale: list[Any]) -> bool:
    """Tell whether a row has a value for its option; a scenario with half a value is refused."""
    value = row.values.get("value")
    if "value" in row.cleared or (value is None and not {"rationale", "sources", *_NOTES} & set(row.values)):
        return False
    if not isinstance(value, float) or not scale[0] <= value <= scale[1]:
        said = f"{'nothing there' if value is None else value}; expected a number from {scale[0]} to {scale[1]}"
        built.refuse(part, sheets.OPTIONS, row.number, "Value", said)
        return False
    if "rationale" not in row.values:
        said = "nothing there; expected the reason for the value"
        built.refuse(part, sheets.OPTIONS, row.number, "Rationale", said)
        return False
    return True


def _build_forms(built: Built) -> None:
    heads = _named(built, "forms", sheets.FORMS)
    members = _belonging(built, "forms", sheets.FORM_SCENARIOS, sheets.FORMS)
    for name, row in heads.items():
        rows = members.get(name, [])
        _check_members(built, name, rows)
        stay = [each for each in rows if not each.removes]
        content = _values(row)
        for part in ("practice", "scenarios"):
            content[part] = [each.text("scenario") for each in stay if each.values["part"] == part]
        formats = {each.text("scenario"): each.values["format"] for each in stay if "format" in each.values}
        built.tree["forms"][name] = {**content, **({"formats": formats} if formats else {})}
    doubt_members(built, heads)


def _check_members(built: Built, form: str, rows: list[ReadRow]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        name = row.text("scenario")
        first = seen.setdefault(name, row.number)
        if first != row.number:
            said = f"{printable(name)!r} stands in row {first} already"
            built.refuse(("forms", form), sheets.FORM_SCENARIOS, row.number, "Scenario", said)
        else:
            built.mark((MEMBERS, form, name), sheets.FORM_SCENARIOS, row)


def _build_model(built: Built) -> None:
    questions = _questions(built)
    unusable = built.of(sheets.INTERVIEW).refused(sheets.INTERVIEW)
    model: Table = {"groups": [], "competencies": {}, "styles": {}}
    heads: dict[str, dict[str, ReadRow]] = {}
    for section, of, sheet in (
        ("competencies", "competency", sheets.COMPETENCIES),
        ("styles", "style", sheets.STYLES),
    ):
        heads[section] = _named(built, section, sheet)
        for name, row in heads[section].items():
            is_new = name not in built.before["competencies"].get(section, {})
            if is_new and f"{of} {name}" not in questions and f"{of} {name}" not in unusable:
                said = f"{name!r} has no rows in sheet {sheets.INTERVIEW.name}; expected at least one"
                built.refuse((section, name), sheet, row.number, "Id", said)
            elif f"{of} {name}" not in unusable:
                model[section][name] = {**_values(row, "id", "group"), "interview": questions.get(f"{of} {name}", [])}
    _build_groups(built, model, heads["competencies"])
    built.tree["competencies"] = model
    doubt_questions(built, questions)


def _questions(built: Built) -> dict[str, list[Table]]:
    questions: dict[str, list[Table]] = defaultdict(list)
    for row in built.of(sheets.INTERVIEW).rows:
        owner = f"{row.values['of']} {row.values['id']}"
        built.counts[QUESTIONS, owner] = built.counts.get((QUESTIONS, owner), 0) + 1
        built.at.setdefault((QUESTIONS, owner), (sheets.INTERVIEW.name, row.number))
        of_owner = questions[owner]
        if not row.removes:
            of_owner.append(_values(row, "of", "id"))
    return questions


def _build_groups(built: Built, model: Table, competencies: Mapping[str, ReadRow]) -> None:
    groups = _named(built, "groups", sheets.GROUPS)
    there = {*groups, *(group["id"] for group in built.before["competencies"].get("groups", []))}
    for name, row in competencies.items():
        group = row.values.get("group")
        if group is not None and group not in there and there:
            said = f"there is no group {group!r}{guess(str(group), there)}"
            built.refuse(("competencies", name), sheets.COMPETENCIES, row.number, "Group", said)
            model["competencies"].pop(name, None)
    for name, row in groups.items():
        members = [each for each, of in competencies.items() if of.values.get("group") == name]
        taken = [each for each in members if each in model["competencies"]]
        model["groups"].append({**_values(row), "competencies": taken})


def _build_bank(built: Built) -> None:
    """Put each row of sheet Bank where its field says; one that cannot be used leaves the whole file as it is."""
    content: Table = {}
    rows = built.of(sheets.BANK)
    usable = not rows.problems
    for row in rows.rows:
        name = row.text("field")
        part = (FIELDS, name)
        is_twice = part in built.at
        built.at.setdefault(("bank", name.removesuffix("[]")), (sheets.BANK.name, row.number))
        if name.endswith("[]"):
            built.counts[part] = built.counts.get(part, 0) + 1
        else:
            built.mark(part, sheets.BANK, row)
        if is_twice or not _put(content, name, row):
            said = f"{name!r} does not fit the rows above; expected each field once, lists with [] after the name"
            built.problems.append(SheetProblem(sheets.BANK.name, row.number, "Field", said))
            usable = False
    built.tree["bank"] = content if usable else {}


def _put(content: Table, name: str, row: ReadRow) -> bool:
    *path, last = name.removesuffix("[]").split(".")
    inner: Any = content
    for step in path:
        inner = inner.setdefault(step, {})
        if not isinstance(inner, dict):
            return False
    if not name.endswith("[]"):
        return row.removes or inner.setdefault(last, row.values["value"]) is row.values["value"]
    texts = inner.setdefault(last, [])
    if not isinstance(texts, list):
        return False
    texts += [] if row.removes else [row.values["value"]]
    return True
