"""From released candidates to what stands on a hiring manager's page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eiassess.domain.names import isolated
from eiassess.domain.reports import HiringReport
from eiassess.services.interviews.waiting import OwnInterview, WaitingCandidate
from eiassess.services.results.for_managers import ReleasedCandidate, ReleasedOpening
from eiassess.web.shell.interview_words import day_in_words
from eiassess.web.shell.moments import short_day
from eiassess.web.shell.papers import safe_name

NAMED_AT_MOST = 10


@dataclass(frozen=True)
class ReportLine:
    """A candidate whose report can be downloaded."""

    session_id: str
    name: str
    submitted: str
    released: str
    simulated: bool
    boxes: str
    """Which letters of the name cannot be read in the PDF."""
    is_new: bool = False


@dataclass(frozen=True)
class OpeningSection:
    """An opening with its released candidates."""

    title: str
    simulated: bool
    lines: tuple[ReportLine, ...]


def news_in_words(openings: tuple[ReleasedOpening, ...]) -> str:
    """Name who is new since the visit before; nothing if nobody is."""
    new = [each.name for opening in openings for each in opening.candidates if each.is_new]
    if not new:
        return ""
    named = ", ".join(map(isolated, new[:NAMED_AT_MOST]))
    more = f" and {len(new) - NAMED_AT_MOST} more" if len(new) > NAMED_AT_MOST else ""
    return f"New since your last visit: {named}{more}."


@dataclass(frozen=True)
class WaitingLine:
    """Somebody who waits for this manager's interview; ``interview_id`` is empty while none is planned with them."""

    interview_id: str
    session_id: str
    name: str
    simulated: bool
    about: str


def present_waiting(own: Sequence[OwnInterview], standing: Sequence[WaitingCandidate]) -> tuple[WaitingLine, ...]:
    """Word who waits for somebody's interview: what is planned first, by day."""
    planned = (
        WaitingLine(
            each.interview_id, each.session_id, isolated(each.candidate), each.simulated,
            f"{isolated(each.opening_title)}. Interview {each.number}, {day_in_words(each.day)}",
        )
        for each in own
        if each.waits
    )  # fmt: skip
    others = (
        WaitingLine(
            "", each.session_id, isolated(each.candidate), each.simulated,
            f"{isolated(each.opening_title)}. Released to you; no interview is planned with you yet",
        )
        for each in standing
    )  # fmt: skip
    return (*planned, *others)


def present_released(openings: tuple[ReleasedOpening, ...], boxes: Callable[[str], str]) -> tuple[OpeningSection, ...]:
    """Word the openings that somebody is assigned to; ``boxes`` says which letters of a text a PDF cannot have."""
    return tuple(
        OpeningSection(
            opening.title, opening.simulated, tuple(_line(each, boxes(each.name)) for each in opening.candidates)
        )
        for opening in openings
    )


def file_name(report: HiringReport) -> str:
    """Name the PDF after the candidate, without what file systems refuse."""
    return f"Hiring report {safe_name(report.candidate)}{' (SIMULATED)' if report.simulated else ''}.pdf"


def _line(candidate: ReleasedCandidate, boxes: str) -> ReportLine:
    return ReportLine(
        candidate.session_id,
        isolated(candidate.name),
        short_day(candidate.submitted_at),
        short_day(candidate.released_at),
        candidate.simulated,
        boxes,
        candidate.is_new,
    )
