"""An opening's candidates as a list: who is on it, in which order, on which page, and who comes before and after.

The database filters, sorts and pages: what is read is what is shown, whether 40 or 5,000 are invited.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, case, false, or_, select
from sqlmodel import Session, col, func

from eiassess.domain.banks import QuestionBank
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.searching import SoughtWord, sought_words
from eiassess.domain.sessions import SessionState
from eiassess.domain.uses import UseOfScores
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, CandidateRecord, OpeningRecord, ScoreRecord
from eiassess.services.content.pinned import get_bank, get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.deciding.uses import use_of_scores
from eiassess.services.hiring.openings import require_member
from eiassess.services.results.candidate_rows import (
    CandidateRow,
    candidate_row,
    count_complete,
    of_opening,
    read_candidates,
    whole_candidates,
)
from eiassess.services.results.score_groups import (
    ListSummary,
    ScoreGroup,
    is_comparable,
    read_groups,
    summarise,
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
    """How a list is sorted and filtered, and which page of it is meant, counted from 1.

    ``otherwise`` is what it is sorted by where scores may not put people in order.
    """

    sort: ListSort = ListSort.NUMBER
    descending: bool = False
    state: SessionState | None = None
    search: str = ""
    page: int = 1
    otherwise: ListSort = ListSort.NAME


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
    use: UseOfScores
    sort_refused: bool = False
    """Whether the order by score was asked for and is not allowed here."""

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
    asked = query or ListQuery()
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        use = use_of_scores(db, opening)
        query = _allowed(asked, use)
        groups = read_groups(db, opening.id)
        n_matching = _count(db, opening, query)
        query = replace(query, page=min(max(query.page, 1), max(1, ceil(n_matching / PAGE_SIZE))))
        return CandidateList(
            opening.id,
            opening.title,
            opening.simulated,
            get_bank(db, opening.bank_digest),
            get_form(db, opening.form_digest),
            get_key(db, opening.key_digest),
            summarise(db, opening, groups),
            query,
            n_matching,
            _page(db, opening, query, groups),
            use,
            sort_refused=query.sort is not asked.sort,
        )


def _allowed(query: ListQuery, use: UseOfScores) -> ListQuery:
    """Sort by something else where scores may not put people in order."""
    if query.sort is not ListSort.SCORE or use.allowed:
        return query
    return replace(query, sort=query.otherwise, descending=False)


def _count(db: Session, opening: OpeningRecord, query: ListQuery) -> int:
    counting = of_opening(select(func.count()), opening.id).where(*_filters(query))
    n: int = db.connection().execute(counting).scalar_one()
    return n


def _page(db: Session, opening: OpeningRecord, query: ListQuery, groups: list[ScoreGroup]) -> tuple[CandidateRow, ...]:
    asked = (
        whole_candidates(opening.id)
        .where(*_filters(query))
        .order_by(*_order(query, is_comparable(db, opening, groups)))
        .limit(PAGE_SIZE)
        .offset((query.page - 1) * PAGE_SIZE)
    )
    shown = read_candidates(db, opening, asked)
    complete = count_complete(db, shown)
    return tuple(candidate_row(each, complete[each.session.id]) for each in shown)


def of_list(columns: Any, opening_id: str, query: ListQuery) -> Any:  # noqa: ANN401 - any of three classes of selects
    """Ask for columns of everybody on a list, whatever its pages."""
    return of_opening(columns, opening_id).where(*_filters(query))


def find_place(db: Session, opening: OpeningRecord, session_id: str, query: ListQuery) -> Place:
    """Find a candidate in a list; who is not on it has the place among all, by number."""
    if query.sort is ListSort.SCORE:
        query = _allowed(query, use_of_scores(db, opening))
    found = _beside(db, opening, session_id, query) or _beside(db, opening, session_id, ListQuery())
    ((place, n),) = [(place, n) for place, n, name, *_ in found if name == session_id]
    beside = {other: Neighbour(*who) for other, _, *who in found}
    return Place(place, n, beside.get(place - 1), beside.get(place + 1))


def _beside(db: Session, opening: OpeningRecord, session_id: str, query: ListQuery) -> list[Any]:
    """Read place, number of places, session, number and name of a candidate and who is beside, if listed."""
    groups = read_groups(db, opening.id) if query.sort is ListSort.SCORE else []
    order = _order(query, is_comparable(db, opening, groups))
    columns: list[Any] = [
        func.row_number().over(order_by=order).label("place"),
        func.count().over().label("n"),
        col(AssessmentSessionRecord.id).label("session_id"),
        col(CandidateRecord.number).label("number"),
        col(CandidateRecord.name).label("name"),
    ]
    listed = of_opening(select(*columns), opening.id).where(*_filters(query)).cte("listed")
    own = select(listed.c.place).where(listed.c.session_id == session_id).scalar_subquery()
    return list(db.connection().execute(select(listed).where(listed.c.place.between(own - 1, own + 1))))


def _filters(query: ListQuery) -> list[ColumnElement[bool]]:
    words = [_is_found(word) for word in sought_words(query.search)]
    return words if query.state is None else [*words, col(AssessmentSessionRecord.state) == query.state.value]


def _is_found(word: SoughtWord) -> ColumnElement[bool]:
    """Say in SQL what `eiassess.domain.searching.is_found` says of a word."""
    name, address = col(CandidateRecord.name_found_by), col(CandidateRecord.email_found_by)
    texts = (name, address) if word.in_addresses else (name,)
    return or_(*(text.contains(form, autoescape=True) for text in texts for form in word.forms))


def _order(query: ListQuery, comparable: ColumnElement[bool]) -> list[ColumnElement[Any]]:
    """Sort in SQL; those without a value come last whichever way, and equal ones by number."""
    value = _value(query.sort, comparable)
    way = value.desc() if query.descending else value.asc()
    return [case((value.is_(None), 1), else_=0), way, col(CandidateRecord.number).asc()]


_STATE_ORDER = {SessionState.SUBMITTED: 0, SessionState.STARTED: 1, SessionState.INVITED: 2}


def _value(sort: ListSort, comparable: ColumnElement[bool]) -> ColumnElement[Any]:
    session, candidate, score = AssessmentSessionRecord, CandidateRecord, ScoreRecord
    values: dict[ListSort, Any] = {
        ListSort.NUMBER: col(candidate.number),
        ListSort.NAME: col(candidate.name_found_by),
        ListSort.STATE: case({each.value: place for each, place in _STATE_ORDER.items()}, value=col(session.state)),
        ListSort.SCORE: case((comparable, col(score.overall)), else_=None),
        ListSort.FLAG: func.coalesce(col(score.flagged), false()),
        ListSort.SUBMITTED: col(session.submitted_at),
        ListSort.RELEASED: case((col(session.released_at).is_(None), 0), else_=1),
    }
    found: ColumnElement[Any] = values[sort]
    return found
