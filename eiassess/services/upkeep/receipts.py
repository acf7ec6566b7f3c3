"""That something was erased, without whose it was."""

from datetime import datetime

from sqlmodel import Session

from eiassess.domain.erasures import ErasedBy, ErasureReason
from eiassess.persistence.engine import tell_when_committed
from eiassess.persistence.tables import ErasureReceiptRecord
from eiassess.services.identifiers import hash_token

RECEIPT_LENGTH = 24


def receipt_id(session_id: str) -> str:
    """Return the receipt's id of a sitting: a hash of the sitting's own, which is made by chance.

    Whoever opens an older copy of the database finds by it what has to go from there too; from the receipt alone nobody
    finds the sitting.
    """
    return hash_token(session_id)[:RECEIPT_LENGTH]


def write_receipt(db: Session, session_id: str, by: ErasedBy, reason: ErasureReason, now: datetime) -> str:
    """Note within the caller's transaction that everything about a sitting is gone; return the receipt's id."""
    receipt = receipt_id(session_id)
    db.add(ErasureReceiptRecord(id=receipt, erased_by=by, reason=reason, erased_at=now))
    tell_when_committed(db, receipt)
    return receipt
