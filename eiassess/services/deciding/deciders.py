"""Who may record a stage, a rating or a decision: whoever has the part, and knows of no request for adjustments."""

from sqlmodel import Session

from eiassess.domain.openings import MemberPart
from eiassess.errors import RefusedError
from eiassess.persistence.tables import OpeningMemberRecord, OpeningRecord
from eiassess.services.hiring.opening_members import could_read_requests
from eiassess.services.hiring.openings import require_member


def require_decider(
    db: Session, opening_id: str, user_id: str, part: MemberPart = MemberPart.RECRUITS
) -> OpeningRecord:
    """Return an opening in which somebody may record stages, notes, ratings and decisions.

    Raises
    ------
    NotFoundError
        There is none, or they do not have the part in it.
    RefusedError
        They are the contact for adjustments, or were while what candidates asked could be read.
    """
    opening = require_member(db, opening_id, user_id, part)
    if not may_decide(db, opening_id, user_id):
        message = (
            "Whoever takes care of requests for adjustments records no stage, rating or decision in that opening; "
            "somebody else has to"
        )
        raise RefusedError(message)
    return opening


def may_decide(db: Session, opening_id: str, user_id: str) -> bool:
    """Tell whether somebody of an opening is not its contact for adjustments, and was not while requests were there."""
    is_contact = db.get(OpeningMemberRecord, (opening_id, user_id, MemberPart.ADJUSTMENTS.value)) is not None
    return not is_contact and not could_read_requests(db, opening_id, user_id)
