"""One row of a list as a person: the name, the address and what is wrong with either."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from eiassess.banks.exchange.spreadsheet.reading import RawKind
from eiassess.banks.tables.csv_faults import row_fault
from eiassess.banks.tables.csv_records import CsvFile
from eiassess.people_lists.cells import ListRow, ListSheet
from eiassess.people_lists.columns import Field, Header
from eiassess.people_lists.marks import linked_address
from eiassess.people_lists.places import ListSaid

_WRONG: Mapping[RawKind, str] = {
    RawKind.COVERED: "lies under merged cells; unmerge them and fill in each",
    RawKind.FORMULA: "is a formula; copy the column and paste it as values",
    RawKind.ERROR: "is an error of the spreadsheet; type in what is meant",
    RawKind.NUMBER: "is a number; type in what is meant",
    RawKind.DATE: "is a date; type in what is meant",
    RawKind.FLAG: "is true or false; type in what is meant",
}
_FORMULA = re.compile(r"[=+@]|-\s*\d")
_ADDRESS = re.compile(r"\S@\S")
_VALUE = re.compile(r"(?=.*\d)[\d\s.,:/+\-TZ]+|#[A-Z0-9/!?]+|true|false", re.IGNORECASE)


@dataclass(frozen=True)
class ListedPerson:
    """A row with somebody in it, as it was read.

    Parameters
    ----------
    phone
        As read: what a spreadsheet took for a number has lost its plus and its first zeros.
    problems
        Why the row cannot be used.
    columns
        Where name and address stand, by name or letter.
    notes
        What was taken from elsewhere than the cell's text, for a person to look at.
    """

    sheet: str
    row: int
    name: str
    email: str
    phone: str = ""
    columns: tuple[str, str] = ("", "")
    problems: tuple[ListSaid, ...] = ()
    notes: tuple[ListSaid, ...] = ()


def read_person(sheet: ListSheet, header: Header, row: ListRow) -> ListedPerson:
    """Read the person of a row below the header."""
    reading = _Reading(sheet.name, row, header)
    trouble = row.trouble or _width_trouble(sheet, header, row)
    if trouble:
        held = " | ".join(cell.text for cell in row.cells)
        person = reading.person(reading.name(), reading.email())
        return replace(person, problems=(ListSaid(sheet.name, row.number, "", held, trouble),), notes=())
    name, email = reading.name(), reading.email()
    if row.is_hidden:
        said = "the sheet does not show this row, so nobody is invited from it; show it if the person is meant"
        reading.problems.insert(0, ListSaid(sheet.name, row.number, "", name or email, said))
    return reading.person(name, email)


def _width_trouble(sheet: ListSheet, header: Header, row: ListRow) -> str:
    """Say why a row of a text has more cells than the header names: often a comma inside a cell."""
    if not (sheet.separator and header.rows) or len(row.cells) <= len(header.names):
        return ""
    file = CsvFile(Path(), 1, header.names, iter(()), sheet.separator)
    fault = row_fault(file, [cell.text for cell in row.cells])
    return fault.text.removeprefix(": ") if fault else ""


@dataclass
class _Reading:
    """A row while it is read: what is wrong with it and what is noted are gathered on the way."""

    sheet: str
    row: ListRow
    header: Header
    problems: list[ListSaid] = field(default_factory=list)
    notes: list[ListSaid] = field(default_factory=list)

    def person(self, name: str, email: str) -> ListedPerson:
        cell = self.row.cell(self.header.places.get(Field.PHONE))
        phone = cell.text if cell.kind in {RawKind.TEXT, RawKind.NUMBER} else ""
        problems, notes = tuple(self.problems), tuple(self.notes)
        columns = self.header.column(self.name_fields[0]), self.header.column(Field.EMAIL)
        return ListedPerson(self.sheet, self.row.number, name, email, phone, columns, problems, notes)

    @property
    def name_fields(self) -> list[Field]:
        return [each for each in (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME) if each in self.header.places]

    def said(self, of: Field, held: str, said: str) -> ListSaid:
        return ListSaid(self.sheet, self.row.number, self.header.column(of), held, said)

    def name(self) -> str:
        """Return the whole name, or the two halves with a space between them; nothing where a half is no name.

        What is left of a name would pass for one when the refused rows are uploaded again as they are.
        """
        n_problems = len(self.problems)
        name = " ".join(filter(None, map(self._text, self.name_fields)))
        if len(self.problems) > n_problems:
            return name if self.name_fields == [Field.NAME] else ""
        if not name:
            self.problems.append(self.said(self.name_fields[0], "", "nothing there; type the person's name in"))
        return name

    def email(self) -> str:
        """Return the address in the cell's text, or else the one in its link."""
        n_problems = len(self.problems)
        text, cell = _bare(self._text(Field.EMAIL)), self.row.cell(self.header.places[Field.EMAIL])
        if len(self.problems) > n_problems:
            return text
        others = [link for link in cell.links if link.casefold() != text.casefold()]
        held = f"{text} (link: {', '.join(others)})".strip() if others else text
        if "@" in text:
            if others:
                said = "the link leads elsewhere; the address in the text is taken"
                self.notes.append(self.said(Field.EMAIL, held, said))
            return text
        return self._from_link(held, cell.links) or text

    def _from_link(self, held: str, links: Sequence[str]) -> str:
        """Return the address of a cell's only link."""
        if len(links) > 1:
            self.problems.append(self.said(Field.EMAIL, held, "has more than one link; type the one address in"))
        elif links:
            said = "has the address only in its link, and that is taken"
            self.notes.append(self.said(Field.EMAIL, held, said))
            return links[0]
        elif not held:
            self.problems.append(self.said(Field.EMAIL, "", "nothing there; type the person's address in"))
        return ""

    def _text(self, of: Field) -> str:
        """Return a cell's text; anything but a text is a problem, and is shown as it was read.

        Of what lies under merged cells nothing is returned: uploaded again by itself it would pass.
        """
        cell = self.row.cell(self.header.places[of])
        wrong = _WRONG.get(cell.kind, "") or (_no_name(cell.text) if of in self.name_fields else "")
        if wrong:
            self.problems.append(self.said(of, cell.text, wrong))
        return "" if cell.kind is RawKind.COVERED else cell.text


def _no_name(text: str) -> str:
    """Say why a text is nobody's name: a list saved as CSV holds formulas, dates and numbers as texts."""
    if _FORMULA.match(text):
        return "looks like a formula; type in the name that is meant"
    if _ADDRESS.search(text) and " " in text:
        return "holds an address beside the name; type the name alone in"
    if _VALUE.fullmatch(text):
        return "is no name but a date, a number or another value; type in the name that is meant"
    return ""


def _bare(text: str) -> str:
    """Take the address out of what programs write around it: mailto: before it, or a name and angle brackets."""
    before, opened, rest = text.rpartition("<")
    if opened and rest.endswith(">") and "@" not in before:
        text = rest.removesuffix(">").strip()
    return linked_address(text) or text
