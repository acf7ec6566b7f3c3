"""The sheets of a bank's workbook: their columns, what a cell holds, and what can be wrong with one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import ResponseInstruction
from eiassess.domain.keys import KeyingMethod
from eiassess.domain.scenarios import ScenarioKind
from eiassess.domain.versions import ContentStatus

REMOVE = "remove"
"""The word in a sheet without which nothing is removed, and the field of its column."""

AS_WRITTEN = "As written"
"""The sheet that nobody edits: what the others do not show, such as where the lines of a situation break."""

CELL_LETTERS = 32_000
_RUNNABLE = re.compile(r"'*[=+\-@\t\r]")
_ILLEGAL = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

Cell = str | int | float | bool | None
Row = Mapping[str, Cell]


class CellKind(StrEnum):
    """What belongs in the cells of a column."""

    TEXT = "a text"
    ID = "an id: letters, digits and hyphens, as it names a file"
    WHOLE = "a whole number"
    NUMBER = "a number"
    IDS = "ids with commas between them"
    FLAG = "yes or no"
    ANY = "a text or a number"


@dataclass(frozen=True)
class Column:
    """A column: its name, the field in the bank's file, and what belongs in it.

    Parameters
    ----------
    of
        What its ids name, such as ``sources``; empty if it holds none.
    """

    name: str
    field: str
    kind: CellKind = CellKind.TEXT
    required: bool = True
    choices: tuple[str, ...] = ()
    width: int = 20
    of: str = ""

    @property
    def is_cleared_by_word(self) -> bool:
        """Whether the word in a cell takes away what the bank has there; an empty cell never does."""
        return not self.required and self.field not in {REMOVE, "rationale"}


@dataclass(frozen=True)
class Sheet:
    """A sheet by its name, with its columns in order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def owner(self) -> tuple[Column, ...]:
        """Return the columns that name what a row belongs to, in a sheet of parts; empty where a row is a part."""
        first = self.columns[0]
        return () if first.field == "id" or self.name == "Bank" else self.columns[: 2 if first.choices else 1]


@dataclass(frozen=True)
class SheetProblem:
    """What keeps a row from being used, and where.

    Parameters
    ----------
    row
        As the spreadsheet counts; 0 if the sheet is meant.
    column
        By name; empty if the row is meant.
    """

    sheet: str
    row: int
    column: str
    said: str

    def __str__(self) -> str:
        """Name the place first, as one looks for it."""
        place = [f"sheet {self.sheet}", *([f"row {self.row}"] if self.row else [])]
        return f"{', '.join([*place, *([f'column {self.column}'] if self.column else [])])}: {self.said}"


@dataclass(frozen=True)
class ReadRow:
    """A row: its number, and a value for each field that is filled and can be read.

    Parameters
    ----------
    removes
        Whether the row says that what it names is to be taken out.
    cleared
        Fields whose cell says that what the bank has there is to be taken away.
    """

    number: int
    values: Row
    removes: bool = False
    cleared: frozenset[str] = frozenset()

    def text(self, field: str) -> str:
        """Return a filled cell as text."""
        return str(self.values[field])


def _sources(name: str) -> Column:
    return Column(name, "sources", CellKind.IDS, required=False, width=30, of="sources")


def _id(name: str, of: str, field: str = "id") -> Column:
    return Column(name, field, CellKind.ID, width=26, of=of)


def _name(name: str, of: str) -> Column:
    """Make the column of an id that names no file."""
    return Column(name, "id", width=26, of=of)


def _long(name: str, field: str, width: int = 60, *, required: bool = True) -> Column:
    return Column(name, field, required=required, width=width)


_VERSION = Column("Version", "version", CellKind.WHOLE, width=9)
_TITLE = _long("Title", "title", 30)
_KIND = Column("Kind", "kind", choices=tuple(ScenarioKind), width=12)
_SCENE = (_KIND, Column("Channel", "channel"), Column("Trade", "trade"))
_STATUS = Column("Status", "status", required=False, choices=tuple(ContentStatus), width=12)
_SITUATION = _long("Situation", "situation", 90)
_FORMATS = tuple(ResponseFormat)
_REMOVE = Column("Remove", REMOVE, required=False, choices=(REMOVE,), width=10)
_OPTION = Column("Option", "id", width=8, of="options")

