"""Voluntary questions in the demo, and answers made up as its candidates are: they are about nobody."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
from sqlmodel import Session, col, select

from eiassess.domain.digests import canonical_json
from eiassess.domain.fairness import LAW_144, USUAL, FairnessQuestion, FairnessQuestions
from eiassess.domain.sessions import SessionState
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    FairnessAnswerRecord,
    FairnessPageRecord,
    UserRecord,
)
from eiassess.services.fairness.one_way import one_way_id
from eiassess.services.fairness.pages import written_questions
from eiassess.services.fairness.sums import renew_sums_of

SEED = 144
ANSWER = 0.9
"""The share of those who answer a question."""

USUAL_ODDS: Mapping[str, Sequence[float]] = {"q1": (0.55, 0.42, 0.03), "q2": (0.45, 0.5, 0.05)}
LAW_ODDS: Mapping[str, Sequence[float]] = {
    "law_sex": (0.6, 0.4), "law_race": (0.25, 0.35, 0.2, 0.01, 0.12, 0.01, 0.06)
}  # fmt: skip
"""How often each category is drawn, in the order of a question's categories; scores play no part in it."""


def ask_usual(db: Session, opening_id: str, recruiter: str, now: datetime) -> None:
    """Let an opening ask for gender and age, before anybody is invited."""
    _ask(db, opening_id, USUAL, recruiter, now)


def ask_law(db: Session, opening_id: str, recruiter: str, now: datetime) -> None:
    """Let an opening ask what Local Law 144 makes tables of, before anybody is invited."""
    _ask(db, opening_id, LAW_144, recruiter, now)


def _ask(db: Session, opening_id: str, questions: tuple[FairnessQuestion, ...], recruiter: str, now: datetime) -> None:
    user = db.exec(select(UserRecord).where(UserRecord.email == recruiter)).one()
    db.add(
        FairnessPageRecord(
            opening_id=opening_id,
            questions=written_questions(FairnessQuestions(questions)),
            person=user.name,
            switched_by=user.id,
            switched_at=now,
        )
    )
    db.flush()


def answer_some(db: Session, opening_id: str, odds: Mapping[str, Sequence[float]], now: datetime) -> None:
    """Let simulated people who handed in answer, and make the sums, within the caller's transaction."""
    session = AssessmentSessionRecord
    query = select(session.id).join(CandidateRecord, col(CandidateRecord.id) == col(session.candidate_id))
    handed_in = query.where(session.opening_id == opening_id, session.state == SessionState.SUBMITTED)
    questions = {each.id: each for each in (*USUAL, *LAW_144)}
    drawn = np.random.default_rng(SEED)
    for session_id in db.exec(handed_in.order_by(col(CandidateRecord.number))).all():
        answers = {}
        for name, chances in odds.items():
            category = questions[name].categories[int(drawn.choice(len(chances), p=chances))]
            if drawn.random() < ANSWER:
                answers[name] = category
        person = one_way_id(db, session_id)
        db.add(FairnessAnswerRecord(person=person, opening_id=opening_id, answers=canonical_json(answers)))
    db.flush()
    renew_sums_of(db, opening_id, now)
