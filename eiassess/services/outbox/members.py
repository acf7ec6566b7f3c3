"""Whose mails somebody may see: those of the openings that they work on."""

from sqlmodel import Session, select

from eiassess.errors import NotFoundError
from eiassess.persistence.tables import OpeningMemberRecord, OpeningRecord


def require_member(db: Session, opening_id: str, user_id: str) -> OpeningRecord:
    """Return an opening that somebody works on.

    The outbox asks by itself, since openings ask the outbox for mails and no two rooms ask each other.

    Raises
    ------
    NotFoundError
        There is none, or it is not theirs: the two look the same.
    """
    member = OpeningMemberRecord
    query = select(member.user_id).where(member.opening_id == opening_id, member.user_id == user_id)
    opening = db.get(OpeningRecord, opening_id)
    if opening is None or db.exec(query).first() is None:
        message = "There is no such opening"
        raise NotFoundError(message)
    return opening
