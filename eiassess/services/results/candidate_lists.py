"""An opening's candidates as a list: who is on it, in which order, on which page, and who comes before and after.

The database filters, sorts and pages: what is read is what is shown, whether 40 or 10,000 are invited.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any

from sqlmodel import Session, col, select

from eiassess.domain.banks import QuestionBank
from eiassess.domain.deciding import StageChoice
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.scores import Interval
from eiassess.domain.uses import UseOfScores
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, CandidateRecord, ListedPartRecord, OpeningRecord
from eiassess.scoring.person.missing import gives_overall_only
from eiassess.services.content.pinned import get_bank, get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.deciding.stages import stages_of
from eiassess.services.deciding.uses import use_of_scores
from eiassess.services.hiring.openings import require_member
from eiassess.services.results.bands import Bands, read_bands
from eiassess.services.results.candidate_rows import (
    CandidateRow,
    candidate_row,
    count_complete,
    read_candidates,
    whole_candidates,
)
from eiassess.services.results.list_orders import ListGround, ListOrder, listed_sessions, order_list
from eiassess.services.results.list_queries import BY_SCORES, ListQuery, ListSort
from eiassess.services.results.saved_views import SavedView, views_of
from eiassess.services.results.score_groups import (
    ListSummary,
    ScoreGroup,
    comparable_groups,
    count_states,
    read_groups,
    summarise,
)

__all__ = [
    "PAGE_SIZE",
    "CandidateList",
    "ListQuery",
    "ListSort",
    "ListedPart",
    "Neighbour",
    "Place",
    "find_place",
    "list_candidates",
]

PAGE_SIZE = 50
"""Candidates on a page: 40 are on one, and many hundreds still load at once."""


@dataclass(frozen=True)
class ListedPart:
    """Somebody's score in an area or a competency, with its stored interval, if it has one."""

    score: float
    interval: Interval | None


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
    stages: tuple[StageChoice, ...] = ()
    bands: Bands | None = None
    """How far apart scores must lie, with the bands where they may put people in order; ``None`` where not known."""
    views: tuple[SavedView, ...] = ()
    """The lists of this opening that whoever looks gave a name."""
    parts: Mapping[str, Mapping[str, ListedPart]] = field(default_factory=dict)
    """Session -> area or competency that is a column, or that the list stands by -> score."""

    @property
    def parts_on_display(self) -> tuple[str, ...]:
        """Areas and competencies that can be columns: none where the form gives an overall score only."""
        if gives_overall_only(self.form):
            return ()
        model = self.bank.model
        return (*(each.id for each in model.groups), *model.competencies)

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
        ground = _ground(db, opening, groups, use)
        order = order_list(db, ground, query)
        query = replace(query, page=min(max(query.page, 1), max(1, ceil(order.n / PAGE_SIZE))))
        rows = _page(db, order, query)
        return CandidateList(
            opening.id,
            opening.title,
            opening.simulated,
            get_bank(db, opening.bank_digest),
            get_form(db, opening.form_digest),
            get_key(db, opening.key_digest),
            summarise(db, opening, groups, count_states(db, opening.id)),
            query,
            order.n,
            rows,
            use,
            sort_refused=query.sort is not asked.sort,
            stages=ground.stages,
            bands=ground.bands,
            views=views_of(db, user_id, opening.id),
            parts=_parts(db, [each.session_id for each in rows], {*query.columns, query.part} - {""}),
        )


def _allowed(query: ListQuery, use: UseOfScores) -> ListQuery:
    """Neither sort by scores nor leave anybody out by them where scores may not put people in order."""
    if use.allowed:
        return query
    query = replace(query, at_least=None, at_most=None)
    return replace(query, sort=query.otherwise, descending=False) if query.sort in BY_SCORES else query


def _ground(db: Session, opening: OpeningRecord, groups: Sequence[ScoreGroup], use: UseOfScores) -> ListGround:
    alike = comparable_groups(db, opening, groups)
    bands = read_bands(db, opening, alike, may_rank=use.allowed)
    return ListGround(
        opening,
        tuple(each.basis for each in alike),
        stages_of(db, opening.id),
        bands,
        sum(each.n_not_compared for each in alike),
    )


def _page(db: Session, order: ListOrder, query: ListQuery) -> tuple[CandidateRow, ...]:
    start, opening = (query.page - 1) * PAGE_SIZE, order.ground.opening
    numbers = order.numbers(start, start + PAGE_SIZE)
    asked = whole_candidates(opening.id).where(col(AssessmentSessionRecord.number).in_(numbers))
    shown = {each.candidate.number: each for each in read_candidates(db, opening, asked)}
    complete = count_complete(db, tuple(shown.values()))
    return tuple(candidate_row(shown[number], complete[shown[number].session.id]) for number in numbers)


def _parts(db: Session, session_ids: Sequence[str], parts: Collection[str]) -> Mapping[str, Mapping[str, ListedPart]]:
    """Read the scores of areas and competencies of those whom a page shows, if it shows any."""
    found: dict[str, dict[str, ListedPart]] = {}
    listed = ListedPartRecord
    query = select(listed).where(col(listed.session_id).in_(session_ids), col(listed.part).in_(parts))
    for each in db.exec(query) if parts else ():
        interval = None if each.low is None or each.high is None else Interval(each.low, each.high)
        found.setdefault(each.session_id, {})[each.part] = ListedPart(each.score, interval)
    return found


def everybody_listed(db: Session, opening: OpeningRecord, query: ListQuery, columns: Sequence[Any]) -> Any:  # noqa: ANN401 - a select
    """Ask for columns of the sessions of everybody on a list, on all its pages, by number."""
    use = use_of_scores(db, opening)
    return listed_sessions(_ground(db, opening, read_groups(db, opening.id), use), _allowed(query, use), columns)


def find_place(db: Session, opening: OpeningRecord, session_id: str, query: ListQuery) -> Place:
    """Find a candidate in a list; who is not on it has the place among all, by number.

    The database counts who stands before: what is read is the one before and the one after, however many there are.
    """
    use = use_of_scores(db, opening)
    query = _allowed(query, use)
    ground = _ground(db, opening, read_groups(db, opening.id), use)
    number = db.get_one(AssessmentSessionRecord, session_id).number
    order = order_list(db, ground, query)
    place = order.find_place(number)
    if place is None:
        order = order_list(db, ground, ListQuery())
        place = order.find_place(number) or 0
    beside = order.numbers(max(place - 1, 0), place + 2)
    found = {each.number: each for each in _neighbours(db, opening, beside)}
    before = found[beside[0]] if place else None
    after = found[beside[-1]] if place + 1 < order.n else None
    return Place(place + 1, order.n, before, after)


def _neighbours(db: Session, opening: OpeningRecord, numbers: Sequence[int]) -> list[Neighbour]:
    session, candidate = AssessmentSessionRecord, CandidateRecord
    query = select(session.id, candidate.number, candidate.name).join(candidate)
    own = query.where(session.opening_id == opening.id, col(session.number).in_(numbers))
    return [Neighbour(*each) for each in db.exec(own)]