BANK = Sheet(
    "Bank", (Column("Field", "field", width=44, of="fields"), Column("Text", "value", CellKind.ANY, width=100), _REMOVE)
)
GROUPS = Sheet(
    "Groups", (_name("Id", "groups"), Column("Name", "name"), _long("Definition", "definition", 90), _REMOVE)
)
COMPETENCIES = Sheet(
    "Competencies",
    (
        _name("Id", "competencies"),
        Column("Group", "group", required=False, of="groups"),
        Column("Name", "name"),
        Column("Short name", "short_name"),
        _long("Definition", "definition"),
        _long("Close to the key", "close_to_key"),
        _long("Far from the key", "far_from_key"),
        _long("Candidate feedback", "candidate_feedback"),
        _REMOVE,
    ),
)
STYLES = Sheet(
    "Styles", (_name("Id", "styles"), Column("Name", "name"), _long("Description", "description", 90), _REMOVE)
)
INTERVIEW = Sheet(
    "Interview questions",
    (
        Column("Of a", "of", choices=("competency", "style"), width=12),
        _name("Id", "model"),
        _long("Question", "question"),
        _long("Good answer", "good"),
        _long("Poor answer", "poor"),
        _REMOVE,
    ),
)
SOURCES = Sheet(
    "Sources",
    (
        _name("Id", "sources"),
        _TITLE,
        _long("Establishes", "establishes", 90),
        Column("Document", "document"),
        Column("Kind", "kind"),
        _long("Study", "study", 40, required=False),
        _REMOVE,
    ),
)
SCENARIOS = Sheet(
    "Scenarios",
    (
        _id("Id", "scenarios"),
        _VERSION,
        _STATUS,
        _TITLE,
        _id("Competency", "competencies", "competency"),
        *_SCENE,
        Column("Style", "style", required=False, of="styles"),
        Column("Twin", "twin", required=False, width=26, of="scenarios"),
        _sources("Sources"),
        _SITUATION,
        _REMOVE,
    ),
)
OPTIONS = Sheet(
    "Options",
    (
        _id("Scenario", "scenarios", "scenario"),
        _OPTION,
        _long("Text", "text", 70),
        Column("Value", "value", CellKind.NUMBER, required=False, width=8),
        _long("Rationale", "rationale", required=False),
        _sources("Key sources"),
        _long("Best when", "best_when", 40, required=False),
        Column("Irritant", "irritant", required=False),
        _REMOVE,
    ),
)
PRACTICE = Sheet("Practice", (_id("Id", "scenarios"), _VERSION, _STATUS, _TITLE, *_SCENE, _SITUATION, _REMOVE))
PRACTICE_OPTIONS = Sheet(
    "Practice options",
    (
        _id("Scenario", "scenarios", "scenario"),
        _OPTION,
        _long("Text", "text", 70),
        _long("Feedback", "feedback", required=False),
        _REMOVE,
    ),
)
FORMS = Sheet(
    "Forms",
    (
        _id("Id", "forms"),
        _VERSION,
        _STATUS,
        _TITLE,
        Column("Format", "format", choices=_FORMATS),
        Column("Instruction", "instruction", choices=tuple(ResponseInstruction)),
        _id("Key", "keys", "key"),
        Column("Studies only", "studies_only", CellKind.FLAG, required=False, width=13),
        _REMOVE,
    ),
)
FORM_SCENARIOS = Sheet(
    "Form scenarios",
    (
        _id("Form", "forms", "form"),
        Column("Part", "part", choices=("practice", "scenarios")),
        _id("Scenario", "scenarios", "scenario"),
        Column("Own format", "format", choices=_FORMATS, required=False),
        _REMOVE,
    ),
)
KEYS = Sheet(
    "Keys",
    (
        _id("Id", "keys"),
        _VERSION,
        Column("Method", "method", choices=tuple(KeyingMethod)),
        Column("Experts", "experts", CellKind.WHOLE, width=9),
        Column("Scale from", "minimum", CellKind.WHOLE, width=11),
        Column("Scale to", "maximum", CellKind.WHOLE, width=9),
        _long("Relevance for the job", "relevance", required=False),
        _long("Recorded by", "relevance_by", 24, required=False),
        Column("Provisional", "provisional", CellKind.FLAG, required=False, width=12),
    ),
)
SHEETS = (
    SCENARIOS, OPTIONS, PRACTICE, PRACTICE_OPTIONS, FORMS, FORM_SCENARIOS, KEYS,
    COMPETENCIES, GROUPS, STYLES, INTERVIEW, SOURCES, BANK,
)  # fmt: skip


def is_remove(text: str) -> bool:
    """Tell whether a cell says that something is to be removed.

    Examples
    --------
    >>> is_remove(" Remove"), is_remove("removed")
    (True, False)
    """
    return text.strip().casefold() == REMOVE


def shown_text(text: str) -> str:
    """Show a text in one line, without letters that a spreadsheet cannot hold."""
    line = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
    return _ESCAPE.sub("\N{FULLWIDTH LOW LINE}", line)  # or a spreadsheet reads the rest as the number of a letter


def shown_number(number: float) -> int | float:
    """Show a number with the digits that a spreadsheet keeps."""
    return number if isinstance(number, int) else float(f"{number:.12g}")


def harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run.

    Examples
    --------
    >>> harmless("=1+1"), harmless("'=1+1"), harmless("'tis")
    ("'=1+1", "''=1+1", "'tis")
    """
    return f"'{text}" if _RUNNABLE.match(text) else text


def restored(text: str) -> str:
    """Take away the apostrophe that ``harmless`` put there.

    Examples
    --------
    >>> restored("'=1+1"), restored("''=1+1"), restored("'tis"), restored("=1+1")
    ('=1+1', "'=1+1", "'tis", '=1+1')
    """
    return text[1:] if text.startswith("'") and _RUNNABLE.match(text) else text
