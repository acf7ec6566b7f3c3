"""Correcting what somebody is called and where they are written to."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from eiassess.domain.mail_states import MailState
from eiassess.errors import InvalidInputError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import CandidateRecord, MessageRecord, OneUseCodeRecord
from eiassess.services.people.accounts import checked_name
from eiassess.services.people.addresses import checked_email, email_key
from eiassess.services.privacy.reaching import reach


def correct_candidate(
    database: Database, user_id: str | None, session_id: str, name: str, email: str, now: datetime
) -> bool:
    """Correct a candidate's name and address; return whether the address is another one now.

    Mails that wait go to the new address, and codes that were mailed to the old one end. Links that are out stay open.

    Raises
    ------
    InvalidInputError
        The name or address cannot be used, or the address is another candidate's of this opening.
    NotFoundError
        There is no such candidate in an opening of this person.
    """
    name, email = checked_name(name), checked_email(email)
    with database.writing() as db:
        session, opening, candidate = reach(db, user_id, session_id, locked=True)
        _require_free(db, opening.id, candidate.id, email)
        is_another = email != candidate.email
        candidate.name, candidate.email, candidate.email_key = name, email, email_key(email)
        db.add(candidate)
        _redirect_waiting(db, session.id, name, email)
        if is_another:
            code = OneUseCodeRecord
            open_codes = update(code).where(col(code.session_id) == session.id, col(code.expires_at) > now)
            db.exec(open_codes.values(expires_at=now))
    database.forget_what_was_deleted()
    return is_another


def _require_free(db: Session, opening_id: str, candidate_id: str, email: str) -> None:
    other = CandidateRecord
    query = select(other.number).where(
        other.opening_id == opening_id, other.id != candidate_id, other.email_key == email_key(email)
    )
    number = db.exec(query).first()
    if number is not None:
        message = f"Candidate {number} of this opening has this address; one person sits it once"
        raise InvalidInputError(message, "email")


def _redirect_waiting(db: Session, session_id: str, name: str, email: str) -> None:
    mail = MessageRecord
    waiting = update(mail).where(col(mail.session_id) == session_id, col(mail.state) == MailState.WAITING)
    db.exec(waiting.values(recipient_name=name, recipient_email=email))
