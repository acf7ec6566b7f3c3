"""What was chosen for the use of an opening's scores. No key is reached from here."""

from sqlmodel import Session, col, select

from eiassess.persistence.tables import UseChoiceRecord


def standing_choice(db: Session, opening_id: str, key_digest: str) -> UseChoiceRecord | None:
    """Return what was last chosen for an opening with a key, if anything was."""
    record = UseChoiceRecord
    made = select(record).where(record.opening_id == opening_id, record.key_digest == key_digest)
    return db.exec(made.order_by(col(record.number).desc()).limit(1)).first()
