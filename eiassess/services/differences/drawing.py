"""What lists draw of people, kept beside their listed scores: the drawn interval, and who is not compared.

It is written when somebody is scored, and again for all of a form and key when another estimate of errors is in use, so
that a page of a list reads it and places nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, or_, update
from sqlmodel import Session, col, select

from eiassess.domain.error_estimates import ErrorEstimate, NotCompared
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    ListedPartRecord,
    ListedScoreRecord,
    OpeningRecord,
    ScoreBasisRecord,
)
from eiassess.scoring.differences.placing import PlacedPerson, place_people
from eiassess.services.content.pinned import get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.differences.sittings import SESSIONS_A_QUERY, ScoresOf, read_sat
from eiassess.services.statistics.samples import counts_as_simulated

LISTED = ListedScoreRecord


@dataclass(frozen=True)
class Drawn:
    """What is drawn of one session, by which estimate.

    ``low`` and ``high`` are ``None`` where there is nothing but the stored interval, ``not_compared`` of whoever is
    compared, or has no overall score at all.
    """

    session_id: str
    low: float | None
    high: float | None
    not_compared: NotCompared | None
    estimate: str


def list_drawn_otherwise(db: Session, of: ScoresOf, estimate: ErrorEstimate) -> Sequence[str]:
    """List some sessions of whom lists draw what another estimate says, or nothing yet."""
    session, basis, drawn_from = AssessmentSessionRecord, ScoreBasisRecord, col(LISTED.drawn_from)
    simulated: Any = counts_as_simulated()
    query = (
        select(LISTED.session_id)
        .join(session, col(session.id) == col(LISTED.session_id))
        .join(CandidateRecord, col(CandidateRecord.id) == col(session.candidate_id))
        .join(OpeningRecord, col(OpeningRecord.id) == col(session.opening_id))
        .join(basis, col(basis.id) == col(LISTED.basis))
        .where(basis.form_digest == of.form_digest, basis.key_digest == of.key_digest)
        .where(simulated if of.simulated else ~simulated)
        .where(or_(drawn_from.is_(None), drawn_from != estimate.digest))
    )
    return db.exec(query.order_by(col(LISTED.session_id)).limit(SESSIONS_A_QUERY)).all()


def place_sessions(db: Session, of: ScoresOf, session_ids: Sequence[str], estimate: ErrorEstimate) -> list[Drawn]:
    """Place sessions by an estimate; a score whose points mean something else by now has nothing drawn."""
    sat = read_sat(db, of, session_ids)
    form, key = get_form(db, of.form_digest), get_key(db, of.key_digest)
    placed = dict(zip(sat, place_people(form, key, tuple(sat.values()), estimate), strict=True)) if sat else {}
    found = []
    for session_id in session_ids:
        person = placed.get(session_id)
        interval = person.interval if person else None
        low, high = (interval.low, interval.high) if interval else (None, None)
        found.append(Drawn(session_id, low, high, _why(person), estimate.digest))
    return found


def _why(person: PlacedPerson | None) -> NotCompared | None:
    """Say why a score is not compared; nothing of whoever has none, whom lists show without one."""
    why = None if person is None else person.not_compared
    return None if why is NotCompared.NOT_SCORED else why


def lock_sittings(db: Session, session_ids: Sequence[str]) -> None:
    """Lock sittings in one order, before anything of their listed scores or parts is changed.

    Drawing changes scores before parts, and scoring and deleting delete parts before scores: on PostgreSQL two of them
    would each wait for the other. Whoever deletes holds the sittings too. Candidates' saves do not wait for this lock.
    """
    session = AssessmentSessionRecord
    own = select(session.id).where(col(session.id).in_(session_ids)).order_by(col(session.id))
    db.exec(own.with_for_update(key_share=True)).all()


def keep_drawn(db: Session, of: ScoresOf, drawn: Sequence[Drawn]) -> None:
    """Write what is drawn beside the listed scores; whoever was scored from something else meanwhile is left alone."""
    lock_sittings(db, [each.session_id for each in drawn])
    basis, part = ScoreBasisRecord, ListedPartRecord
    bases = select(basis.id).where(basis.form_digest == of.form_digest, basis.key_digest == of.key_digest)
    own = update(LISTED).where(col(LISTED.session_id) == bindparam("of_session"), col(LISTED.basis).in_(bases))
    rows = [
        {
            "of_session": each.session_id,
            "drawn_low": each.low,
            "drawn_high": each.high,
            "drawn_from": each.estimate,
            "not_compared": each.not_compared,
        }
        for each in drawn
    ]
    db.connection().execute(own, rows)
    why = col(part.not_compared)
    for reason in {each.not_compared for each in drawn}:
        ids = [each.session_id for each in drawn if each.not_compared is reason]
        changed = update(part).where(col(part.session_id).in_(ids), why.is_distinct_from(reason))
        db.connection().execute(changed.where(col(part.basis).in_(bases)).values(not_compared=reason))
