"""An opening with many candidates, put straight into the database."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.sessions import SessionState
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    ItemResponseRecord,
    ListedPartRecord,
    ListedScoreRecord,
    ScoreRecord,
)
from eiassess.services import Database
from eiassess.services.hiring.invitations import add_candidate
from eiassess.services.identifiers import new_id
from eiassess.services.sitting.handing_in import hand_in
from tests.hiring_story import standard_form


def add_many(
    database: Database, opening: str, names: Sequence[str], now: datetime, *, handed_in: int = 0, begun: int = 0
) -> list[str]:
    """Add candidates, the first of whom handed in and the next of whom began; return their sessions."""
    ids = []
    with database.writing() as db:
        for place, name in enumerate(names):
            session = add_candidate(db, opening, name, f"{new_id()}@example.org", now, simulated=False)
            ids.append(session.id)
            if place >= handed_in + begun:
                continue
            session.state = SessionState.STARTED
            session.consented_at = session.practised_at = now
            _answer(db, session.id, place, now)
            db.flush()
            if place < handed_in:
                hand_in(db, session, now)
    return ids


def add_copies(database: Database, session_id: str, n: int) -> None:
    """Add people who did what one person did, answers left out: thousands in a second."""
    with database.writing() as db:
        session = db.get_one(AssessmentSessionRecord, session_id)
        person = db.get_one(CandidateRecord, session.candidate_id)
        score = db.exec(select(ScoreRecord).where(ScoreRecord.session_id == session_id)).one()
        for number in range(1000, 1000 + n):
            other = {"id": new_id(), "number": number, "email_key": None, "name": f"{person.name} {number}"}
            db.add(CandidateRecord(**person.model_dump() | other))
        db.flush()
        people = select(CandidateRecord.id, CandidateRecord.number).where(col(CandidateRecord.number) >= 1000)
        sittings = {new_id(): person for person in db.exec(people)}
        db.add_all(
            AssessmentSessionRecord(**session.model_dump() | {"id": each, "candidate_id": candidate, "number": number})
            for each, (candidate, number) in sittings.items()
        )
        db.flush()
        db.add_all(ScoreRecord(**score.model_dump() | {"id": new_id(), "session_id": each}) for each in sittings)
        for table in (ListedScoreRecord, ListedPartRecord):
            for listed in db.exec(select(table).where(col(table.session_id) == session_id)).all():
                db.add_all(
                    table(**listed.model_dump() | {"session_id": each, "number": number})
                    for each, (_, number) in sittings.items()
                )


def _answer(db: Session, session_id: str, place: int, now: datetime) -> None:
    scenarios = standard_form().form.scenarios
    for number, scenario in enumerate(scenarios):
        ratings = {
            option: 1 + (place * 7 + number * 5 + spot * 3 + (spot * place) % 4) % 6
            for spot, option in enumerate(scenario.option_ids)
        }
        db.add(
            ItemResponseRecord(
                session_id=session_id,
                scenario_id=scenario.id,
                ratings=json.dumps(ratings),
                revision=1,
                seconds=60.0,
                saved_at=now,
            )
        )
