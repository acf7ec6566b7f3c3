"""Making an opening's sums from voluntary answers: from ten people on, and anew after ten more.

Only here are answers brought together with the sittings that they belong to, and nothing but sums leaves.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import itemgetter

from pydantic import TypeAdapter
from sqlalchemy import insert, text
from sqlmodel import Session, col, delete, select

from eiassess.domain.deciding import DecisionStage
from eiassess.domain.fairness import STEP, FairnessQuestions
from eiassess.domain.sessions import SessionState
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    FairnessAnswerRecord,
    FairnessCountedRecord,
    FairnessPageRecord,
    FairnessSumsRecord,
    OpeningRecord,
    ScoreRecord,
    StageMoveRecord,
)
from eiassess.scoring.samples.fairness.people import OVERALL, FairnessPerson
from eiassess.scoring.samples.fairness.sums import FairnessSums, fairness_sums
from eiassess.services.content.pinned import get_bank
from eiassess.services.fairness.one_way import id_maker, mark_maker
from eiassess.services.fairness.pages import find_questions, keep_opening, lock_page, read_answers

STAGES = (DecisionStage.INTERVIEW.value, DecisionStage.OFFER.value, DecisionStage.HIRED.value)
"""The stages of all openings that one comes to one after the other."""

log = logging.getLogger(__name__)
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

    It is done from time to time and not with anybody's answer, so that its moment tells nothing either. An opening in
    which it fails is logged and keeps the others from nothing.
    """
    with database.reading() as db:
        openings = db.exec(select(FairnessPageRecord.opening_id).order_by(FairnessPageRecord.opening_id)).all()
    return sum(_renew(database, each, now) for each in openings)


def _renew(database: Database, opening_id: str, now: datetime) -> bool:
    try:
        with database.reading() as db:  # others write meanwhile: mostly there is nothing to do
            if not (_shows_order(db, opening_id) or _find_due(db, opening_id).sums):
                return False
        with database.writing() as db:
            keep_opening(db, opening_id)
            lock_page(db, opening_id)  # whoever answers waits, and of two who make sums the second finds nothing to do
            return renew_sums_of(db, opening_id, now)
    except Exception:
        log.exception("Summing up voluntary answers failed; it is tried again in an hour. Opening: %s", opening_id)
        return False


def renew_sums_of(db: Session, opening_id: str, now: datetime) -> bool:
    """Make one opening's sums anew if it is time, within the caller's transaction.

    Ten answers have to be new or other than those that the sums were made from. Whoever took theirs back is in the sums
    until then. Stages alone are renewed only as long as the sums are still those of the very same answers.
    """
    if _shows_order(db, opening_id):
        _write_anew(db, opening_id)
    due = _find_due(db, opening_id)
    if not due.sums:
        return False
    opening, before = db.get_one(OpeningRecord, opening_id), find_sums(db, opening_id)
    asked = find_questions(db, opening_id) or FairnessQuestions(())
    stay = tuple(each for each in before.sums.stages if each.stage not in due.marks) if before else ()
    counted, others = _people(db, opening, due)
    known = replace(before.sums, stages=stay) if before else None
    sums = fairness_sums(asked, counted, others, STAGES, known, now.date())
    content = _SUMS.dump_json(sums).decode()
    db.merge(FairnessSumsRecord(opening_id=opening_id, content=content, made_on=now.date()))
    _mark(db, opening_id, due.marks)
    return True


@dataclass(frozen=True)
class _Due:
    """Whether sums are to be made anew, of which sittings, and with which marks.

    ``given`` has id and answers by sitting. ``marks`` are of everybody by the stages whose tables are due, and under ""
    of all.
    """

    sums: bool
    sessions: Sequence[str]
    given: Mapping[str, tuple[str, str]]
    marks: Mapping[str, Sequence[str]]


def _find_due(db: Session, opening_id: str) -> _Due:
    record, before = FairnessAnswerRecord, find_sums(db, opening_id)
    sessions, id_of, mark = _handed_in(db, opening_id), id_maker(db), mark_maker(db)
    query = select(record.person, record.answers).where(record.opening_id == opening_id)
    kept = {person: (person, answers) for person, answers in db.exec(query)}
    given = {each: kept[id_of(each)] for each in sessions if id_of(each) in kept}
    reached, known = _reached(db, list(given)), _marks(db, opening_id)
    marks = {"": [mark(*each, "") for each in given.values()]}
    n_new = len(set(marks[""]) - known)
    for stage in STAGES:
        there = [mark(*each, stage) for session, each in given.items() if stage in reached.get(session, ())]
        if before is None or len(set(there) - known) >= STEP:
            marks[stage] = there
    is_same = before is not None and n_new == 0 and len(given) == before.sums.n
    return _Due(n_new >= STEP or (is_same and len(marks) > 1), sessions, given, marks)


def _marks(db: Session, opening_id: str) -> set[str]:
    counted = FairnessCountedRecord
    return set(db.exec(select(counted.mark).where(counted.opening_id == opening_id)))


def _mark(db: Session, opening_id: str, marks: Mapping[str, Sequence[str]]) -> None:
    counted = FairnessCountedRecord
    db.exec(delete(counted).where(col(counted.opening_id) == opening_id, col(counted.stage).in_(list(marks))))
    made = [
        {"mark": each, "opening_id": opening_id, "stage": stage} for stage, all_of in marks.items() for each in all_of
    ]
    db.connection().execute(insert(counted), sorted(made, key=itemgetter("mark")))


def _shows_order(db: Session, opening_id: str) -> bool:
    """Whether rows were written at several times, which PostgreSQL notes in each and shows by its place.

    One row alone may have been written by the person themselves: it is written anew each time.
    """
    if db.get_bind().dialect.name == "sqlite":
        return False
    query = text(
        "SELECT count(*) = 1 OR count(DISTINCT xmin::text) > 1 FROM fairness_answer WHERE opening_id = :opening"
    )
    return bool(db.connection().execute(query, {"opening": opening_id}).scalar_one())


def _write_anew(db: Session, opening_id: str) -> None:
    """Write all rows at once, in the order of their ids, so that neither times nor places tell anything."""
    record = FairnessAnswerRecord
    query = select(record.person, record.answers).where(record.opening_id == opening_id)
    found = db.exec(query.order_by(col(record.person))).all()
    db.exec(delete(record).where(col(record.opening_id) == opening_id))
    made = [{"person": person, "opening_id": opening_id, "answers": answers} for person, answers in found]
    db.connection().execute(insert(record), made)


def _handed_in(db: Session, opening_id: str) -> Sequence[str]:
    session = AssessmentSessionRecord
    handed_in = select(session.id).where(
        session.opening_id == opening_id, session.state == SessionState.SUBMITTED, col(session.withdrawn_at).is_(None)
    )
    return db.exec(handed_in.order_by(col(session.id))).all()


def _people(db: Session, opening: OpeningRecord, due: _Due) -> tuple[list[FairnessPerson], list[FairnessPerson]]:
    """Read who handed in: those whose answers are counted, and all others without answers."""
    scores, reached = _scores(db, opening, due.sessions), _reached(db, due.sessions)
    counted: list[FairnessPerson] = []
    others: list[FairnessPerson] = []
    for session_id in due.sessions:
        given = due.given.get(session_id)
        overall, scenarios = scores.get(session_id, ({}, {}))
        answers = read_answers(given[1]) if given else {}
        person = FairnessPerson(answers, overall, scenarios, reached.get(session_id, frozenset()))
        (counted if given else others).append(person)
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
    for session_id, stored in db.exec(query.order_by(col(score.number))):  # the newest comes last
        content = json.loads(stored)
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
