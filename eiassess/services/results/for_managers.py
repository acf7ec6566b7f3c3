"""What a hiring manager sees: released candidates of assigned openings, and their report."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from eiassess.domain.openings import MemberPart
from eiassess.domain.report_bases import ReportBasis
from eiassess.errors import NotFoundError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    OpeningMemberRecord,
    OpeningRecord,
)
from eiassess.scoring.person.irritants import rated_effective
from eiassess.services.content.pinned import get_bank, get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.hiring.openings import require_member
from eiassess.services.sitting.answers import list_responses
from eiassess.services.sitting.handing_in import latest_scores


@dataclass(frozen=True)
class ReleasedCandidate:
    """A candidate whose report a hiring manager may download."""

    session_id: str
    name: str
    submitted_at: datetime
    released_at: datetime
    simulated: bool


@dataclass(frozen=True)
class ReleasedOpening:
    """An opening that a hiring manager is assigned to, with what was released."""

    opening_id: str
    title: str
    simulated: bool
    candidates: tuple[ReleasedCandidate, ...]


def list_released(database: Database, user_id: str) -> tuple[ReleasedOpening, ...]:
    """List the openings that somebody is assigned to with their released candidates, the latest first."""
    session = AssessmentSessionRecord
    openings = (
        select(OpeningRecord)
        .join(OpeningMemberRecord)
        .where(OpeningMemberRecord.user_id == user_id, OpeningMemberRecord.part == MemberPart.MANAGES)
        .order_by(col(OpeningRecord.created_at).desc(), col(OpeningRecord.id))
    )
    released = (
        select(session, CandidateRecord)
        .join(CandidateRecord, col(CandidateRecord.id) == col(session.candidate_id))
        .join(OpeningMemberRecord, col(OpeningMemberRecord.opening_id) == col(session.opening_id))
        .where(
            OpeningMemberRecord.user_id == user_id,
            OpeningMemberRecord.part == MemberPart.MANAGES,
            col(session.released_at).is_not(None),
        )
        .order_by(col(session.released_at).desc(), col(CandidateRecord.number))
    )
    with database.reading() as db:
        found: dict[str, list[ReleasedCandidate]] = {}
        for each, candidate in db.exec(released):
            if each.submitted_at and each.released_at:
                found.setdefault(each.opening_id, []).append(
                    ReleasedCandidate(each.id, candidate.name, each.submitted_at, each.released_at, candidate.simulated)
                )
        return tuple(
            ReleasedOpening(opening.id, opening.title, opening.simulated, tuple(found.get(opening.id, ())))
            for opening in db.exec(openings)
        )


def get_report_basis(database: Database, user_id: str, session_id: str) -> ReportBasis:
    """Get what the report of a released candidate is written from.

    Raises
    ------
    NotFoundError
        The candidate is not released, or the opening is not this person's: the two look the same.
    """
    basis = _basis(database, session_id, user_id)
    if basis is None:
        message = "There is no such report"
        raise NotFoundError(message)
    return basis


def get_basis_for_operator(database: Database, session_id: str) -> ReportBasis:
    """Get what a candidate's report is written from for whoever runs the installation, released or not.

    Raises
    ------
    NotFoundError
        There is no such session, or nothing was handed in.
    """
    basis = _basis(database, session_id, None)
    if basis is None:
        message = f"There is no session {session_id!r} that was handed in"
        raise NotFoundError(message)
    return basis


def _basis(database: Database, session_id: str, user_id: str | None) -> ReportBasis | None:
    with database.reading() as db:
        session = db.get(AssessmentSessionRecord, session_id)
        if session is None or session.submitted_at is None:
            return None
        if user_id is not None:
            require_member(db, session.opening_id, user_id, MemberPart.MANAGES)
            if session.released_at is None:
                return None
        opening = db.get_one(OpeningRecord, session.opening_id)
        candidate = db.get_one(CandidateRecord, session.candidate_id)
        form, key = get_form(db, session.form_digest), get_key(db, session.key_digest)
        stored = latest_scores(db, [session.id])[session.id]
        answers = {name: saved.ratings for name, saved in list_responses(db, session.id).items()}
        return ReportBasis(
            candidate=candidate.name,
            opening=opening.title,
            simulated=candidate.simulated,
            submitted_at=session.submitted_at,
            form=form,
            key=key,
            bank=get_bank(db, session.bank_digest),
            stored=stored,
            irritants=rated_effective(form, key, stored.score, answers),
        )
