"""Recovery codes: ten that are shown once, each a way past the second step, once, for whoever lost their phone.

A code has 120 bits of chance, so a plain hash keeps it (OWASP ASVS 5.0, 6.5.2, asks for 112).
"""

import secrets
from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from eiassess.persistence.tables import RecoveryCodeRecord
from eiassess.services.identifiers import hash_token

CODES = 10
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's 32: none that is taken for another."""
GROUPS, GROUP = 6, 4
_READ_AS = str.maketrans({"o": "0", "i": "1", "l": "1", "u": "v"})


def make_recovery_codes(db: Session, user_id: str, now: datetime) -> tuple[str, ...]:
    """Make new codes within the caller's transaction; those from before end. Only here can they be read."""
    forget_recovery_codes(db, user_id)
    codes = tuple("-".join(_group() for _ in range(GROUPS)) for _ in range(CODES))
    db.add_all(RecoveryCodeRecord(code_hash=_hash(user_id, code), user_id=user_id, made_at=now) for code in codes)
    return codes


def take_recovery_code(db: Session, user_id: str, typed: str) -> bool:
    """Use a code up within the caller's transaction; of two who bring it at once, one has it."""
    record = RecoveryCodeRecord
    taken = delete(record).where(col(record.code_hash) == _hash(user_id, typed), col(record.user_id) == user_id)
    return db.connection().execute(taken.returning(col(record.code_hash))).first() is not None


def count_recovery_codes(db: Session, user_id: str) -> int:
    """Count the codes that somebody has left."""
    return db.exec(select(func.count()).where(RecoveryCodeRecord.user_id == user_id)).one()


def forget_recovery_codes(db: Session, user_id: str) -> None:
    """End all of somebody's codes within the caller's transaction."""
    db.exec(delete(RecoveryCodeRecord).where(col(RecoveryCodeRecord.user_id) == user_id))


def _group() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(GROUP))


def _hash(user_id: str, code: str) -> str:
    letters = "".join(each for each in code.lower() if each.isalnum()).translate(_READ_AS)
    return hash_token(f"{user_id}\n{letters}")
