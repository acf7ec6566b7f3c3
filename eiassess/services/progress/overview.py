"""An opening's candidates by where they stand: counts, who needs a nudge, and a page of them."""

import statistics
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from sqlmodel import Session, col, func, select

from eiassess.domain.deadlines import Deadline
from eiassess.domain.openings import OpeningState
from eiassess.domain.progress import Stage, needs_nudge, stage_of
from eiassess.domain.sessions import SessionState
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    ItemResponseRecord,
    OpeningRecord,
)
from eiassess.services.content.pinned import get_form
from eiassess.services.hiring.opening_records import deadline_of
from eiassess.services.hiring.openings import require_member
from eiassess.services.progress.standings import Columns, is_one_of, of_opening, standing_columns, standing_from

PAGE_SIZE = 50
MEDIAN_FROM = 5
"""A median of fewer would tell of persons."""


@dataclass(frozen=True)
class ProgressQuery:
    """Which of an opening's candidates are looked at."""

    stage: Stage | None = None
    nudge: bool = False
    page: int = 1


@dataclass(frozen=True)
class ProgressRow:
    """A candidate with where they stand; ``n_answered`` of ``n_scenarios`` are saved.

    ``own_end`` is the later end that a recruiter gave to this person alone and that still counts.
    """

    session_id: str
    number: int
    name: str
    email: str
    stage: Stage
    nudge: bool
    n_answered: int
    n_scenarios: int
    released: bool = False
    own_end: datetime | None = None


@dataclass(frozen=True)
class Progress:
    """How an opening stands.

    ``median_minutes`` is over those who handed in, ``None`` for fewer than five; ``n_matching`` are those that the
    query asks for, of whom ``rows`` are a page.
    """

    opening_id: str
    title: str
    simulated: bool
    state: OpeningState
    deadline: Deadline | None
    query: ProgressQuery
    counts: dict[Stage, int]
    n_nudge: int
    median_minutes: float | None
    n_matching: int
    n_pages: int
    rows: tuple[ProgressRow, ...]
    zone: str = "UTC"
    """The opening's time zone."""

    @property
    def n_all(self) -> int:
        """How many candidates there are."""
        return sum(self.counts.values())


def get_progress(database: Database, user_id: str, opening_id: str, query: ProgressQuery, now: datetime) -> Progress:
    """Return how an opening stands, with a page of those whom the query asks for; a page past the last is the last.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        columns = standing_columns(opening, now)
        groups = _groups(db, opening_id, columns)
        matching = [(values, n) for values, n in groups if _matches(values, query)]
        n_matching = sum(n for _, n in matching)
        n_pages = max(1, ceil(n_matching / PAGE_SIZE))
        page = min(max(query.page, 1), n_pages)
        asked = _rows_query(opening_id, columns, [values for values, _ in matching])
        rows = _rows(db, asked.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
        return Progress(
            opening.id,
            opening.title,
            opening.simulated,
            OpeningState(opening.state),
            deadline_of(opening),
            ProgressQuery(query.stage, query.nudge, page),
            _counts(groups),
            sum(n for values, n in groups if needs_nudge(standing_from(values))),
            _median_minutes(db, opening),
            n_matching,
            n_pages,
            rows,
            opening.time_zone,
        )


def list_matching(
    database: Database, user_id: str, opening_id: str, query: ProgressQuery, now: datetime
) -> tuple[ProgressRow, ...]:
    """Return everybody whom a query asks for, whatever its page.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        columns = standing_columns(opening, now)
        groups = [values for values, _ in _groups(db, opening_id, columns) if _matches(values, query)]
        return _rows(db, _rows_query(opening_id, columns, groups))


def _groups(db: Session, opening_id: str, columns: Columns) -> list[tuple[list[Any], int]]:
    """Count the candidates of each standing that there is, in one query."""
    labelled: list[Any] = [column.label(name) for name, column in columns.items()]
    inner = of_opening(select(*labelled), opening_id).subquery()
    asked: list[Any] = [*inner.c, func.count()]
    query = select(*asked).group_by(*inner.c)
    return [(list(values), n) for *values, n in db.connection().execute(query)]


def _matches(values: list[Any], query: ProgressQuery) -> bool:
    standing = standing_from(values)
    return (query.stage is None or stage_of(standing) is query.stage) and (not query.nudge or needs_nudge(standing))


def _counts(groups: list[tuple[list[Any], int]]) -> dict[Stage, int]:
    counts = dict.fromkeys(Stage, 0)
    for values, n in groups:
        counts[stage_of(standing_from(values))] += n
    return counts


def _rows_query(opening_id: str, columns: Columns, groups: list[list[Any]]) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    session, candidate, answer = AssessmentSessionRecord, CandidateRecord, ItemResponseRecord
    n_answered = (
        select(func.count()).where(col(answer.session_id) == col(session.id)).correlate(session).scalar_subquery()
    )
    shown: list[Any] = [
        session.id, candidate.number, candidate.name, candidate.email, session.form_digest, n_answered,
        col(session.released_at).is_not(None), session.ends_at, OpeningRecord.deadline_at,
    ]  # fmt: skip
    return (
        of_opening(select(*shown, *columns.values()), opening_id)
        .join(OpeningRecord, col(OpeningRecord.id) == col(session.opening_id))
        .where(is_one_of(columns, groups))
        .order_by(col(candidate.number))
    )


def _rows(db: Session, query: Any) -> tuple[ProgressRow, ...]:  # noqa: ANN401 - SQLAlchemy's own
    found = []
    for (
        session_id,
        number,
        name,
        email,
        form_digest,
        n_answered,
        released,
        own,
        usual,
        *values,
    ) in db.connection().execute(query):
        standing = standing_from(values)
        n_scenarios = len(get_form(db, form_digest).scenarios)
        found.append(
            ProgressRow(
                session_id,
                number,
                name,
                email,
                stage_of(standing),
                needs_nudge(standing),
                n_answered,
                n_scenarios,
                bool(released),
                own if own and stage_of(standing).is_on_the_way and (usual is None or own > usual) else None,
            )
        )
    return tuple(found)


def _median_minutes(db: Session, opening: OpeningRecord) -> float | None:
    session, answer = AssessmentSessionRecord, ItemResponseRecord
    query = (
        select(func.sum(answer.seconds))
        .join(session, col(session.id) == col(answer.session_id))
        .where(session.opening_id == opening.id, session.state == SessionState.SUBMITTED)
        .group_by(col(answer.session_id))
    )
    seconds = [float(each) for each in db.exec(query)]
    return statistics.median(seconds) / 60 if len(seconds) >= MEDIAN_FROM else None
