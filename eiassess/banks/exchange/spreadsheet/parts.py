"""What the rows of a workbook make, before it is laid over a bank."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from eiassess.banks.exchange.contents import Table, empty_contents
from eiassess.banks.exchange.spreadsheet.rows import SheetRows
from eiassess.banks.exchange.spreadsheet.sheets import ReadRow, Sheet, SheetProblem

Part = tuple[str, ...]
"""A section and an id in it, or a section, an id and an id within."""

OPTIONS, MEMBERS, QUESTIONS, FIELDS = "options", "members", "questions", "fields"
"""What lies within others: options of scenarios, scenarios of forms, interview questions, the bank's texts."""


@dataclass
class Built:
    """What the rows make, what is wrong with them, and where each part stands in the workbook.

    Parameters
    ----------
    before
        The bank as it is.
    refused
        Parts of which nothing is taken.
    removals
        Parts whose row says that they are to be removed, with the place of that word.
    cleared
        Fields of a part whose cell says that they are to be taken away.
    counts
        How many rows a list without ids has, those included that are to be removed.
    """

    rows: Mapping[str, SheetRows]
    before: Mapping[str, Table] = field(default_factory=lambda: empty_contents("").tree)
    tree: dict[str, Table] = field(default_factory=lambda: dict(empty_contents("").tree))
    problems: list[SheetProblem] = field(default_factory=list)
    notes: list[SheetProblem] = field(default_factory=list)
    refused: set[Part] = field(default_factory=set)
    removals: dict[Part, SheetProblem] = field(default_factory=dict)
    cleared: dict[Part, frozenset[str]] = field(default_factory=dict)
    counts: dict[Part, int] = field(default_factory=dict)
    at: dict[Part, tuple[str, int]] = field(default_factory=dict)

    def of(self, sheet: Sheet) -> SheetRows:
        """Return the rows of a sheet."""
        return self.rows.get(sheet.name, SheetRows(is_there=False))

    def refuse(self, part: Part, sheet: Sheet, row: int, column: str, said: str) -> None:
        """Take nothing of a part, because of one of its rows."""
        self.refused.add(part)
        self.problems.append(SheetProblem(sheet.name, row, column, said))

    def mark(self, part: Part, sheet: Sheet, row: ReadRow) -> bool:
        """Keep where a part stands and what its row says of removing; return whether it is to be removed."""
        self.at.setdefault(part, (sheet.name, row.number))
        self.cleared[part] = row.cleared
        if row.removes:
            self.removals[part] = SheetProblem(sheet.name, row.number, "Remove", "")
        return row.removes

    def settled_removals(self) -> dict[Part, SheetProblem]:
        """Return the removals of which no other row was refused."""
        return {part: at for part, at in self.removals.items() if not self._is_refused(part)}

    def _is_refused(self, part: Part) -> bool:
        owners = {OPTIONS: ("scenarios", "practice"), MEMBERS: ("forms",)}.get(part[0], (part[0],))
        return any((owner, part[1]) in self.refused for owner in owners)
