"""From the rows of the sheets back to what a bank's files hold."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from eiassess.banks.exchange import sheets
from eiassess.banks.exchange.contents import ROOMS, Table, empty_contents
from eiassess.banks.exchange.row_reading import SheetRows
from eiassess.banks.exchange.sheets import ReadRow, Sheet, SheetProblem
from eiassess.banks.writing import prose

Part = tuple[str, str]
"""A section and an id in it."""


@dataclass
class Built:
    """What the rows make, what is wrong with them, and where each part stands in the workbook."""

    rows: Mapping[str, SheetRows]
    tree: dict[str, Table] = field(default_factory=lambda: dict(empty_contents("").tree))
    problems: list[SheetProblem] = field(default_factory=list)
    refused: set[Part] = field(default_factory=set)
    at: dict[Part, tuple[str, int]] = field(default_factory=dict)

    def of(self, sheet: Sheet) -> SheetRows:
        """Return the rows of a sheet."""
        return self.rows.get(sheet.name, SheetRows(is_there=False))

    def refuse(self, part: Part, sheet: Sheet, row: int, column: str, said: str) -> None:
        """Take nothing of a part, because of one of its rows."""
        self.refused.add(part)
        self.problems.append(SheetProblem(sheet.name, row, column, said))


def build(rows: Mapping[str, SheetRows]) -> Built:
    """Make of the rows what the files hold; a part with a row that cannot be used is left out whole."""
    built = Built(rows)
    _build_scenarios(built, "scenarios", sheets.SCENARIOS, sheets.OPTIONS)
    _build_scenarios(built, "practice", sheets.PRACTICE, sheets.PRACTICE_OPTIONS)
    _build_key(built)
    _build_forms(built)
    _build_model(built)
    sources = _named(built, "sources", sheets.SOURCES)
    built.tree["sources"] = {"sources": {name: _values(row, "id") for name, row in sources.items()}}
    _build_bank(built)
    for section, content_id in built.refused:
        if section in ROOMS:
            built.tree[section].pop(content_id, None)
    return built


def _values(row: ReadRow, *but: str) -> Table:
    return {name: value for name, value in row.values.items() if name not in but}


def _named(built: Built, section: str, sheet: Sheet) -> dict[str, ReadRow]:
    """Return the rows of a sheet by id, each id once."""
    built.refused |= {(section, owner) for owner in built.of(sheet).refused}
    found: dict[str, ReadRow] = {}
    for row in built.of(sheet).rows:
        name = row.text("id")
        if name in found:
            built.refuse(
                (section, name), sheet, row.number, "Id", f"{name!r} stands in row {found[name].number} already"
            )
        found.setdefault(name, row)
        built.at.setdefault((section, name), (sheet.name, row.number))
    return {name: row for name, row in found.items() if (section, name) not in built.refused}


def _belonging(
    built: Built, section: str, sheet: Sheet, column: str, to: Mapping[str, object]
) -> dict[str, list[ReadRow]]:
    """Return the rows of a sheet by what they belong to."""
    name = sheet.column(column).name
    built.refused |= {(section, owner) for owner in built.of(sheet).refused}
    found: dict[str, list[ReadRow]] = defaultdict(list)
    for row in built.of(sheet).rows:
        owner = row.text(column)
        if owner not in to and (section, owner) not in built.refused:
            said = f"{owner!r} has no row of its own; expected one in the sheet before"
            built.problems.append(SheetProblem(sheet.name, row.number, name, said))
        found[owner].append(row)
    return found


def _build_scenarios(built: Built, section: str, sheet: Sheet, option_sheet: Sheet) -> None:
    scenarios = _named(built, section, sheet)
    options = _belonging(built, section, option_sheet, "scenario", scenarios)
    for name, row in scenarios.items():
        if name in built.tree["scenarios"] or (section == "practice" and ("scenarios", name) in built.refused):
            built.refuse((section, name), sheet, row.number, "Id", f"{name!r} is a scenario already")
        elif name not in options:
            built.refuse((section, name), sheet, row.number, "Id", f"has no rows in sheet {option_sheet.name}")
        _check_options(built, (section, name), option_sheet, options.get(name, []))
        built.tree[section][name] = _scenario(row, options.get(name, []))


def _check_options(built: Built, part: Part, sheet: Sheet, options: list[ReadRow]) -> None:
    seen: dict[str, int] = {}
    for option in options:
        first = seen.setdefault(option.text("id"), option.number)
        if first != option.number:
            built.refuse(part, sheet, option.number, "Option", f"{option.text('id')!r} stands in row {first} already")


def _scenario(row: ReadRow, options: list[ReadRow]) -> Table:
    names = ("id", "version", "status", "title", "competency", "kind", "channel", "trade", "style")
    content: Table = {name: row.values[name] for name in names if name in row.values}
    if "competency" in row.values:
        content["sources"] = _ids(row)
    content["situation"] = prose(row.text("situation"))
    fields = ("id", "text", "feedback") if "competency" not in row.values else ("id", "text")
    content["options"] = [{name: each.values[name] for name in fields if name in each.values} for each in options]
    return content


def _ids(row: ReadRow) -> list[str]:
    return [each for part in str(row.values.get("sources", "")).split(",") if (each := part.strip())]


def _build_key(built: Built) -> None:
    heads = _named(built, "keys", sheets.KEYS)
    for number, (name, row) in enumerate(heads.items()):
        if number:
            said = "is a second key; expected one, whose values stand in sheet Options"
            built.refuse(("keys", name), sheets.KEYS, row.number, "Id", said)
        else:
            built.tree["keys"][name] = _key(built, row)
    if not heads and not built.of(sheets.KEYS).refused:
        first = next((row for row in built.of(sheets.OPTIONS).rows if "value" in row.values), None)
        if first:
            said = "has values, but sheet Keys names no key; expected one row there"
            built.problems.append(SheetProblem(sheets.OPTIONS.name, first.number, "Value", said))


def _key(built: Built, head: ReadRow) -> Table:
    names = ("id", "version", "method", "experts")
    content: Table = {name: head.values[name] for name in names}
    content["scale"] = [head.values["minimum"], head.values["maximum"]]
    content |= {name: head.values[name] for name in ("relevance", "relevance_by", "provisional") if name in head.values}
    content["scenarios"] = {}
    for row in built.of(sheets.OPTIONS).rows:
        part = ("scenarios", row.text("scenario"))
        if _is_credit(built, row, part, content["scale"]):
            credit = {"value": row.values["value"], "rationale": row.values["rationale"], "sources": _ids(row)}
            content["scenarios"].setdefault(part[1], {})[row.text("id")] = credit
    content["scenarios"] = {
        name: options for name, options in content["scenarios"].items() if ("scenarios", name) not in built.refused
    }
    return content


def _is_credit(built: Built, row: ReadRow, part: Part, scale: list[Any]) -> bool:
    """Tell whether a row has a value for its option; a scenario with half a value is refused."""
    value = row.values.get("value")
    if value is None and not {"rationale", "sources"} & set(row.values):
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
    members = _belonging(built, "forms", sheets.FORM_SCENARIOS, "form", heads)
    for name, row in heads.items():
        rows = members.get(name, [])
        content = _values(row)
        for part in ("practice", "scenarios"):
            content[part] = [each.text("scenario") for each in rows if each.values["part"] == part]
        formats = {each.text("scenario"): each.values["format"] for each in rows if "format" in each.values}
        built.tree["forms"][name] = {**content, **({"formats": formats} if formats else {})}


def _build_model(built: Built) -> None:
    questions: dict[str, list[Table]] = defaultdict(list)
    for row in built.of(sheets.INTERVIEW).rows:
        questions[f"{row.values['of']} {row.values['id']}"].append(_values(row, "of", "id"))
    unusable = built.of(sheets.INTERVIEW).refused
    model: Table = {"groups": [], "competencies": {}, "styles": {}}
    rows: dict[str, dict[str, ReadRow]] = {}
    for section, of, sheet in (
        ("competencies", "competency", sheets.COMPETENCIES),
        ("styles", "style", sheets.STYLES),
    ):
        rows[section] = _named_in_model(built, section, sheet)
        for name, row in rows[section].items():
            if f"{of} {name}" not in questions and f"{of} {name}" not in unusable:
                said = f"has no rows in sheet {sheets.INTERVIEW.name}; expected at least one"
                built.problems.append(SheetProblem(sheet.name, row.number, "Id", said))
            elif f"{of} {name}" not in unusable:
                model[section][name] = {**_values(row, "id", "group"), "interview": questions[f"{of} {name}"]}
    for name, row in _named_in_model(built, "groups", sheets.GROUPS).items():
        members = [each for each, of in rows["competencies"].items() if of.values.get("group") == name]
        model["groups"].append(
            {**_values(row), "competencies": [each for each in members if each in model["competencies"]]}
        )
    built.tree["competencies"] = model


def _named_in_model(built: Built, section: str, sheet: Sheet) -> dict[str, ReadRow]:
    """Return rows of a sheet whose content shares a file with others."""
    apart = Built(built.rows)
    rows = _named(apart, section, sheet)
    built.problems += apart.problems
    built.at |= apart.at
    return rows


def _build_bank(built: Built) -> None:
    """Put each row of sheet Bank where its field says; one that cannot be used leaves the whole file as it is."""
    content: Table = {}
    rows = built.of(sheets.BANK)
    usable = not rows.problems
    for row in rows.rows:
        name = row.text("field")
        built.at.setdefault(("bank", name.removesuffix("[]")), (sheets.BANK.name, row.number))
        if not _put(content, name, row.values["value"]):
            said = f"{name!r} does not fit the rows above; expected each field once, lists with [] after the name"
            built.problems.append(SheetProblem(sheets.BANK.name, row.number, "Field", said))
            usable = False
    built.tree["bank"] = content if usable else {}


def _put(content: Table, name: str, value: object) -> bool:
    *path, last = name.removesuffix("[]").split(".")
    inner: Any = content
    for step in path:
        inner = inner.setdefault(step, {})
        if not isinstance(inner, dict):
            return False
    if not name.endswith("[]"):
        return inner.setdefault(last, value) is value
    texts = inner.setdefault(last, [])
    if not isinstance(texts, list):
        return False
    texts.append(value)
    return True
