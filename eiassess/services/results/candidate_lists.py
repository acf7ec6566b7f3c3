"""An opening's candidates as a list: who is on it, in which order, on which page, and who comes before and after."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil

from sqlmodel import Session

from eiassess.domain.banks import QuestionBank
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.searching import is_found
from eiassess.domain.sessions import SessionState
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import OpeningRecord
from eiassess.services.content.pinned import get_bank, get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.hiring.openings import require_member
from eiassess.services.results.candidate_rows import (
    CandidateRecords,
    CandidateRow,
    Progress,
    candidate_row,
    read_candidates,
    read_progress,
)

PAGE_SIZE = 50
"""Candidates on a page: 40 are on one, and many hundreds still load at once."""


class ListSort(StrEnum):
    """What a list can be sorted by."""

    NUMBER = "number"
    NAME = "name"
    STATE = "state"
    SCORE = "score"
    FLAG = "flag"
    SUBMITTED = "submitted"
    RELEASED = "released"


@dataclass(frozen=True)
class ListQuery:
    """How a list is sorted and filtered, and which page of it is meant, counted from 1."""

    sort: ListSort = ListSort.NUMBER
    descending: bool = False
    state: SessionState | None = None
    search: str = ""
    page: int = 1


@dataclass(frozen=True)
class ListSummary:
    """What is so for all candidates of an opening, whichever of them a page shows.

    ``n_set_apart`` have a score that does not compare with the others'; ``lowest`` and ``highest`` are those of the
    others, ``None`` with fewer than two.
    """

    n_all: int
    n_submitted: int
    n_set_apart: int
    lowest: float | None
    highest: float | None


@dataclass(frozen=True)
class CandidateList:
    """An opening with a page of its candidates; ``query`` has the number of the page that it really is."""

    opening_id: str
    title: str
    simulated: bool
    bank: QuestionBank
    form: AssessmentForm
    key: ScoringKey
    summary: ListSummary
    query: ListQuery
    n_matching: int
    candidates: tuple[CandidateRow, ...]

    @property
    def n_pages(self) -> int:
        """How many pages there are: one at least, also for nobody."""
        return max(1, ceil(self.n_matching / PAGE_SIZE))

    @property
    def n_before(self) -> int:
        """How many candidates stand on earlier pages."""
        return (self.query.page - 1) * PAGE_SIZE


@dataclass(frozen=True)
class Neighbour:
    """The candidate before or after one in a list."""

    session_id: str
    number: int
    name: str


@dataclass(frozen=True)
class Place:
    """Where a candidate stands in a list: the place from 1, of how many, and who is beside."""

    place: int
    n_matching: int
    previous: Neighbour | None
    following: Neighbour | None


def list_candidates(database: Database, user_id: str, opening_id: str, query: ListQuery | None = None) -> CandidateList:
    """Return a page of an opening's candidates, sorted and filtered; a page past the last is the last.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    query = query or ListQuery()
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        everybody = read_candidates(db, opening)
        listed, progress = _in_order(db, everybody, query)
        query = replace(query, page=min(max(query.page, 1), max(1, ceil(len(listed) / PAGE_SIZE))))
        shown = listed[(query.page - 1) * PAGE_SIZE : query.page * PAGE_SIZE]
        progress = progress or read_progress(db, shown)
        return CandidateList(
            opening.id,
            opening.title,
            opening.simulated,
            get_bank(db, opening.bank_digest),
            get_form(db, opening.form_digest),
            get_key(db, opening.key_digest),
            _summary(everybody),
            query,
            len(listed),
            tuple(candidate_row(each, progress[each.session.id]) for each in shown),
        )


def find_place(db: Session, opening: OpeningRecord, session_id: str, query: ListQuery) -> Place:
    """Find a candidate in a list; who is not on it has the place among all, by number."""
    with_scores = query.sort in {ListSort.SCORE, ListSort.FLAG}
    everybody = read_candidates(db, opening, with_scores=with_scores)
    listed, _ = _in_order(db, everybody, query)
    ids = [each.session.id for each in listed]
    if session_id not in ids:
        listed, ids = everybody, [each.session.id for each in everybody]
    place = ids.index(session_id)
    before, after = listed[place - 1 : place] if place else [], listed[place + 1 : place + 2]
    return Place(place + 1, len(listed), _neighbour(before), _neighbour(after))


def _neighbour(found: Sequence[CandidateRecords]) -> Neighbour | None:
    return Neighbour(found[0].session.id, found[0].candidate.number, found[0].candidate.name) if found else None


def _summary(everybody: Sequence[CandidateRecords]) -> ListSummary:
    scored = [(each.is_comparable, each.stored.score.overall) for each in everybody if each.stored]
    scores = sorted(overall.score for is_comparable, overall in scored if overall and is_comparable)
    return ListSummary(
        len(everybody),
        sum(each.state is SessionState.SUBMITTED for each in everybody),
        sum(overall is not None and not is_comparable for is_comparable, overall in scored),
        scores[0] if len(scores) > 1 else None,
        scores[-1] if len(scores) > 1 else None,
    )


def _in_order(
    db: Session, everybody: Sequence[CandidateRecords], query: ListQuery
) -> tuple[list[CandidateRecords], dict[str, Progress]]:
    """Filter and sort; those without a value come last whichever way, and equal ones by number.

    The flags of all are looked up only to sort by them, and are given on, so that nothing is looked up twice.
    """
    matching = [each for each in everybody if _matches(each, query)]
    progress = read_progress(db, matching) if query.sort is ListSort.FLAG else {}
    value = _VALUES.get(query.sort) or (lambda each: progress[each.session.id].flagged)
    known = [each for each in matching if value(each) is not None]
    known.sort(key=lambda each: value(each) or 0, reverse=query.descending)
    return known + [each for each in matching if value(each) is None], progress


def _matches(each: CandidateRecords, query: ListQuery) -> bool:
    is_in_state = query.state is None or each.state is query.state
    return is_in_state and is_found(query.search, each.candidate.name, each.candidate.email)


_STATE_ORDER = (SessionState.SUBMITTED, SessionState.STARTED, SessionState.INVITED)


def _score(each: CandidateRecords) -> float | None:
    overall = each.stored.score.overall if each.stored and each.is_comparable else None
    return None if overall is None else overall.score


def _submitted(each: CandidateRecords) -> float | None:
    at = each.session.submitted_at
    return None if at is None else at.timestamp()


_VALUES: Mapping[ListSort, Callable[[CandidateRecords], float | str | None]] = {
    ListSort.NUMBER: lambda each: each.candidate.number,
    ListSort.NAME: lambda each: each.candidate.name.casefold(),
    ListSort.STATE: lambda each: _STATE_ORDER.index(each.state),
    ListSort.SCORE: _score,
    ListSort.SUBMITTED: _submitted,
    ListSort.RELEASED: lambda each: each.session.released_at is not None,
}
