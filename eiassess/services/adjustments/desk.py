"""Who reads what candidates ask to have different: the contact for adjustments, and nobody else."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from eiassess.domain.openings import MemberPart
from eiassess.errors import NotFoundError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AdjustmentRequestRecord,
    AssessmentSessionRecord,
    OpeningMemberRecord,
    OpeningRecord,
)
from eiassess.services.hiring.opening_members import Member, members_of


@dataclass(frozen=True)
class Desk:
    """Who reads an opening's requests, and whether they are told apart from those who decide.

    Without a contact for adjustments those who recruit read them, and the promise of the notice does not hold.
    """

    readers: tuple[Member, ...]
    keeps_promise: bool


def desk_of(db: Session, opening_id: str) -> Desk:
    """Return who reads an opening's requests."""
    members = members_of(db, opening_id)
    contacts = tuple(each for each in members if MemberPart.ADJUSTMENTS in each.parts)
    recruiters = tuple(each for each in members if MemberPart.RECRUITS in each.parts)
    return Desk(contacts or recruiters, bool(contacts))


def reads_requests(database: Database, user_id: str) -> bool:
    """Whether somebody takes care of requests: as a contact, or as long as nobody is named where some were asked."""
    member, asked, session = OpeningMemberRecord, AdjustmentRequestRecord, AssessmentSessionRecord
    mine = select(member.opening_id).where(member.user_id == user_id)
    contacts = select(member.opening_id).where(member.part == MemberPart.ADJUSTMENTS)
    alone = (
        select(asked.id)
        .join(session)
        .where(
            col(session.opening_id).in_(mine.where(member.part == MemberPart.RECRUITS)),
            col(session.opening_id).not_in(contacts),
        )
    )
    with database.reading() as db:
        is_contact = db.exec(mine.where(member.part == MemberPart.ADJUSTMENTS)).first() is not None
        return is_contact or db.exec(alone).first() is not None


def require_reader(db: Session, opening_id: str, user_id: str) -> OpeningRecord:
    """Return an opening whose requests somebody reads.

    Raises
    ------
    NotFoundError
        There is none, or others read them: the two look the same.
    """
    opening = db.get(OpeningRecord, opening_id)
    if opening is None or user_id not in {each.user_id for each in desk_of(db, opening_id).readers}:
        message = "There is no such request"
        raise NotFoundError(message)
    return opening
