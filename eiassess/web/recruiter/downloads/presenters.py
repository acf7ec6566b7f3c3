"""Of whom something can be downloaded, in words; and what the file is called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eiassess.domain.exports import ExportKind, FileFormat
from eiassess.services.exporting.asking import SatForm
from eiassess.services.exporting.tables import ExportedTable, ExportOffer

KINDS = (
    (ExportKind.SCORES, "Scores", "One row a person: each score with its interval, state and stage."),
    (ExportKind.ANSWERS, "Answers", "One row a person, one column for each response. Only what was handed in."),
)
FORMATS = (
    (FileFormat.XLSX, "Workbook (XLSX)", "For spreadsheets. A second sheet says what each column means."),
    (FileFormat.CSV, "Plain text (CSV)", "For other programs, and for eiassess score and analyse."),
)
TYPES = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SLUG_AT_MOST = 60


@dataclass(frozen=True)
class Choice:
    """Something to choose: what is sent, what people read, and a hint."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class DownloadPage:
    """What stands on the page; ``forms`` are those to choose from, none where there is one."""

    opening_id: str
    title: str
    simulated: bool
    heading: str
    lead: str
    button: str
    n: int
    kinds: tuple[Choice, ...]
    formats: tuple[Choice, ...]
    forms: tuple[Choice, ...]


def present_download(found: ExportOffer, *, is_part: bool) -> DownloadPage:
    """Word what can be downloaded; ``is_part`` says that some were chosen or filtered."""
    people = _people(found.n)
    return DownloadPage(
        opening_id=found.opening_id,
        title=found.title,
        simulated=found.simulated,
        heading=f"Download scores or answers of {people}",
        lead=_lead(found, is_part=is_part),
        button=f"Download {people}",
        n=found.n,
        kinds=tuple(Choice(value, label, hint) for value, label, hint in KINDS),
        formats=tuple(Choice(value, label, hint) for value, label, hint in FORMATS),
        forms=_forms(found.forms),
    )


def _people(n: int) -> str:
    return "1 candidate" if n == 1 else f"{n:,} candidates"


def _lead(found: ExportOffer, *, is_part: bool) -> str:
    whom = "These are the people whom you chose or filtered" if is_part else "This is everybody in this opening"
    handed_in = f"{found.n_submitted:,} of them {'has' if found.n_submitted == 1 else 'have'} handed in"
    return f"{whom}; {handed_in}. The file stands by number, whatever the list is sorted by."


def _forms(forms: Sequence[SatForm]) -> tuple[Choice, ...]:
    if len(forms) < 2:  # noqa: PLR2004 - one form is no choice
        return ()
    return tuple(
        Choice(each.form.digest, f"{each.form.title}, version {each.form.version} ({_people(each.n)})")
        for each in forms
    )


def file_name(table: ExportedTable, written: FileFormat) -> str:
    """Name the file after what it holds and the opening, of nobody in it; ids where a title has no plain letters."""
    slug = re.sub(r"[^a-z0-9]+", "-", table.title.casefold()).strip("-")[:SLUG_AT_MOST].strip("-")
    return f"{table.kind}-{slug or table.opening_id}.{written}"
