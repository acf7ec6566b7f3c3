"""An opening's candidates as a table, with the sentence that says what the table can bear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from eiassess.domain.deciding import StageChoice
from eiassess.domain.names import isolated
from eiassess.domain.sessions import SessionState
from eiassess.domain.shown_scores import shown_interval, shown_score
from eiassess.scoring.differences.wording import why_not_compared
from eiassess.scoring.interpreting import names_of, why_not_scored
from eiassess.services.results.bands import Bands
from eiassess.services.results.candidate_lists import CandidateList, ListedPart, ListQuery, ListSort
from eiassess.services.results.candidate_rows import CandidateRow
from eiassess.web.recruiter.list_addresses import filters_of, kept_of, nameless, parameters_of
from eiassess.web.recruiter.openings.columns import (
    Column,
    ColumnChoice,
    column_choices,
    shown_columns,
    with_columns,
)
from eiassess.web.recruiter.openings.sentences import (
    INTERVALS,
    SCORED,
    band_heading,
    estimate_sentences,
    lead_sentence,
    not_compared_heading,
    not_compared_sentence,
    why_not_sorted,
)
from eiassess.web.recruiter.page_turning import PageTurning, turn_pages
from eiassess.web.recruiter.pictures import IntervalPicture, interval_picture
from eiassess.web.recruiter.words import (
    evidence_title,
    shown_name,
    state_in_words,
    use_sentences,
)
from eiassess.web.shell.moments import day_of_the_year, full_moment

NO_BAND = "In no band"


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
    not_compared: str
    """Why the score is drawn and not compared; empty if it is compared."""
    band: int | None
    parts: Mapping[str, str]
    """Area or competency -> score with its interval."""


@dataclass(frozen=True)
class ViewLink:
    """A view with the list that it asks for; ``current`` if that is on the page."""

    id: str
    name: str
    parameters: dict[str, str]
    current: bool


@dataclass(frozen=True)
class LineGroup:
    """Rows that stand together: a band with its heading, or all of them without one."""

    heading: str
    lines: tuple[CandidateLine, ...]


@dataclass(frozen=True)
class OpeningPage:
    """What stands on an opening's page; the dictionaries are what addresses of lists end in."""

    opening_id: str
    title: str
    simulated: bool
    lead: str
    not_compared_lead: str
    evidence_title: str
    evidence: tuple[str, ...]
    columns: tuple[Column, ...]
    views: tuple[ViewLink, ...]
    kept: dict[str, str]
    """What a view keeps of this list."""
    choices: tuple[ColumnChoice, ...]
    unchosen: dict[str, str]
    """What a form that chooses columns keeps of the address."""
    groups: tuple[LineGroup, ...]
    lines: tuple[CandidateLine, ...]
    n_all: int
    shown: str
    search: str
    state: str
    states: tuple[tuple[str, str], ...]
    stage: str
    stages: tuple[tuple[str, str], ...]
    query: ListQuery
    is_filtered: bool
    may_rank: bool
    has_bands: bool
    by_band: dict[str, str]
    """The same list in bands, the highest first."""
    parameters: dict[str, str]
    nameless: dict[str, str]
    pages: PageTurning
    not_sorted: str
    """Why the list does not stand by score as an address asked; empty if it asked for nothing of the kind."""


_STATE_LABELS = (
    ("", "All"),
    (SessionState.SUBMITTED.value, "Handed in"),
    (SessionState.STARTED.value, "Begun"),
    (SessionState.INVITED.value, "Not begun"),
)


def present_opening(found: CandidateList, *, blind: bool, chosen: Sequence[str] = ()) -> OpeningPage:
    """Word a page of an opening's candidates."""
    query, bands = found.query, found.bands
    lines = tuple(_line(row, found, blind=blind, chosen=row.session_id in chosen) for row in found.candidates)
    return OpeningPage(
        opening_id=found.opening_id,
        title=found.title,
        simulated=found.simulated,
        lead=lead_sentence(replace(found.summary, not_compared={}), bands),
        not_compared_lead=not_compared_sentence(found.summary.not_compared) if found.summary.not_compared else "",
        evidence_title=evidence_title(found.key, found.use),
        evidence=_evidence(found),
        columns=shown_columns(found, blind=blind),
        views=_views(found),
        kept=kept_of(query),
        choices=column_choices(found),
        unchosen=with_columns(query),
        groups=_groups(lines, found),
        lines=lines,
        n_all=found.summary.n_all,
        shown=_shown(found),
        search=query.search,
        state=query.state or "",
        states=_STATE_LABELS,
        stage=query.stage or "",
        stages=(("", "All"), *((each.id, each.name) for each in found.stages)),
        query=query,
        is_filtered=bool(filters_of(query)),
        may_rank=found.use.allowed,
        has_bands=bands is not None and bool(bands.bands),
        by_band=parameters_of(replace(query, sort=ListSort.BAND, part="", descending=True, page=1)),
        parameters=parameters_of(query),
        nameless=nameless(query),
        pages=turn_pages(
            query.page, found.n_pages, f": {_shown(found)}", lambda page: parameters_of(replace(query, page=page))
        ),
        not_sorted=why_not_sorted(query.sort) if found.sort_refused else "",
    )


