"""Openings that ask voluntary questions, and people who answer them: put straight into the database."""

import json
from collections.abc import Sequence

from sqlmodel import select

from eiassess.domain.fairness import LAW_144, USUAL, FairnessQuestion, FairnessQuestions
from eiassess.domain.roles import Role
from eiassess.persistence.tables import FairnessPageRecord, UserRecord
from eiassess.services import Database
from eiassess.services.fairness.pages import written_questions
from eiassess.services.people.accounts import add_user
from tests.hiring_story import NOON, PASSWORD, rows

LAW = LAW_144


def ask_in(database: Database, opening_id: str, questions: Sequence[FairnessQuestion] = USUAL, **more: object) -> None:
    """Let an opening ask whoever was invited before: a test's shortcut past the page."""
    with database.writing() as db:
        user = db.exec(select(UserRecord.id)).first()
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


def kept_answers(database: Database) -> list[dict[str, str]]:
    """What is stored of answers, in the order of the rows."""
    return [json.loads(each["answers"]) for each in rows(database, "fairness_answer")]
