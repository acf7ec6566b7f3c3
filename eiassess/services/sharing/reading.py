"""What a link to released candidates shows, and to whom: whoever signs in and may, and nobody else."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.openings import MemberPart
from eiassess.domain.report_bases import ReportBasis
from eiassess.domain.roles import Role
from eiassess.errors import NotFoundError
from eiassess.persistence.engine import Database, upsert
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    OpeningMemberRecord,
    OpeningRecord,
    SharedCandidateRecord,
    SharedViewRecord,
    ShareLinkRecord,
    UserRoleRecord,
)
from eiassess.services.hiring.releases import released_fields
from eiassess.services.links import LinkClosedError, hash_of_link, is_open
from eiassess.services.results.for_managers import ReleasedCandidate, ReleasedOpening, report_basis


@dataclass(frozen=True)
class SharedList:
    """What a link shows: candidates who are released still, and until when."""

    opening: ReleasedOpening
    expires_at: datetime


def find_shared(database: Database, user_id: str, token: str, now: datetime) -> str:
    """Return the id of the link that a token is of, if it opens for somebody.

    Raises
    ------
    LinkClosedError
        There is no such link, it has ended, it was revoked, or it is not for this person: all look the same.
    """
    with database.reading() as db:
        link = db.exec(select(ShareLinkRecord).where(ShareLinkRecord.token_hash == hash_of_link(token))).first()
        return _require_open(db, link, user_id, now).id


def get_shared_list(database: Database, user_id: str, link_id: str, now: datetime) -> SharedList:
    """Return whom a link leads to: those who are released still.

    Raises
    ------
    LinkClosedError
        The link does not open for this person.
    """
    session = AssessmentSessionRecord
    query = (
        select(session, CandidateRecord)
        .join(CandidateRecord, col(CandidateRecord.id) == col(session.candidate_id))
        .join(SharedCandidateRecord, col(SharedCandidateRecord.session_id) == col(session.id))
        .where(SharedCandidateRecord.link_id == link_id, col(session.released_at).is_not(None))
        .order_by(col(CandidateRecord.number))
    )
    with database.reading() as db:
        link = _require_open(db, db.get(ShareLinkRecord, link_id), user_id, now)
        opening = db.get_one(OpeningRecord, link.opening_id)
        people = tuple(
            ReleasedCandidate(each.id, candidate.name, each.submitted_at, each.released_at, candidate.simulated)
            for each, candidate in db.exec(query)
            if each.submitted_at and each.released_at
        )
        return SharedList(ReleasedOpening(opening.id, opening.title, opening.simulated, people), link.expires_at)


def get_shared_basis(database: Database, user_id: str, link_id: str, session_id: str, now: datetime) -> ReportBasis:
    """Get what the report of somebody whom a link leads to is written from: no more than was released.

    Raises
    ------
    LinkClosedError
        The link does not open for this person.
    NotFoundError
        It does not lead to this candidate, or they were taken back.
    """
    with database.reading() as db:
        link = _require_open(db, db.get(ShareLinkRecord, link_id), user_id, now)
        session = db.get(AssessmentSessionRecord, session_id)
        shared = db.get(SharedCandidateRecord, (link.id, session_id))
        if session is not None and shared is not None:
            fields = released_fields(db, session)
            if fields and session.submitted_at:
                return report_basis(db, session, session.submitted_at, fields)
    message = "There is no such report"
    raise NotFoundError(message)


def record_view(database: Database, user_id: str, link_id: str, session_id: str, now: datetime) -> None:
    """Keep that somebody looks at a candidate through a link, once a day; whoever calls has seen that they may."""
    values = {
        "link_id": link_id, "session_id": session_id, "user_id": user_id, "day": f"{now:%Y-%m-%d}", "at": now,
    }  # fmt: skip
    with database.writing() as db:
        db.connection().execute(upsert(db, SharedViewRecord).values(values).on_conflict_do_nothing())


def _require_open(db: Session, link: ShareLinkRecord | None, user_id: str, now: datetime) -> ShareLinkRecord:
    if link is None or not is_open(link, now) or not _may_read(db, link, user_id):
        raise LinkClosedError
    return link


def _may_read(db: Session, link: ShareLinkRecord, user_id: str) -> bool:
    """Whether a link was given to somebody, or to nobody and they manage hiring for its opening."""
    if link.given_to is not None:
        return link.given_to == user_id
    manages = db.get(OpeningMemberRecord, (link.opening_id, user_id, MemberPart.MANAGES.value))
    return manages is not None and db.get(UserRoleRecord, (user_id, Role.MANAGER.value)) is not None
