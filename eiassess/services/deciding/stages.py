"""An opening's stages: those of all openings and its own, and who stands where."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.deciding import STAGE_NAME_AT_MOST, STAGE_NAMES, StageChoice
from eiassess.errors import InvalidInputError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, OpeningRecord, OpeningStageRecord
from eiassess.services.deciding.deciders import require_decider
from eiassess.services.identifiers import new_id

STAGES_AT_MOST = 20
COMMON = tuple(StageChoice(stage.value, name) for stage, name in STAGE_NAMES.items())


def stages_of(db: Session, opening_id: str) -> tuple[StageChoice, ...]:
    """List an opening's stages: those of all openings, then its own in the order in which they were made."""
    record = OpeningStageRecord
    own = select(record).where(record.opening_id == opening_id).order_by(col(record.created_at), col(record.id))
    return (*COMMON, *(StageChoice(each.id, each.name) for each in db.exec(own)))


def standing_of(db: Session, opening_id: str, session_ids: Collection[str]) -> dict[str, StageChoice]:
    """Say where candidates of an opening stand, by session."""
    names = {each.id: each for each in stages_of(db, opening_id)}
    session = AssessmentSessionRecord
    query = select(session.id, session.stage).where(session.opening_id == opening_id, col(session.id).in_(session_ids))
    return {each: names[stage] for each, stage in db.exec(query)}


def add_stage(database: Database, user_id: str, opening_id: str, name: str, now: datetime) -> str:
    """Give an opening a stage of its own; return its id.

    Raises
    ------
    InvalidInputError
        The name is empty, too long or taken, or there are enough.
    NotFoundError
        There is no such opening, or it is not theirs.
    RefusedError
        They are the contact for adjustments.
    """
    name = " ".join(name.split())
    with database.writing() as db:
        require_decider(db, opening_id, user_id)
        db.get(OpeningRecord, opening_id, with_for_update=True)  # whoever adds another waits
        _require_usable(name, stages_of(db, opening_id))
        stage = OpeningStageRecord(id=new_id(), opening_id=opening_id, name=name, created_by=user_id, created_at=now)
        db.add(stage)
        return stage.id


def _require_usable(name: str, known: tuple[StageChoice, ...]) -> None:
    if not 1 <= len(name) <= STAGE_NAME_AT_MOST:
        message = f"Give the stage a name of 1 to {STAGE_NAME_AT_MOST} characters"
        raise InvalidInputError(message, "stage_name")
    if name.casefold() in {each.name.casefold() for each in known}:
        message = "There is a stage of this name already"
        raise InvalidInputError(message, "stage_name")
    if len(known) - len(COMMON) >= STAGES_AT_MOST:
        message = f"An opening has at most {STAGES_AT_MOST} stages of its own"
        raise InvalidInputError(message, "stage_name")
