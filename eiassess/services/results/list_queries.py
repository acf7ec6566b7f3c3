"""What is asked of an opening's list: its order, its filters, its page."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eiassess.domain.sessions import SessionState


class ListSort(StrEnum):
    """What a list can be sorted by."""

    NUMBER = "number"
    NAME = "name"
    STATE = "state"
    STAGE = "stage"
    SCORE = "score"
    BAND = "band"
    PART = "part"
    FLAG = "flag"
    SUBMITTED = "submitted"
    RELEASED = "released"


BY_SCORES = frozenset({ListSort.SCORE, ListSort.BAND, ListSort.PART})
"""Orders that only lists have whose scores may put people in order."""


@dataclass(frozen=True)
class ListQuery:
    """How a list is sorted and filtered, and which page of it is meant, counted from 1.

    Parameters
    ----------
    otherwise
        What it is sorted by where scores may not put people in order.
    stage
        The id of a stage.
    flagged
        Only those whose answers are a reason to talk.
    since, until
        Days of handing in, both included, in the opening's time zone.
    at_least, at_most
        Overall scores as pages write them, both included, of those that compare; nothing where scores may not put
        people in order.
    part
        The area or competency that `ListSort.PART` sorts by.
    by_name
        Whether a band's people stand by name; else by number.
    columns
        Chosen columns by name; areas and competencies among them are read. Nothing is what says something.
    """

    sort: ListSort = ListSort.NUMBER
    descending: bool = False
    state: SessionState | None = None
    search: str = ""
    page: int = 1
    otherwise: ListSort = ListSort.NAME
    stage: str | None = None
    flagged: bool = False
    since: date | None = None
    until: date | None = None
    at_least: float | None = None
    at_most: float | None = None
    part: str = ""
    columns: tuple[str, ...] = ()
    by_name: bool = True
