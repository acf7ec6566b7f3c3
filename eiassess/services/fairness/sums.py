"""Making an opening's sums from voluntary answers: from ten people on, and anew after ten more.

Only here are answers brought together with the sittings that they belong to, and nothing but sums leaves.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter
from sqlmodel import Session, col, delete, select

from eiassess.domain.deciding import DecisionStage
from eiassess.domain.fairness import STEP, FairnessQuestions
from eiassess.domain.sessions import SessionState
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    FairnessAnswerRecord,
    FairnessPageRecord,
    FairnessSumsRecord,
    OpeningRecord,
    ScoreRecord,
    StageMoveRecord,
)
from eiassess.scoring.samples.fairness import OVERALL, FairnessPerson, FairnessSums, fairness_sums, has_renewed_stages
from eiassess.services.content.pinned import get_bank
from eiassess.services.fairness.one_way import one_way_id
from eiassess.services.fairness.pages import find_questions, read_answers

STAGES = (DecisionStage.INTERVIEW.value, DecisionStage.OFFER.value, DecisionStage.HIRED.value)
"""The stages of all openings that one comes to one after the other."""

_SUMS: TypeAdapter[FairnessSums] = TypeAdapter(FairnessSums)


@dataclass(frozen=True)
class MadeSums:
    """Sums with the day on which they were made."""

    sums: FairnessSums
    made_on: date


def find_sums(db: Session, opening_id: str) -> MadeSums | None:
    """Return an opening's sums as they were made last; nothing as long as too few have answered."""
    record = db.get(FairnessSumsRecord, opening_id)
    return None if record is None else MadeSums(_SUMS.validate_json(record.content), record.made_on)


def renew_sums(database: Database, now: datetime) -> int:
    """Make sums anew wherever ten more have answered, or ten more came to a stage; return for how many openings.

    It is done from time to time and not with anybody's answer, so that its moment tells nothing either.
    """
    with database.reading() as db:
        openings = db.exec(select(FairnessPageRecord.opening_id).order_by(FairnessPageRecord.opening_id)).all()
    done = 0
    for opening_id in openings:
        with database.writing() as db:
            # Whoever answers waits, and of two who make sums the second finds nothing left to do.
            db.get_one(FairnessPageRecord, opening_id, with_for_update=True)
            done += renew_sums_of(db, opening_id, now)
    return done


def renew_sums_of(db: Session, opening_id: str, now: datetime) -> bool:
    """Make one opening's sums anew if it is time, within the caller's transaction.

    Ten answers have to be new or other than those that the sums were made from. Whoever took theirs back is in the sums
    until then. Stages alone are renewed only as long as the sums are still those of the very same answers.
    """
    opening, before = db.get_one(OpeningRecord, opening_id), find_sums(db, opening_id)
    asked = find_questions(db, opening_id) or FairnessQuestions(())
    if _count_ten_more(db, opening_id):
        counted, others = _people(db, opening)
        if len(counted) < STEP:
            return False  # the secret is another one now, so that nobody's answers are found
        sums = fairness_sums(asked, counted, others, STAGES, before.sums if before else None, now.date())
        _keep(db, opening_id, sums, now)
        return True
    if before is None:
        return False
    counted, others = _people(db, opening)
    if len(counted) != before.sums.n or not has_renewed_stages(before.sums, counted):
        return False
    _keep(db, opening_id, fairness_sums(asked, counted, others, STAGES, before.sums, now.date()), now)
    return True


def _count_ten_more(db: Session, opening_id: str) -> bool:
    """Count everybody's answers in if ten are not counted yet.

    All are written anew then in the order of their ids, so that the order in which a database keeps them tells nothing.
    """
    record = FairnessAnswerRecord
    query = select(record.person, record.answers, record.counted).where(record.opening_id == opening_id)
    found = db.exec(query.order_by(col(record.person))).all()
    if sum(not is_counted for _, _, is_counted in found) < STEP:
        return False
    db.exec(delete(record).where(col(record.opening_id) == opening_id))
    for person, answers, _ in found:
        db.add(record(person=person, opening_id=opening_id, answers=answers, counted=True))
        db.flush()
    return True


def _keep(db: Session, opening_id: str, sums: FairnessSums, now: datetime) -> None:
    content = _SUMS.dump_json(sums).decode()
    db.merge(FairnessSumsRecord(opening_id=opening_id, content=content, made_on=now.date()))


def _people(db: Session, opening: OpeningRecord) -> tuple[list[FairnessPerson], list[FairnessPerson]]:
    """Read who handed in: those whose answers are counted, and all others without answers."""
    session, record = AssessmentSessionRecord, FairnessAnswerRecord
    handed_in = select(session.id).where(
        session.opening_id == opening.id, session.state == SessionState.SUBMITTED, col(session.withdrawn_at).is_(None)
    )
    sessions = db.exec(handed_in.order_by(col(session.id))).all()
    kept = select(record.person, record.answers).where(record.opening_id == opening.id, col(record.counted).is_(True))
    answers = {person: read_answers(text) for person, text in db.exec(kept)}
    scores, reached = _scores(db, opening, sessions), _reached(db, sessions)
    counted: list[FairnessPerson] = []
    others: list[FairnessPerson] = []
    for session_id in sessions:
        given = answers.get(one_way_id(db, session_id))
        overall, scenarios = scores.get(session_id, ({}, {}))
        person = FairnessPerson(given or {}, overall, scenarios, reached.get(session_id, frozenset()))
        (others if given is None else counted).append(person)
    return counted, others


def _scores(
    db: Session, opening: OpeningRecord, sessions: Sequence[str]
) -> dict[str, tuple[Mapping[str, float], Mapping[str, float]]]:
    """Return everybody's newest scores, by session: by competency's name, and by scenario; of one form and key."""
    score, names = ScoreRecord, get_bank(db, opening.bank_digest).model.competencies
    query = select(score.session_id, score.content).where(
        col(score.session_id).in_(sessions),
        score.form_digest == opening.form_digest,
        score.key_digest == opening.key_digest,
    )
    found: dict[str, tuple[Mapping[str, float], Mapping[str, float]]] = {}
    for session_id, text in db.exec(query.order_by(col(score.number))):  # the newest comes last
        content = json.loads(text)
        overall = {OVERALL: content["overall"]["score"]} if content["overall"] else {}
        parts = {names[each].name: part["score"] for each, part in content["competencies"].items() if each in names}
        found[session_id] = ({**overall, **parts}, content["scenarios"])
    return found


def _reached(db: Session, sessions: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return the stages that everybody came to or past since they were last put back to review."""
    move, review = StageMoveRecord, DecisionStage.TO_REVIEW.value
    query = select(move.session_id, move.stage).where(
        col(move.session_id).in_(sessions), col(move.stage).in_((*STAGES, review))
    )
    furthest: dict[str, int] = {}
    for session_id, stage in db.exec(query.order_by(col(move.number))):
        furthest[session_id] = 0 if stage == review else max(furthest.get(session_id, 0), STAGES.index(stage) + 1)
    return {each: frozenset(STAGES[:place]) for each, place in furthest.items()}