def _views(found: CandidateList) -> tuple[ViewLink, ...]:
    """Link to somebody's views; an address that was kept earlier is read as any other one."""
    here = kept_of(found.query)
    links = ((each, dict(each.parameters)) for each in found.views)
    return tuple(ViewLink(each.id, isolated(each.name), kept, kept == here) for each, kept in links)


def _evidence(found: CandidateList) -> tuple[str, ...]:
    """Say what the scores and the gap between them rest on."""
    evidence = found.bank.evidence
    reckoned = () if found.bands is None else estimate_sentences(found.bands.estimates)
    return evidence.key, *use_sentences(found.use), *reckoned, INTERVALS, evidence.norms


def _shown(found: CandidateList) -> str:
    """Say which candidates the page shows, of how many that match and how many there are."""
    n_shown, n_all = len(found.candidates), found.summary.n_all
    if found.n_pages == 1:
        return f"{n_shown:,} of {n_all:,} candidates shown."
    match = "candidates" if found.n_matching == n_all else f"that match, of {n_all:,} candidates"
    return f"{found.n_before + 1:,} to {found.n_before + n_shown:,} of {found.n_matching:,} {match}."


def why_set_apart(row: CandidateRow) -> str:
    """Name in a few words what sets a candidate's score apart; the form by its title and version."""
    return ", ".join(SCORED.get(why, row.form_label) for why in row.apart)


def _groups(lines: Sequence[CandidateLine], found: CandidateList) -> tuple[LineGroup, ...]:
    """Put rows of one band together where the list stands by bands or scores; who is in none stands below them."""
    bands = found.bands
    if bands is None or not bands.bands or found.query.sort not in {ListSort.BAND, ListSort.SCORE}:
        return (LineGroup("", tuple(lines)),)
    return tuple(
        LineGroup(heading, tuple(together)) for heading, together in groupby(lines, lambda line: _heading(line, found))
    )


def _heading(line: CandidateLine, found: CandidateList) -> str:
    if line.band is not None and found.bands is not None:
        return band_heading(line.band, found.bands)
    return not_compared_heading(found.summary.not_compared) if line.not_compared and not line.apart else NO_BAND


def band_ends(place: int | None, bands: Bands | None) -> tuple[float, float] | tuple[()]:
    """Give the ends of a band that a picture draws."""
    if bands is None or place is None:
        return ()
    highest = bands.bands[place].highest
    return highest - bands.gap, highest


def _stage(of: str, stages: Sequence[StageChoice]) -> str:
    """Name where somebody stands, isolated: a company's own stage can be named in any script."""
    return isolated(next(each.name for each in stages if each.id == of))


def _line(row: CandidateRow, found: CandidateList, *, blind: bool, chosen: bool) -> CandidateLine:
    reasons = [why_not_scored(reason, names_of(found.form, found.bank.model)) for reason in row.not_scored[:1]]
    at, bands = row.submitted_at, found.bands
    compares = row.overall is not None and not (row.apart or row.not_compared)
    band = bands.place_of(row.overall.score) if bands and row.overall and compares else None
    return CandidateLine(
        session_id=row.session_id,
        number=f"{row.number:02}",
        name=shown_name(row, blind=blind),
        state=state_in_words(row),
        stage=_stage(row.stage, found.stages),
        score=shown_score(row.overall.score) if row.overall else "",
        interval=shown_interval(row.drawn) if row.overall else "",
        picture=interval_picture(row.overall, row.drawn, band_ends(band, bands)),
        not_scored="" if row.overall else f"not scored: {reasons[0]}" if reasons else "no score before handing in",
        flagged=row.flagged,
        submitted=day_of_the_year(at) if at else "",
        submitted_full=full_moment(at) if at else "",
        submitted_at=at,
        released=row.released,
        chosen=chosen,
        apart=why_set_apart(row),
        not_compared=why_not_compared(row.not_compared) if row.not_compared else "",
        band=band,
        parts={part: _part(each) for part, each in found.parts.get(row.session_id, {}).items()},
    )


def _part(part: ListedPart) -> str:
    """Write a score in an area or a competency: never without its interval."""
    return f"{shown_score(part.score)} ({shown_interval(part.interval)})"
