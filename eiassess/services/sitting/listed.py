"""Somebody's newest score once more in the columns that lists are sorted by; written wherever a score is added."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlmodel import Session, col, delete, select

from eiassess.domain.digests import digest_of
from eiassess.domain.responses import Ratings
from eiassess.persistence.engine import Database, upsert
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    ListedPartRecord,
    ListedScoreRecord,
    OpeningRecord,
    ScoreBasisRecord,
    ScoreRecord,
)
from eiassess.scoring.differences.area_scores import AreaScore, area_scores
from eiassess.scoring.differences.measuring import SatPerson, measured
from eiassess.scoring.person.engine import ENGINE, points_compare
from eiassess.scoring.person.missing import gives_overall_only
from eiassess.scoring.person.plan import scoring_plan
from eiassess.services.content.pinned import get_bank, get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.differences.drawing import keep_drawn, lock_sittings, place_sessions
from eiassess.services.differences.estimates import estimate_in_use
from eiassess.services.differences.sittings import ScoresOf
from eiassess.services.sitting.answers import list_responses

SESSIONS_AT_ONCE = 100
NAME_LENGTH = 16


def basis_name(form_digest: str, key_digest: str, engine: str) -> str:
    """Name what a score was made from in few letters."""
    return digest_of(f"{form_digest} {key_digest} {engine}")[:NAME_LENGTH]


def list_score(
    db: Session, session: AssessmentSessionRecord, score: ScoreRecord, answers: Mapping[str, Ratings]
) -> None:
    """List a session's newest score in place of the one before, within the caller's transaction."""
    lock_sittings(db, [session.id])
    basis = basis_name(score.form_digest, score.key_digest, score.engine)
    named = {"id": basis, "form_digest": score.form_digest, "key_digest": score.key_digest, "engine": score.engine}
    db.connection().execute(upsert(db, ScoreBasisRecord).values(**named).on_conflict_do_nothing())
    for table in (ListedPartRecord, ListedScoreRecord):
        db.exec(delete(table).where(col(table.session_id) == session.id))
    place: dict[str, Any] = {
        "session_id": session.id,
        "opening_id": session.opening_id,
        "number": session.number,
        "basis": basis,
    }
    content = json.loads(score.content)
    low, high = _ends(content["overall"])
    listed = ListedScoreRecord(**place, overall=score.overall, low=low, high=high, flagged=score.flagged)
    db.add(listed)
    areas = _areas(db, session, score, answers)
    db.add_all(ListedPartRecord(**place, **each) for each in (*_competencies(content), *_of_areas(areas)))
    db.flush()
    if _compares_today(session, score):
        of = _scores_of(db, session, score)
        keep_drawn(db, of, place_sessions(db, of, [session.id], estimate_in_use(db, of)))


def _compares_today(session: AssessmentSessionRecord, score: ScoreRecord) -> bool:
    """Whether a score was made by the key and the rules that are in use."""
    return score.key_digest == session.key_digest and points_compare(score.engine, ENGINE)


def _scores_of(db: Session, session: AssessmentSessionRecord, score: ScoreRecord) -> ScoresOf:
    opening = db.get_one(OpeningRecord, session.opening_id)
    simulated = opening.simulated or db.get_one(CandidateRecord, session.candidate_id).simulated
    return ScoresOf(score.form_digest, score.key_digest, simulated)


def _ends(estimate: Mapping[str, Any] | None) -> tuple[float | None, float | None]:
    low, high = (estimate and estimate["interval"]) or (None, None)
    return low, high


def _competencies(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the rows of competencies; some early scores name those that are not scored, as nothing."""
    scored = {name: estimate for name, estimate in content["competencies"].items() if estimate is not None}
    for name, estimate in scored.items():
        low, high = _ends(estimate)
        yield {"part": name, "score": estimate["score"], "low": low, "high": high}


def _of_areas(areas: Mapping[str, AreaScore]) -> Iterator[dict[str, Any]]:
    for name, area in areas.items():
        low, high = (area.interval.low, area.interval.high) if area.interval else (None, None)
        yield {"part": name, "score": area.score, "low": low, "high": high}


def _areas(
    db: Session, session: AssessmentSessionRecord, score: ScoreRecord, answers: Mapping[str, Ratings]
) -> Mapping[str, AreaScore]:
    """Score the areas as comparisons do; nothing of forms without them, or of scores that compare with none today."""
    form = get_form(db, score.form_digest)
    if score.overall is None or not _compares_today(session, score) or gives_overall_only(form):
        return {}
    groups = {each.id: each.competencies for each in get_bank(db, session.bank_digest).model.groups}
    plan = scoring_plan(form, get_key(db, score.key_digest))
    (found,) = area_scores(measured(plan, [SatPerson("", answers)]), groups)
    return found


def list_again(db: Session, session_ids: list[str]) -> None:
    """List the newest stored scores of sessions anew, within the caller's transaction."""
    lock_sittings(db, session_ids)
    score = ScoreRecord
    query = select(score).where(col(score.session_id).in_(session_ids)).order_by(col(score.number))
    for session_id, newest in {each.session_id: each for each in db.exec(query)}.items():
        answers = {scenario: dict(saved.ratings) for scenario, saved in list_responses(db, session_id).items()}
        list_score(db, db.get_one(AssessmentSessionRecord, session_id), newest, answers)


def list_areas(database: Database) -> int:
    """List the areas of scores that a new version of the tables has not listed them of, and count the sessions."""
    n = 0
    while some := _without_areas(database):
        with database.writing() as db:
            list_again(db, some)
        n += len(some)
    return n


def _without_areas(database: Database) -> list[str]:
    listed = ListedScoreRecord
    query = select(listed.session_id).where(col(listed.with_areas).is_(other=False)).limit(SESSIONS_AT_ONCE)
    with database.reading() as db:
        return list(db.exec(query))
