"""Moving candidates from stage to stage: by a person, kept for good, and nobody moves by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.deciding import StageChoice
from eiassess.domain.uses import PERSON_AT_MOST, WHY_AT_MOST
from eiassess.errors import InvalidInputError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, StageMoveRecord
from eiassess.services.auditing.acting import note
from eiassess.services.deciding.deciders import require_decider
from eiassess.services.deciding.stages import stages_of
from eiassess.services.deciding.telling import queue_telling
from eiassess.services.hiring.withdrawing import lock_sessions
from eiassess.services.identifiers import new_id
from eiassess.services.once import require_first_time


@dataclass(frozen=True)
class Decision:
    """What is recorded of everybody chosen.

    Parameters
    ----------
    stage
        The id of a stage of the opening.
    person
        Who decided; needed for an offer, for hiring and for not taking somebody.
    reason
        Why; needed for the same.
    tell
        Whether each of them is told by mail, where there is a mail for the stage.
    """

    stage: str
    person: str = ""
    reason: str = ""
    tell: bool = False


@dataclass(frozen=True)
class Moved:
    """How many were moved, how many stood there already, and how many mails were queued."""

    moved: int
    there: int
    told: int


def move_candidates(
    database: Database,
    user_id: str,
    opening_id: str,
    session_ids: Sequence[str],
    decision: Decision,
    now: datetime,
    *,
    form: str = "",
) -> Moved:
    """Record that candidates of an opening stand at a stage from now on; who is not in the opening is left alone.

    Parameters
    ----------
    form
        The showing of the form that asks for it, which is worked off once.

    Raises
    ------
    AlreadyDoneError
        The same form asked for the same before.
    InvalidInputError
        There is no such stage, or it is a decision without a person or a reason.
    NotFoundError
        There is no such opening, or it is not theirs.
    RefusedError
        They are the contact for adjustments.
    """
    with database.writing() as db:
        require_decider(db, opening_id, user_id)
        stage = find_stage(stages_of(db, opening_id), decision.stage)
        person, reason = checked_words(stage, decision)
        sessions = lock_sessions(db, opening_id, session_ids)
        require_first_time(db, form, ("move", opening_id, stage.id, *sorted(session_ids)), now)
        moving = [each for each in sessions if each.stage != stage.id]
        record_moves(db, moving, StageMoveRecord(
            id="", session_id="", number=0, stage=stage.id, person=person, reason=reason, moved_by=user_id, moved_at=now
        ))  # fmt: skip
        told = queue_telling(db, opening_id, [each.id for each in moving], now) if decision.tell else 0
        note(db, Target(ObjectKind.OPENING, opening_id, len(moving)), Action.DECIDE)
        return Moved(len(moving), len(sessions) - len(moving), told)


def find_stage(stages: Sequence[StageChoice], stage_id: str) -> StageChoice:
    """Return a stage by its id.

    Raises
    ------
    InvalidInputError
        The opening has no such stage.
    """
    for each in stages:
        if each.id == stage_id:
            return each
    message = "Choose one of the opening's stages"
    raise InvalidInputError(message, "stage")


def checked_words(stage: StageChoice, decision: Decision) -> tuple[str, str]:
    """Return person and reason as they are stored.

    Raises
    ------
    InvalidInputError
        One is needed and missing, or too long.
    """
    person, reason = " ".join(decision.person.split()), decision.reason.replace("\r\n", "\n").strip()
    if len(person) > PERSON_AT_MOST:
        message = f"Shorten the name to at most {PERSON_AT_MOST} characters"
        raise InvalidInputError(message, "person")
    if len(reason) > WHY_AT_MOST:
        message = f"Shorten the reason to at most {WHY_AT_MOST} characters"
        raise InvalidInputError(message, "reason")
    if stage.is_decision and not person:
        message = "Give the name of the person who decided"
        raise InvalidInputError(message, "person")
    if stage.is_decision and not reason:
        message = "Say why; the person whom it is about may ask for it"
        raise InvalidInputError(message, "reason")
    return person, reason


def record_moves(db: Session, sessions: Sequence[AssessmentSessionRecord], pattern: StageMoveRecord) -> None:
    """Append a move like the pattern to each one's history, and say on their session where they stand."""
    move = StageMoveRecord
    highest = select(move.session_id, func.max(move.number)).where(col(move.session_id).in_([s.id for s in sessions]))
    numbers = dict(db.exec(highest.group_by(col(move.session_id))).all())
    for session in sessions:
        session.stage = pattern.stage
        own = {"id": new_id(), "session_id": session.id, "number": numbers.get(session.id, 0) + 1}
        db.add_all((session, move(**{**pattern.model_dump(), **own})))
    db.flush()
