"""From a bank's contents to the rows of its sheets."""

from collections.abc import Iterator
from typing import Any

from eiassess.banks.exchange.contents import BankContents, Table
from eiassess.banks.exchange.spreadsheet import sheets
from eiassess.banks.exchange.spreadsheet.sheets import (
    CELL_LETTERS,
    Cell,
    Row,
    Sheet,
    is_remove,
    shown_number,
    shown_text,
)
from eiassess.errors import BankError

Rows = dict[str, list[Row]]


def rows_of(contents: BankContents, key_id: str | None) -> Rows:
    """Write a bank's contents as rows, the values of one key beside the options; without a key, no values.

    Raises
    ------
    BankError
        A text is longer than a cell can hold.
    """
    tree = contents.tree
    key = tree["keys"].get(key_id, {}) if key_id else {}
    rows: Rows = {
        sheets.SCENARIOS.name: [_fields(scenario) for scenario in tree["scenarios"].values()],
        sheets.OPTIONS.name: list(_options(tree["scenarios"], key.get("scenarios", {}))),
        sheets.PRACTICE.name: [_fields(scenario) for scenario in tree["practice"].values()],
        sheets.PRACTICE_OPTIONS.name: list(_practice_options(tree["practice"])),
        sheets.FORMS.name: [_fields(form) for form in tree["forms"].values()],
        sheets.FORM_SCENARIOS.name: list(_form_scenarios(tree["forms"])),
        sheets.KEYS.name: [_key(key)] if key else [],
        sheets.COMPETENCIES.name: list(_competencies(tree["competencies"])),
        sheets.GROUPS.name: [_fields(group) for group in tree["competencies"]["groups"]],
        sheets.STYLES.name: list(_named(tree["competencies"]["styles"])),
        sheets.INTERVIEW.name: list(_interview(tree["competencies"])),
        sheets.SOURCES.name: list(_named(tree["sources"]["sources"])),
        sheets.BANK.name: list(flat(tree["bank"], "")),
    }
    for sheet in sheets.SHEETS:
        rows[sheet.name] = [_without_the_word(sheet, row) for row in rows[sheet.name]]
        _check_lengths(contents, sheet.name, rows[sheet.name])
    return rows


def _without_the_word(sheet: Sheet, row: Row) -> Row:
    """Leave out a text that would be read as the word for removing; it is kept as it is written."""
    words = {column.field for column in sheet.columns if column.is_cleared_by_word}
    return {name: value for name, value in row.items() if not (name in words and is_remove(str(value)))}


def _fields(content: Table) -> Row:
    return {name: shown_cell(value) for name, value in content.items()}


def _named(table: Table) -> Iterator[Row]:
    return ({"id": shown_text(name), **_fields(content)} for name, content in table.items())


def shown_cell(value: Any) -> Cell:  # noqa: ANN401 - what stands in a file can be anything
    """Show a value; what no cell can show stays blank, and is kept as it is written."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return shown_number(value)
    if isinstance(value, str):
        return shown_text(value) or None
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(map(shown_text, value)) or None
    return None


def _options(scenarios: Table, key_credits: Table) -> Iterator[Row]:
    for name, scenario in scenarios.items():
        for option in scenario["options"]:
            credit = key_credits.get(name, {}).get(option["id"], {})
            yield {"scenario": shown_text(name), **_fields(option), **_fields(credit)}


def _practice_options(practice: Table) -> Iterator[Row]:
    for name, scenario in practice.items():
        for option in scenario["options"]:
            yield {"scenario": shown_text(name), **_fields(option)}


def _form_scenarios(forms: Table) -> Iterator[Row]:
    for name, form in forms.items():
        formats = form.get("formats", {})
        for part in ("practice", "scenarios"):
            for scenario in form[part]:
                yield {"form": name, "part": part, "scenario": shown_text(scenario), "format": formats.get(scenario)}


def _key(key: Table) -> Row:
    minimum, maximum = key["scale"]
    return {**_fields(key), "minimum": minimum, "maximum": maximum}


def _competencies(model: Table) -> Iterator[Row]:
    groups = {member: group["id"] for group in reversed(model["groups"]) for member in group["competencies"]}
    in_order = [member for group in model["groups"] for member in group["competencies"]]
    for name in dict.fromkeys((*in_order, *model["competencies"])):
        group = groups.get(name)
        row = _fields(model["competencies"][name])
        yield {**row, "id": shown_text(name), "group": shown_text(group) if group else None}


def _interview(model: Table) -> Iterator[Row]:
    for of, section in (("competency", "competencies"), ("style", "styles")):
        for name, entry in model[section].items():
            for question in entry["interview"]:
                yield {"of": of, "id": shown_text(name), **_fields(question)}


def flat(table: Table, path: str) -> Iterator[Row]:
    """Name each value by where it stands, ``notice.measures``; each text of a list has a row, ``notice.sees[]``."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{path}{name}.")
        elif isinstance(value, list):
            yield from ({"field": f"{path}{name}[]", "value": shown_cell(each)} for each in value)
        else:
            yield {"field": f"{path}{name}", "value": shown_cell(value)}


def _check_lengths(contents: BankContents, sheet: str, rows: list[Row]) -> None:
    for row in rows:
        for field, value in row.items():
            if isinstance(value, str) and len(value) > CELL_LETTERS:
                raise BankError(contents.name, f"{sheet}: {field}", f"is longer than {CELL_LETTERS:,} letters")
