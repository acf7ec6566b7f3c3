"""Plain values for the pages about requests."""

from dataclasses import dataclass

from eiassess.domain.requests import AdjustmentKind
from eiassess.services.adjustments.answering import WaitingRequest
from eiassess.web.shell.moments import Moment, moment_in

KINDS = {
    AdjustmentKind.MORE_TIME: "More time",
    AdjustmentKind.OTHER_FORMAT: "Another format",
    AdjustmentKind.CALL: "A call",
    AdjustmentKind.SOMETHING_ELSE: "Something else",
}


@dataclass(frozen=True)
class RequestLine:
    """A request in the list."""

    id: str
    name: str
    opening: str
    kind: str
    asked: Moment
    is_answered: bool
    keeps_promise: bool


@dataclass(frozen=True)
class RequestPage:
    """A request by itself."""

    line: RequestLine
    words: str
    answer: str
    answered: Moment | None
    has_limit: bool
    until: Moment
    time_zone: str
    can_change: bool


def request_line(asked: WaitingRequest) -> RequestLine:
    """Make a line of the list."""
    return RequestLine(
        asked.id,
        asked.candidate_name,
        asked.opening_title,
        KINDS[asked.kind],
        moment_in(asked.asked_at, asked.time_zone),
        asked.answer is not None,
        asked.keeps_promise,
    )


def request_page(asked: WaitingRequest) -> RequestPage:
    """Make a request's own page."""
    return RequestPage(
        line=request_line(asked),
        words=asked.words,
        answer=asked.answer or "",
        answered=moment_in(asked.answered_at, asked.time_zone) if asked.answered_at else None,
        has_limit=asked.time_limit_minutes is not None,
        until=moment_in(asked.ends_at, asked.time_zone),
        time_zone=asked.time_zone.replace("_", " "),
        can_change=asked.can_change,
    )
