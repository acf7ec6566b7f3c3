"""What staff recorded about one candidate: where they stand, how they came there, and the notes."""

from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from eiassess.domain.deciding import Note, StageChoice, StageMove
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import StageMoveRecord, UserRecord
from eiassess.services.deciding.notes import notes_of
from eiassess.services.deciding.stages import stages_of
from eiassess.services.hiring.openings import get_own_candidate


@dataclass(frozen=True)
class CandidateFile:
    """All that staff recorded about a candidate, the newest first."""

    session_id: str
    number: int
    name: str
    opening_id: str
    opening_title: str
    stage: StageChoice
    stages: tuple[StageChoice, ...]
    moves: tuple[StageMove, ...]
    notes: tuple[Note, ...]


def get_file(database: Database, user_id: str, session_id: str) -> CandidateFile:
    """Return what staff recorded about a candidate.

    Raises
    ------
    NotFoundError
        There is no such candidate in an opening of this person.
    """
    with database.reading() as db:
        session, opening, candidate = get_own_candidate(db, user_id, session_id)
        stages = stages_of(db, opening.id)
        return CandidateFile(
            session.id,
            candidate.number,
            candidate.name,
            opening.id,
            opening.title,
            next(each for each in stages if each.id == session.stage),
            stages,
            moves_of(db, session.id, stages),
            notes_of(db, [session.id])[session.id],
        )


def moves_of(db: Session, session_id: str, stages: tuple[StageChoice, ...]) -> tuple[StageMove, ...]:
    """Return how a candidate came to where they stand, the newest move first."""
    names = {each.id: each for each in stages}
    move, who = StageMoveRecord, aliased(UserRecord)
    query = (
        select(move, who.name)
        .join(who, col(who.id) == col(move.moved_by))
        .where(move.session_id == session_id)
        .order_by(col(move.number).desc())
    )
    return tuple(
        StageMove(names[each.stage], each.person, each.reason, name, each.moved_at) for each, name in db.exec(query)
    )
