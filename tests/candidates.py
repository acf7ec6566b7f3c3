"""An opening with many candidates, put straight into the database."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, SQLModel

from eiassess.domain.sessions import SessionState
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    ItemResponseRecord,
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


FIRST_NUMBER, COPIES_AT_ONCE = 1000, 5000
OF_A_SITTING = ("score", "listed_score", "listed_part", "item_response")


def add_copies(database: Database, session_id: str, n: int, *, answers: bool = False) -> None:
    """Add people who did what one person did, numbered from 1000; the database itself copies, portion by portion."""
    for start in range(FIRST_NUMBER, FIRST_NUMBER + n, COPIES_AT_ONCE):
        stop = min(start + COPIES_AT_ONCE, FIRST_NUMBER + n)
        with database.writing() as db:
            _copy(db, session_id, start, stop, OF_A_SITTING if answers else OF_A_SITTING[:-1])


def _copy(db: Session, session_id: str, start: int, stop: int, of_a_sitting: Sequence[str]) -> None:
    person = db.get_one(AssessmentSessionRecord, session_id).candidate_id
    copied = _id_of("candidate", person), _id_of("assessment_session", session_id)
    _copy_rows(db, "candidate", ("id", person), start, stop, email_key="NULL", name="own.name || ' ' || n.value")
    _copy_rows(db, "assessment_session", ("id", session_id), start, stop, candidate_id=copied[0])
    for table in of_a_sitting:
        _copy_rows(db, table, ("session_id", session_id), start, stop, session_id=copied[1])


def _copy_rows(db: Session, table: str, of: tuple[str, str], start: int, stop: int, **changed: str) -> None:
    """Copy one person's rows of a table once for each number; ``changed`` says in SQL what differs."""
    changed = {"id": _id_of(table, of[1]), "number": "n.value", **changed}
    if table == "score":
        del changed["number"]  # which score of the sitting it is
    names = [column.name for column in SQLModel.metadata.tables[table].columns]
    values = ", ".join(changed.get(name, f"own.{name}") for name in names)
    column, value = of
    copy = f"""
        INSERT INTO {table} ({", ".join(names)})
        WITH RECURSIVE n(value) AS (SELECT {start} UNION ALL SELECT value + 1 FROM n WHERE value + 1 < {stop})
        SELECT {values} FROM {table} AS own CROSS JOIN n WHERE own.{column} = '{value}'
    """  # noqa: S608 - names of our own tables, and an id that we made
    db.connection().exec_driver_sql(copy)


def _id_of(table: str, original: str) -> str:
    """Make a row's id in SQL from the one that is copied and the person's number: as long as ids may be."""
    return f"'{table[:8]:-<8}{original[:14]:-<14}' || CAST(1000000000 + n.value AS TEXT)"


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
