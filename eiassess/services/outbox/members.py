"""Whose mails somebody may see: those of the openings that they recruit for."""

from sqlmodel import Session

from eiassess.domain.openings import MemberPart
from eiassess.errors import NotFoundError
from eiassess.persistence.tables import OpeningMemberRecord, OpeningRecord


def require_member(db: Session, opening_id: str, user_id: str) -> OpeningRecord:
    """Return an opening that somebody recruits for.

    The outbox asks by itself, since openings ask the outbox for mails and no two rooms ask each other.

    Raises
    ------
    NotFoundError
        There is none, or it is not theirs: the two look the same.
    """
    opening = db.get(OpeningRecord, opening_id)
    if opening is None or db.get(OpeningMemberRecord, (opening_id, user_id, MemberPart.RECRUITS.value)) is None:
        message = "There is no such opening"
        raise NotFoundError(message)
    return opening
