"""An opening's candidates as a table, with the sentence that says what the table can bear."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from eiassess.domain.deciding import StageChoice
from eiassess.domain.names import isolated
from eiassess.domain.sessions import SessionState
from eiassess.domain.shown_scores import shown_interval, shown_score
from eiassess.scoring.comparing import Apart
from eiassess.scoring.interpreting import names_of, why_not_scored
from eiassess.services.results.candidate_lists import CandidateList, ListQuery, ListSort
from eiassess.services.results.candidate_rows import CandidateRow
from eiassess.services.results.score_groups import ListSummary
from eiassess.web.recruiter.list_addresses import filters_of, nameless, parameters_of, sorted_by
from eiassess.web.recruiter.pictures import IntervalPicture, interval_picture
from eiassess.web.recruiter.words import (
    evidence_title,
    shown_name,
    state_in_words,
    use_sentences,
)
from eiassess.web.shell.moments import day_of_the_year, full_moment


@dataclass(frozen=True)
class CandidateLine:
    """A row of the table."""

    session_id: str
    number: str
    name: str
    state: str
    stage: str
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
    apart: str
    """Why the scores do not compare with the others'; empty if they do."""


@dataclass(frozen=True)
class Column:
    """A column's head: its label, the list that its link asks for, and how the table is sorted by it now."""

    label: str
    parameters: dict[str, str] | None
    aria_sort: str
    numeric: bool = False


@dataclass(frozen=True)
class OpeningPage:
    """What stands on an opening's page; the dictionaries are what addresses of lists end in."""

    opening_id: str
    title: str
    simulated: bool
    lead: str
    evidence_title: str
    evidence: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[CandidateLine, ...]
    n_all: int
    shown: str
    search: str
    state: str
    states: tuple[tuple[str, str], ...]
    stage: str
    stages: tuple[tuple[str, str], ...]
    is_filtered: bool
    parameters: dict[str, str]
    nameless: dict[str, str]
    previous: dict[str, str] | None
    following: dict[str, str] | None
    page: str
    not_sorted: str
    """Why the list does not stand by score as an address asked; empty if it asked for nothing of the kind."""


PICTURE = "picture"
"""The column whose head is a scale instead of a word."""
_COLUMNS: tuple[tuple[str, ListSort | None, bool], ...] = (
    ("No.", ListSort.NUMBER, True),
    ("Name", ListSort.NAME, False),
    ("Score", ListSort.SCORE, True),
    ("95 % interval", None, True),
    (PICTURE, None, False),
    ("State", ListSort.STATE, False),
    ("Stage", ListSort.STAGE, False),
    ("Flag", ListSort.FLAG, False),
    ("Handed in", ListSort.SUBMITTED, True),
    ("Report", ListSort.RELEASED, False),
)
_SCORED = {Apart.KEY: "scored under another key", Apart.ENGINE: "scored by another scoring engine"}
_STATE_LABELS = (
    ("", "All"),
    (SessionState.SUBMITTED.value, "Handed in"),
    (SessionState.STARTED.value, "Begun"),
    (SessionState.INVITED.value, "Not begun"),
)


def present_opening(found: CandidateList, *, blind: bool, chosen: Sequence[str] = ()) -> OpeningPage:
    """Word a page of an opening's candidates."""
    query = found.query
    return OpeningPage(
        opening_id=found.opening_id,
        title=found.title,
        simulated=found.simulated,
        lead=lead_sentence(found.summary),
        evidence_title=evidence_title(found.key, found.use),
        evidence=(found.bank.evidence.key, *use_sentences(found.use), found.bank.evidence.norms),
        columns=tuple(_column(*each, query, blind=blind, by_score=found.use.allowed) for each in _COLUMNS),
        lines=tuple(_line(row, found, blind=blind, chosen=row.session_id in chosen) for row in found.candidates),
        n_all=found.summary.n_all,
        shown=_shown(found),
        search=query.search,
        state=query.state or "",
        states=_STATE_LABELS,
        stage=query.stage or "",
        stages=(("", "All"), *((each.id, each.name) for each in found.stages)),
        is_filtered=bool(filters_of(query)),
        parameters=parameters_of(query),
        nameless=nameless(query),
        previous=parameters_of(replace(query, page=query.page - 1)) if query.page > 1 else None,
        following=parameters_of(replace(query, page=query.page + 1)) if query.page < found.n_pages else None,
        page=f"Page {query.page} of {found.n_pages}: {_shown(found)}" if found.n_pages > 1 else "",
        not_sorted=why_not_sorted(query.sort) if found.sort_refused else "",
    )


