"""An opening's candidates as a table, with the sentence that says what the table can bear."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from eiassess.domain.sessions import SessionState
from eiassess.domain.shown_scores import shown_interval, shown_score
from eiassess.scoring.interpreting import names_of, why_not_scored
from eiassess.services.results import CandidateRow, OpeningResults
from eiassess.web.moments import day_of_the_year, full_moment
from eiassess.web.recruiter.forms import ListQuery
from eiassess.web.recruiter.presenters.pictures import IntervalPicture, interval_picture
from eiassess.web.recruiter.presenters.words import (
    evidence_title,
    shown_name,
    state_in_words,
)


@dataclass(frozen=True)
class CandidateLine:
    """A row of the table."""

    session_id: str
    number: str
    name: str
    state: str
    score: str
    interval: str
    picture: IntervalPicture | None
    not_scored: str
    flagged: bool
    submitted: str
    submitted_full: str
    submitted_at: datetime | None
    released: bool
    chosen: bool
    other_form: str


@dataclass(frozen=True)
class Column:
    """A column's head: its label, where its link leads, and how the table is sorted by it."""

    label: str
    sort: str
    query: ListQuery | None
    aria_sort: str
    numeric: bool = False


@dataclass(frozen=True)
class OpeningPage:
    """What stands on an opening's page."""

    opening_id: str
    title: str
    simulated: bool
    lead: str
    evidence_title: str
    evidence: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[CandidateLine, ...]
    n_all: int
    query: ListQuery
    states: tuple[tuple[str, str], ...]


_COLUMNS = (
    ("No.", "number", True),
    ("Name", "name", False),
    ("Score", "score", True),
    ("95 % interval", "", True),
    ("", "picture", False),
    ("State", "state", False),
    ("Flag", "flag", False),
    ("Handed in", "submitted", True),
    ("Report", "released", False),
)
_STATE_LABELS = (
    ("", "All"),
    (SessionState.SUBMITTED.value, "Handed in"),
    (SessionState.STARTED.value, "Begun"),
    (SessionState.INVITED.value, "Not begun"),
)
_STATE_ORDER = (SessionState.SUBMITTED, SessionState.STARTED, SessionState.INVITED)
_SORT_KEYS: dict[str, Callable[[CandidateRow], float | str | None]] = {
    "number": lambda row: row.number,
    "name": lambda row: row.name.casefold(),
    "state": lambda row: _STATE_ORDER.index(row.state),
    "score": lambda row: row.overall.score if row.overall and row.is_comparable else None,
    "flag": lambda row: row.flagged,
    "submitted": lambda row: row.submitted_at.timestamp() if row.submitted_at else None,
    "released": lambda row: row.released,
}


def present_opening(
    results: OpeningResults, query: ListQuery, *, blind: bool, chosen: Sequence[str] = ()
) -> OpeningPage:
    """Filter, sort and word an opening's candidates."""
    rows = _sorted([row for row in results.candidates if _matches(row, query)], query)
    return OpeningPage(
        opening_id=results.opening_id,
        title=results.title,
        simulated=results.simulated,
        lead=lead_sentence(results.candidates),
        evidence_title=evidence_title(results.key),
        evidence=(results.bank.evidence.key, results.bank.evidence.norms),
        columns=tuple(_column(*each, query, blind=blind) for each in _COLUMNS),
        lines=tuple(_line(row, results, blind=blind, chosen=row.session_id in chosen) for row in rows),
        n_all=len(results.candidates),
        query=query,
        states=_STATE_LABELS,
    )


def lead_sentence(rows: Sequence[CandidateRow]) -> str:
    """Say how many have handed in and how far scores lie apart; a list is no comparison, so it tests nothing."""
    n_submitted = sum(row.state is SessionState.SUBMITTED for row in rows)
    sentence = f"{n_submitted} of {len(rows)} {'has' if n_submitted == 1 else 'have'} handed in."
    others = sum(row.overall is not None and not row.is_comparable for row in rows)
    if others:
        sat = "1 sat" if others == 1 else f"{others} sat"
        sentence += f" {sat} another form or version, or under another key: no comparison with those scores."
    compared = (row.overall for row in rows if row.overall and row.is_comparable)
    estimates = sorted(compared, key=lambda estimate: -estimate.score)
    if len(estimates) == 1 or not estimates:
        return sentence
    highest, lowest = shown_score(estimates[0].score), shown_score(estimates[-1].score)
    return f"{sentence} The widest gap is from {lowest} to {highest}."


def _matches(row: CandidateRow, query: ListQuery) -> bool:
    if query.state and row.state != query.state:
        return False
    return query.search.casefold() in row.name.casefold()


def _sorted(rows: list[CandidateRow], query: ListQuery) -> list[CandidateRow]:
    """Sort by one column, those without a value last whichever way, and equal ones by number."""
    key = _SORT_KEYS[query.sort]
    rows = sorted(rows, key=lambda row: row.number)
    known = [row for row in rows if key(row) is not None]
    known.sort(key=lambda row: key(row) or 0, reverse=query.order == "desc")
    return known + [row for row in rows if key(row) is None]


def _column(label: str, sort: str, numeric: bool, query: ListQuery, *, blind: bool) -> Column:  # noqa: FBT001 - a table's row
    if sort not in _SORT_KEYS or (blind and sort == "name"):
        return Column(label, sort, None, "", numeric)
    sorted_now = {"asc": "ascending", "desc": "descending"}[query.order] if query.sort == sort else ""
    return Column(label, sort, query.sorted_by(sort), sorted_now, numeric)


def _line(row: CandidateRow, results: OpeningResults, *, blind: bool, chosen: bool) -> CandidateLine:
    reasons = [why_not_scored(reason, names_of(results.form, results.bank.model)) for reason in row.not_scored[:1]]
    at = row.submitted_at
    return CandidateLine(
        session_id=row.session_id,
        number=f"{row.number:02}",
        name=shown_name(row, blind=blind),
        state=state_in_words(row),
        score=shown_score(row.overall.score) if row.overall else "",
        interval=shown_interval(row.overall.interval) if row.overall else "",
        picture=interval_picture(row.overall),
        not_scored="" if row.overall else f"not scored: {reasons[0]}" if reasons else "no score before handing in",
        flagged=row.flagged,
        submitted=day_of_the_year(at) if at else "",
        submitted_full=full_moment(at) if at else "",
        submitted_at=at,
        released=row.released,
        chosen=chosen,
        other_form="" if row.is_comparable else row.form_label,
    )
