"""Openings that ask voluntary questions, and people who answer them: put straight into the database."""

import json
from collections.abc import Mapping, Sequence

from sqlmodel import col, select

from eiassess.domain.fairness import LAW_144, USUAL, FairnessQuestion, FairnessQuestions
from eiassess.domain.roles import Role
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    FairnessAnswerRecord,
    FairnessPageRecord,
    UserRecord,
)
from eiassess.services import Database
from eiassess.services.fairness.one_way import one_way_id
from eiassess.services.fairness.pages import written_questions
from eiassess.services.people.accounts import add_user
from tests.hiring_story import NOON, PASSWORD, rows
from tests.sittings import drawn, sat_by

LAW = LAW_144


def ask_in(database: Database, opening_id: str, questions: Sequence[FairnessQuestion] = USUAL, **more: object) -> None:
    """Let an opening ask whoever was invited before: a test's shortcut past the page."""
    with database.writing() as db:
        user = db.exec(select(UserRecord.id).where(UserRecord.email == "sue@example.org")).first()
    user = user or add_user(database, "sue@example.org", "Sue", Role.RECRUITER, PASSWORD, NOON).id
    with database.writing() as db:
        db.merge(
            FairnessPageRecord(
                opening_id=opening_id,
                questions=written_questions(FairnessQuestions(tuple(questions))),
                person="Sue Said",
                switched_by=user,
                switched_at=NOON,
                **more,
            )
        )


def sat_and_asked(
    database: Database,
    n: int,
    questions: Sequence[FairnessQuestion] = USUAL,
    *,
    simulated: bool = False,
    title: str = "Adviser",
) -> str:
    """Make an opening that asks and whose people have all handed in; return its id."""
    sat_by(database, drawn(n), simulated=simulated, title=title)
    opening: str = next(each["id"] for each in rows(database, "opening") if each["title"] == title)
    ask_in(database, opening, questions)
    return opening


def answers_of(database: Database, opening_id: str, answers: Sequence[Mapping[str, str]], first: int = 0) -> list[str]:
    """Let people answer in the order of their numbers, from the first on; return their sessions."""
    session = AssessmentSessionRecord
    query = select(session.id).join(CandidateRecord, col(CandidateRecord.id) == col(session.candidate_id))
    query = query.where(session.opening_id == opening_id).order_by(col(CandidateRecord.number))
    with database.writing() as db:
        sessions = list(db.exec(query))[first : first + len(answers)]
        for session_id, given in zip(sessions, answers, strict=True):
            person = one_way_id(db, session_id)
            db.add(FairnessAnswerRecord(person=person, opening_id=opening_id, answers=json.dumps(given)))
    return sessions


def kept_answers(database: Database) -> list[dict[str, str]]:
    """What is stored of answers, in the order of the rows."""
    return [json.loads(each["answers"]) for each in rows(database, "fairness_answer")]