def _shown(found: CandidateList) -> str:
    """Say which candidates the page shows, of how many that match and how many there are."""
    n_shown, n_all = len(found.candidates), found.summary.n_all
    if found.n_pages == 1:
        return f"{n_shown:,} of {n_all:,} candidates shown."
    match = "candidates" if found.n_matching == n_all else f"that match, of {n_all:,} candidates"
    return f"{found.n_before + 1:,} to {found.n_before + n_shown:,} of {found.n_matching:,} {match}."


def lead_sentence(summary: ListSummary) -> str:
    """Say how many have handed in and how far scores lie apart; a list is no comparison, so it tests nothing."""
    n_submitted = summary.n_submitted
    sentence = f"{n_submitted:,} of {summary.n_all:,} {'has' if n_submitted == 1 else 'have'} handed in."
    if summary.n_set_apart:
        sentence += f" {set_apart_sentence(summary)}"
    if summary.lowest is None or summary.highest is None:
        return sentence
    return f"{sentence} The widest gap is from {shown_score(summary.lowest)} to {shown_score(summary.highest)}."


def set_apart_sentence(summary: ListSummary) -> str:
    """Say how many scores do not compare with the others, and for which causes."""
    n = summary.n_set_apart
    were = "was" if n == 1 else "were"
    causes = " or ".join(
        f"{were} {_SCORED[why]}" if why in _SCORED else "sat another form or version" for why in summary.apart
    )
    return f"{n} {causes}: no comparison with those scores."


def why_set_apart(row: CandidateRow) -> str:
    """Name in a few words what sets a candidate's score apart; the form by its title and version."""
    return ", ".join(_SCORED.get(why, row.form_label) for why in row.apart)


def why_not_sorted(instead: ListSort) -> str:
    """Say why an order by score was not given, and which one was."""
    order = "the order of invitation" if instead is ListSort.NUMBER else "name"
    return (
        f"The list stands by {order}, not by score: too few experts stand behind this answer key, and candidates here "
        "were told that results are not for ranking."
    )


def _column(
    label: str,
    sort: ListSort | None,
    numeric: bool,  # noqa: FBT001 - a table's row
    query: ListQuery,
    *,
    blind: bool,
    by_score: bool,
) -> Column:
    closed = (blind and sort is ListSort.NAME) or (sort is ListSort.SCORE and not by_score)
    if sort is None or closed:
        return Column(label, None, "", numeric)
    sorted_now = {False: "ascending", True: "descending"}[query.descending] if query.sort is sort else ""
    return Column(label, parameters_of(sorted_by(query, sort)), sorted_now, numeric)


def _stage(of: str, stages: Sequence[StageChoice]) -> str:
    """Name where somebody stands, isolated: a company's own stage can be named in any script."""
    return isolated(next(each.name for each in stages if each.id == of))


def _line(row: CandidateRow, found: CandidateList, *, blind: bool, chosen: bool) -> CandidateLine:
    reasons = [why_not_scored(reason, names_of(found.form, found.bank.model)) for reason in row.not_scored[:1]]
    at = row.submitted_at
    return CandidateLine(
        session_id=row.session_id,
        number=f"{row.number:02}",
        name=shown_name(row, blind=blind),
        state=state_in_words(row),
        stage=_stage(row.stage, found.stages),
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
        apart=why_set_apart(row),
    )
