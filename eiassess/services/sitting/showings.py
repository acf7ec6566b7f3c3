"""In which order, and when, each scenario was first shown to a candidate: set once, never changed."""

from datetime import datetime

from sqlmodel import Session, func, select

from eiassess.domain.sessions import SessionState
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import ScenarioShowingRecord
from eiassess.services.hiring.ends import times_of
from eiassess.services.hiring.invitations import require_open_session


def record_showing(database: Database, invitation_id: str, scenario_id: str, now: datetime) -> None:
    """Keep that a scenario is shown now, if it is the first time and nothing is handed in yet.

    Raises
    ------
    LinkClosedError
        The invitation cannot be used any more.
    """
    with database.reading() as db:  # most pages are shown again: those shall not wait for a lock
        session, _ = require_open_session(db, invitation_id)
        if session.state != SessionState.STARTED or times_of(db, session).is_over(now):
            return
        if db.get(ScenarioShowingRecord, (session.id, scenario_id)):
            return
    with database.writing() as db:
        session, _ = require_open_session(db, invitation_id, lock=True)
        add_showing(db, session.id, scenario_id, now)


def add_showing(db: Session, session_id: str, scenario_id: str, now: datetime) -> None:
    """Add a scenario's first showing, unless there is one; the caller holds the lock on the session."""
    if db.get(ScenarioShowingRecord, (session_id, scenario_id)):
        return
    earlier = db.exec(select(func.count()).where(ScenarioShowingRecord.session_id == session_id)).one()
    db.add(
        ScenarioShowingRecord(session_id=session_id, scenario_id=scenario_id, position=earlier + 1, first_shown_at=now)
    )
