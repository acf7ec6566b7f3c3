"""Ids that people write a little otherwise: capitals, spaces and dashes are taken as the id that is meant, and said."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from eiassess.banks.checks.findings import printable
from eiassess.banks.exchange.contents import BankContents
from eiassess.banks.exchange.spreadsheet import sheets
from eiassess.banks.exchange.spreadsheet.rows import SheetRows
from eiassess.banks.exchange.spreadsheet.sheets import Cell, CellKind, Column, ReadRow, Sheet, SheetProblem
from eiassess.banks.exchange.spreadsheet.showing import flat

FILE_NAME = re.compile(r"[^\W_][\w.-]{0,99}")
MAX_GUESSED = 3_000
"""More ids than any bank has are not looked through for the one that may be meant."""

_SHOWN = 40
_MODEL = {"competency": "competencies", "style": "styles"}


@dataclass
class Known:
    """Ids that there are, by what they name, and by how they look when capitals and dashes do not count."""

    ids: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, of: str, names: Iterable[str]) -> None:
        """Add ids; of two that look alike, the first is the one that is meant."""
        looks = self.ids.setdefault(of, {})
        for name in names:
            looks.setdefault(name, name)
            looks.setdefault(_look(name), name)

    def taken(self, of: str, name: str) -> str:
        """Return the id that is meant; one that nobody knows stays as it is."""
        looks = self.ids.get(of, {})
        return looks.get(name) or looks.get(_look(name)) or name


def guess(name: str, names: Iterable[str]) -> str:
    """Ask for the id that was probably meant; empty if none is near.

    Examples
    --------
    >>> guess("late-buss", ["cold-soup", "late-bus"])
    " (is 'late-bus' meant?)"
    """
    names = tuple(names)
    close = get_close_matches(name, names, n=1) if len(names) <= MAX_GUESSED else []
    return f" (is {printable(close[0])!r} meant?)" if close else ""


def _look(name: str) -> str:
    """Say how an id looks when capitals, spaces, dashes and marks without width do not count."""
    letters = (letter for letter in unicodedata.normalize("NFKC", name) if unicodedata.category(letter) != "Cf")
    dashed = ("-" if unicodedata.category(each) in {"Pd", "Pc", "Zs"} else each for each in letters)
    return "".join(dashed).strip("-").casefold()


@dataclass
class _Taking:
    known: Known
    notes: list[SheetProblem] = field(default_factory=list)


def take_as_meant(
    rows: Mapping[str, SheetRows], before: BankContents
) -> tuple[dict[str, SheetRows], list[SheetProblem]]:
    """Put the ids that are meant for those that are written, first where parts are named, then where they are used."""
    taking = _Taking(_known(before))
    found = dict(rows)
    for sheet in (each for each in sheets.SHEETS if each.name in found and not each.owner):
        name = sheet.columns[0]
        found[sheet.name] = _taken(taking, sheet, found[sheet.name], (name,))
        taking.known.add(name.of, (str(row.values[name.field]) for row in found[sheet.name].rows))
    for sheet in (each for each in sheets.SHEETS if each.name in found):
        used = sheet.columns if sheet.owner else sheet.columns[1:]
        found[sheet.name] = _that_name_files(sheet, _taken(taking, sheet, found[sheet.name], used))
    return found, taking.notes


def _known(before: BankContents) -> Known:
    tree, known = before.tree, Known()
    known.add("scenarios", (*tree["scenarios"], *tree["practice"]))
    for section in ("scenarios", "practice"):
        for name, content in tree[section].items():
            known.add(f"options {name}", option_ids(content))
    for room in ("forms", "keys"):
        known.add(room, tree[room])
    for of in ("competencies", "styles"):
        known.add(of, tree["competencies"].get(of, {}))
    known.add("groups", (group["id"] for group in tree["competencies"].get("groups", [])))
    known.add("sources", tree["sources"].get("sources", {}))
    known.add("fields", (str(row["field"]) for row in flat(tree["bank"], "")))
    return known


def option_ids(content: Mapping[str, object]) -> list[str]:
    """List the options of a scenario as its file has them."""
    listed = content.get("options")
    return (
        [str(each["id"]) for each in listed if isinstance(each, dict) and "id" in each]
        if isinstance(listed, list)
        else []
    )


def _taken(taking: _Taking, sheet: Sheet, rows: SheetRows, columns: tuple[Column, ...]) -> SheetRows:
    named = tuple(column for column in columns if column.of)
    good = tuple(_row(taking, sheet, row, named) for row in rows.rows)
    return replace(rows, rows=good, bad=tuple(_row(taking, sheet, row, named) for row in rows.bad))


def _row(taking: _Taking, sheet: Sheet, row: ReadRow, columns: tuple[Column, ...]) -> ReadRow:
    values: dict[str, Cell] = dict(row.values)
    for column in columns:
        written = values.get(column.field)
        if isinstance(written, str):
            values[column.field] = meant = _meant(taking.known, column, values, written)
            if meant.replace(" ", "") != written.replace(" ", ""):
                said = f"{printable(written[:_SHOWN])!r} is taken as {printable(meant[:_SHOWN])!r}"
                taking.notes.append(SheetProblem(sheet.name, row.number, column.name, said))
    return replace(row, values=values)


def _meant(known: Known, column: Column, values: Mapping[str, Cell], written: str) -> str:
    of = column.of
    if of == "options":
        of = f"options {values.get('scenario')}"
    elif of == "model":
        of = _MODEL.get(str(values.get("of")), of)
    if column.kind is CellKind.IDS:
        return ", ".join(known.taken(of, each) for part in written.split(",") if (each := part.strip()))
    return known.taken(of, written)


def _that_name_files(sheet: Sheet, rows: SheetRows) -> SheetRows:
    """Take out rows with an id that can name no file."""
    wrong = {row.number: list(_unfit(sheet, row)) for row in rows.everything}
    bad = tuple(row for row in rows.rows if wrong[row.number])
    problems = (each for of_row in wrong.values() for each in of_row)
    good = tuple(row for row in rows.rows if not wrong[row.number])
    return replace(rows, rows=good, bad=(*rows.bad, *bad), problems=(*rows.problems, *problems))


def _unfit(sheet: Sheet, row: ReadRow) -> Iterator[SheetProblem]:
    for column in sheet.columns:
        written = row.values.get(column.field)
        if column.kind is CellKind.ID and written is not None and not FILE_NAME.fullmatch(str(written)):
            said = f"{printable(str(written)[:_SHOWN])!r} cannot name a file; expected {column.kind}"
            yield SheetProblem(sheet.name, row.number, column.name, said)
