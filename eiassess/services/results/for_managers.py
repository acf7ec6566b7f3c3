"""What a hiring manager sees: released candidates of assigned openings, and their report."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.openings import MemberPart
from eiassess.domain.releases import Fields, ReleaseField
from eiassess.domain.report_bases import SCORES, ReportBasis
from eiassess.errors import NotFoundError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    OpeningMemberRecord,
    OpeningRecord,
)
from eiassess.scoring.person.irritants import rated_effective
from eiassess.scoring.person.missing import gives_overall_only
from eiassess.scoring.released import area_readings, released_score
from eiassess.services.content.pinned import get_bank, get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.deciding.notes import notes_of
from eiassess.services.differences.pages import areas_on_display, place_person
from eiassess.services.differences.sittings import scores_of
from eiassess.services.hiring.openings import require_member
from eiassess.services.hiring.releases import released_fields
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
    is_new: bool = False
    """Whether it was released, or more of it, since the visit before."""


@dataclass(frozen=True)
class ReleasedOpening:
    """An opening that a hiring manager is assigned to, with what was released."""

    opening_id: str
    title: str
    simulated: bool
    candidates: tuple[ReleasedCandidate, ...]


def list_released(database: Database, user_id: str, before: datetime | None = None) -> tuple[ReleasedOpening, ...]:
    """List the openings that somebody is assigned to with their released candidates, the latest first.

    Parameters
    ----------
    before
        When the visit before ended: what was released since then is new. Without one nothing is.
    """
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
                    ReleasedCandidate(
                        each.id,
                        candidate.name,
                        each.submitted_at,
                        each.released_at,
                        candidate.simulated,
                        before is not None and each.released_at > before,
                    )
                )
        return tuple(
            ReleasedOpening(opening.id, opening.title, opening.simulated, tuple(found.get(opening.id, ())))
            for opening in db.exec(openings)
        )


def get_report_basis(database: Database, user_id: str, session_id: str) -> ReportBasis:
    """Get what the report of a released candidate is written from: no more than was released.

    Raises
    ------
    NotFoundError
        The candidate is not released, or the opening is not this person's: the two look the same.
    """
    with database.reading() as db:
        session = db.get(AssessmentSessionRecord, session_id)
        if session is not None:
            require_member(db, session.opening_id, user_id, MemberPart.MANAGES)
            fields = released_fields(db, session)
            if fields and session.submitted_at:
                return report_basis(db, session, session.submitted_at, fields)
    message = "There is no such report"
    raise NotFoundError(message)


def get_basis_for_operator(database: Database, session_id: str) -> ReportBasis:
    """Get what a candidate's report is written from for whoever runs the installation, released or not.

    Raises
    ------
    NotFoundError
        There is no such session, or nothing was handed in.
    """
    with database.reading() as db:
        session = db.get(AssessmentSessionRecord, session_id)
        if session is not None and session.submitted_at is not None:
            return report_basis(db, session, session.submitted_at, SCORES)
    message = f"There is no session {session_id!r} that was handed in"
    raise NotFoundError(message)


def report_basis(db: Session, session: AssessmentSessionRecord, submitted_at: datetime, fields: Fields) -> ReportBasis:
    """Gather what fields name of a candidate, and leave all else behind, within the caller's transaction."""
    opening = db.get_one(OpeningRecord, session.opening_id)
    candidate = db.get_one(CandidateRecord, session.candidate_id)
    form, key = get_form(db, session.form_digest), get_key(db, session.key_digest)
    bank = get_bank(db, session.bank_digest)
    stored = latest_scores(db, [session.id])[session.id]
    answers = {name: saved.ratings for name, saved in list_responses(db, session.id).items()}
    with_areas = ReleaseField.AREAS in fields and stored.score.overall is not None and not gives_overall_only(form)
    with_competencies = ReleaseField.COMPETENCIES in fields
    of = scores_of(stored, simulated=opening.simulated or candidate.simulated)
    placed = place_person(db, session.id, of, areas_on_display(bank, form))
    overall = placed if ReleaseField.OVERALL in fields else None
    return ReportBasis(
        candidate=candidate.name,
        opening=opening.title,
        simulated=candidate.simulated,
        submitted_at=submitted_at,
        form=form,
        key=key,
        bank=bank,
        stored=replace(stored, score=released_score(stored.score, fields)),
        irritants=rated_effective(form, key, stored.score, answers) if with_competencies else (),
        fields=fields,
        areas=area_readings(form, key, bank.model, answers) if with_areas else (),
        answers=answers if ReleaseField.ANSWERS in fields else {},
        notes=notes_of(db, [session.id])[session.id] if ReleaseField.NOTES in fields else (),
        not_compared=overall.not_compared if overall else None,
        estimate=overall.estimate if overall and overall.estimate.n else None,
    )
