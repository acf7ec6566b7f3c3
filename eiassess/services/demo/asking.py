"""The demo's opening that asks how those work who were hired: some are rated, some wait, for some it is too early."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sqlmodel import Session, select

from eiassess.banks.catalog import LoadedForm
from eiassess.domain.deciding import DecisionStage
from eiassess.domain.outcomes import ASKED_AFTER_DAYS
from eiassess.domain.sessions import SessionState
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, OpeningRecord, StageMoveRecord, UserRecord
from eiassess.scoring.person.plan import scoring_plan
from eiassess.scoring.simulating import simulate_people
from eiassess.services.deciding.decisions import record_moves
from eiassess.services.deciding.notices import notice_for
from eiassess.services.demo.answering import answer_as
from eiassess.services.demo.mails import send_waiting
from eiassess.services.demo.names import NAMES
from eiassess.services.demo.outcomes import MIDDLE, draw_ratings
from eiassess.services.hiring.invitations import add_candidate
from eiassess.services.hiring.openings import create_opening
from eiassess.services.outcomes.asking import ask_for_ratings
from eiassess.services.outcomes.recording import record_ratings
from eiassess.services.outcomes.study import update_study
from eiassess.services.sitting.handing_in import hand_in

ASKING_TITLE = "Ticket desk, summer"
SEED = 2029
BEGAN_DAYS_AGO = 135


@dataclass(frozen=True)
class Step:
    """Where some of the people stand since a day."""

    stage: DecisionStage
    days_ago: int
    places: range
    reason: str


STEPS = (
    Step(DecisionStage.HIRED, 120, range(9), "Made up: calm with guests who were upset."),
    Step(DecisionStage.HIRED, 40, range(9, 11), "Made up: the desk got two more places."),
    Step(DecisionStage.NOT_TAKEN, 40, range(11, 14), "Made up: all places were taken."),
)
PEOPLE = 14
RATED = 6
"""Of the nine who were hired first; the others wait for an answer, and for the last two it is too early to ask."""


def make_asking(database: Database, loaded: LoadedForm, now: datetime, recruiter: str) -> str:
    """Make the opening with all its people, or, if that is interrupted, nothing; return its id."""
    with database.writing() as db:
        created = now - timedelta(days=BEGAN_DAYS_AGO + 1)
        opening_id = create_opening(db, ASKING_TITLE, loaded, created, members=(recruiter,), simulated=True)
        db.get_one(OpeningRecord, opening_id).outcome_days = ASKED_AFTER_DAYS
        people = _sit(db, opening_id, loaded, now)
        user = db.exec(select(UserRecord).where(UserRecord.email == recruiter)).one()
        for step in STEPS:
            at = now - timedelta(days=step.days_ago)
            move = StageMoveRecord(
                id="", session_id="", number=0, stage=step.stage.value, person=user.name, reason=step.reason,
                moved_by=user.id, moved_at=at,
            )  # fmt: skip
            record_moves(db, [people[place] for place in step.places], move)
            update_study(db, at + timedelta(hours=1))
        ask_for_ratings(db, now - timedelta(days=STEPS[0].days_ago - ASKED_AFTER_DAYS))
        drawn = np.random.default_rng(SEED)
        for each in people[:RATED]:
            record_ratings(db, each.id, draw_ratings(MIDDLE + drawn.normal(), drawn))
        send_waiting(db, opening_id)
    return opening_id


def _sit(db: Session, opening_id: str, loaded: LoadedForm, now: datetime) -> list[AssessmentSessionRecord]:
    """Let everybody have handed in, some months ago."""
    plan = scoring_plan(loaded.form, loaded.key)
    answers = simulate_people(plan, PEOPLE, SEED).answers
    people = []
    for number in range(PEOPLE):
        began = now - timedelta(days=BEGAN_DAYS_AGO) + timedelta(hours=5 * number)
        name = f"{NAMES[number].partition(' ')[0]} {NAMES[(number + 4) % len(NAMES)].rpartition(' ')[2]}"
        email = f"summer-{number + 1:02}@demo.example.org"
        session = add_candidate(db, opening_id, name, email, began - timedelta(days=1), simulated=True)
        session.state = SessionState.STARTED
        session.notice_digest = notice_for(db, session).digest
        session.consented_at = session.practised_at = began
        session.clock_at = answer_as(db, session, plan, answers[number], began)
        hand_in(db, session, session.clock_at)
        db.add(session)
        people.append(session)
    return people
