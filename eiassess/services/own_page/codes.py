"""One-use codes: links are forwarded, so data go out, or go for good, only to whoever reads the stored address."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select, update

from eiassess.domain.mail_kinds import ONE_USE_CODE
from eiassess.domain.requests import CodePurpose
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, CandidateRecord, OneUseCodeRecord
from eiassess.services.auditing.acting import leave_out
from eiassess.services.hiring.invitations import require_open_session
from eiassess.services.identifiers import new_id
from eiassess.services.outbox.queueing import MailOrder, queue_mail

VALID = timedelta(minutes=15)
TRIES = 5
CODES_AN_HOUR = 5
DIGITS = 8
WHAT_FOR = {
    CodePurpose.DATA: "get all that is stored about you",
    CodePurpose.ERASURE: "have all that is stored about you erased",
}


class WrongCodeError(InvalidInputError):
    """The code does not fit; which part of it is wrong, or whether there ever was one, is not said."""

    def __init__(self) -> None:
        super().__init__(
            "This is not the newest code, or it was used already, or its 15 minutes are over, or too many others were "
            "tried. Look at the mail, or ask for a new code",
            "code",
        )


def send_code(database: Database, invitation_id: str, purpose: CodePurpose, now: datetime) -> None:
    """Mail a candidate a code to their stored address; earlier ones for this stop working.

    Raises
    ------
    LinkClosedError
        The link was closed.
    RefusedError
        Too many were asked for within an hour.
    """
    with database.writing() as db:
        session, _ = require_open_session(db, invitation_id, lock=True)
        if _sent_lately(db, session.id, now) >= CODES_AN_HOUR:
            message = "Several codes were sent within the last hour. Wait a while, then ask for a new one"
            raise RefusedError(message)
        _end_earlier(db, session.id, purpose, now)
        row_id, code = new_id(), f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        db.add(
            OneUseCodeRecord(
                id=row_id,
                session_id=session.id,
                purpose=purpose,
                code_hash=_hash(row_id, code),
                created_at=now,
                expires_at=now + VALID,
            )
        )
        _mail(db, session, purpose, code, now)


def take_code(db: Session, session_id: str, purpose: CodePurpose, typed: str, now: datetime) -> bool:
    """Use a code up, within the caller's transaction; a wrong one is counted, so the caller has to commit that too."""
    record = OneUseCodeRecord
    newest = select(record).where(record.session_id == session_id, record.purpose == purpose)
    code = db.exec(newest.order_by(col(record.created_at).desc(), col(record.id)).with_for_update()).first()
    if code is None or code.used_at is not None or now >= code.expires_at or code.tries >= TRIES:
        return False
    code.tries += 1
    db.add(code)
    if not hmac.compare_digest(code.code_hash, _hash(code.id, "".join(typed.split()))):
        return False
    code.used_at = now
    return True


def check_code(database: Database, invitation_id: str, purpose: CodePurpose, typed: str, now: datetime) -> None:
    """Use a code up.

    Raises
    ------
    LinkClosedError
        The link was closed.
    WrongCodeError
        It is not the newest code for this, was used, is older than 15 minutes, or too many others were tried.
    """
    with database.writing() as db:
        session, _ = require_open_session(db, invitation_id, lock=True)
        is_right = take_code(db, session.id, purpose, typed, now)
        if not is_right:
            leave_out(db)
    if not is_right:
        raise WrongCodeError


def _end_earlier(db: Session, session_id: str, purpose: CodePurpose, now: datetime) -> None:
    record = OneUseCodeRecord
    earlier = update(record).where(col(record.session_id) == session_id, col(record.purpose) == purpose)
    db.exec(earlier.where(col(record.expires_at) > now).values(expires_at=now))


def _sent_lately(db: Session, session_id: str, now: datetime) -> int:
    record = OneUseCodeRecord
    query = select(func.count()).where(record.session_id == session_id, record.created_at > now - timedelta(hours=1))
    return db.exec(query).one()


def _hash(row_id: str, code: str) -> str:
    return hashlib.sha256(f"{row_id}\n{code}".encode()).hexdigest()


def _mail(db: Session, session: AssessmentSessionRecord, purpose: CodePurpose, code: str, now: datetime) -> None:
    candidate = db.get_one(CandidateRecord, session.candidate_id)
    half = DIGITS // 2
    given = {
        "purpose": WHAT_FOR[purpose],
        "code": f"{code[:half]} {code[half:]}",
        "minutes": str(int(VALID.total_seconds() // 60)),
    }
    order = MailOrder(
        candidate.name, candidate.email, opening_id=session.opening_id, session_id=session.id, given=given
    )
    queue_mail(db, ONE_USE_CODE, order, now)
