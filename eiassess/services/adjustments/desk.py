"""Who reads what candidates ask to have different: the contact for adjustments, and nobody else."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from eiassess.domain.openings import MemberPart
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AdjustmentRequestRecord,
    AssessmentSessionRecord,
    OpeningMemberRecord,
)
from eiassess.services.hiring.opening_members import Member, members_of


@dataclass(frozen=True)
class Desk:
    """Who reads an opening's requests, and whether they are told apart from those who decide.

    Without a contact for adjustments those who recruit read them, and the promise of the notice does not hold.
    """

    readers: tuple[Member, ...]
    keeps_promise: bool

    def opens(self, user_id: str, asked: AdjustmentRequestRecord) -> bool:
        """Whether somebody reads a request: what was for a contact stays closed to those who recruit."""
        is_reader = user_id in {each.user_id for each in self.readers}
        return is_reader and (self.keeps_promise or not asked.for_contact)


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
            col(asked.for_contact).is_(other=False),
        )
    )
    with database.reading() as db:
        is_contact = db.exec(mine.where(member.part == MemberPart.ADJUSTMENTS)).first() is not None
        return is_contact or db.exec(alone).first() is not None
