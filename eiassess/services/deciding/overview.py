"""An opening's people by stage: how many stand where, and a page of those at one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from sqlalchemy import and_, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from eiassess.domain.deciding import StageChoice
from eiassess.domain.uses import UseOfScores
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, CandidateRecord, StageMoveRecord
from eiassess.services.auditing.acting import tell_count
from eiassess.services.deciding.shortlist import on_shortlist
from eiassess.services.deciding.stages import stages_of
from eiassess.services.deciding.telling import untold
from eiassess.services.deciding.uses import use_of_scores
from eiassess.services.hiring.openings import require_member

PAGE_SIZE = 50


@dataclass(frozen=True)
class StageRow:
    """A candidate where they stand; ``since`` is ``None`` for whom nothing was recorded yet."""

    session_id: str
    number: int
    name: str
    stage: StageChoice
    since: datetime | None
    marked: bool
    untold: bool
    simulated: bool


@dataclass(frozen=True)
class DecisionsOverview:
    """An opening's stages with a page of its people; ``page`` is the one that it really is."""

    opening_id: str
    title: str
    simulated: bool
    use: UseOfScores
    stages: tuple[StageChoice, ...]
    counts: Mapping[str, int]
    stage: StageChoice | None
    page: int
    n_pages: int
    rows: tuple[StageRow, ...]


def get_decisions(
    database: Database, user_id: str, opening_id: str, stage_id: str = "", page: int = 1
) -> DecisionsOverview:
    """Return an opening's people by stage, those at one of them if it is named, in the order of invitation.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    """
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        stages = stages_of(db, opening_id)
        stage = next((each for each in stages if each.id == stage_id), None)
        session = AssessmentSessionRecord
        counted = select(session.stage, func.count()).where(session.opening_id == opening_id).group_by(session.stage)
        counts = dict(db.exec(counted).all())
        n = counts.get(stage.id, 0) if stage else sum(counts.values())
        n_pages = max(1, ceil(n / PAGE_SIZE))
        page = min(max(page, 1), n_pages)
        return DecisionsOverview(
            opening.id,
            opening.title,
            opening.simulated,
            use_of_scores(db, opening),
            stages,
            counts,
            stage,
            page,
            n_pages,
            _rows(db, opening_id, stages, stage, page),
        )


def list_chosen(
    database: Database, user_id: str, opening_id: str, session_ids: list[str]
) -> tuple[tuple[str, int, str], ...]:
    """List chosen people of an opening with number and name, in the order of invitation.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    """
    session, candidate = AssessmentSessionRecord, CandidateRecord
    with database.reading() as db:
        require_member(db, opening_id, user_id)
        query = (
            select(session.id, candidate.number, candidate.name)
            .join(candidate, col(candidate.id) == col(session.candidate_id))
            .where(session.opening_id == opening_id, col(session.id).in_(session_ids))
            .order_by(col(candidate.number))
        )
        found = tuple((each, number, name) for each, number, name in db.exec(query))
    tell_count(len(found))
    return found


def _rows(
    db: Session, opening_id: str, stages: tuple[StageChoice, ...], stage: StageChoice | None, page: int
) -> tuple[StageRow, ...]:
    session, candidate, move, other = (
        AssessmentSessionRecord,
        CandidateRecord,
        StageMoveRecord,
        aliased(StageMoveRecord),
    )
    newest = select(func.max(other.number)).where(other.session_id == col(session.id)).scalar_subquery()
    query = (
        select(session, candidate, move.moved_at)
        .join(candidate, col(candidate.id) == col(session.candidate_id))
        .outerjoin(move, and_(col(move.session_id) == col(session.id), col(move.number) == newest))
        .where(session.opening_id == opening_id)
        .order_by(col(candidate.number))
    )
    if stage is not None:
        query = query.where(session.stage == stage.id)
    found = db.exec(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    people = [each.id for each, _, _ in found]
    names, marked, waiting = {each.id: each for each in stages}, on_shortlist(db, people), untold(db, people)
    return tuple(
        StageRow(
            each.id, who.number, who.name, names[each.stage], at, each.id in marked, each.id in waiting, who.simulated
        )
        for each, who, at in found
    )
