"""Whoever was invited to an opening before: one person sits it once."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from eiassess.domain.names import isolated
from eiassess.domain.sessions import SessionState
from eiassess.errors import RefusedError
from eiassess.persistence.tables import AssessmentSessionRecord, CandidateRecord, OpeningRecord
from eiassess.services.hiring.ends import times_of, who_is_expected
from eiassess.services.people.addresses import email_key


class InvitedBeforeError(RefusedError):
    """Somebody has handed in, or can still do so: they need no other invitation, perhaps another link."""

    def __init__(self, message: str, session_id: str) -> None:
        super().__init__(message)
        self.session_id = session_id


def find_invited_before(
    db: Session, opening: OpeningRecord, name: str, email: str, now: datetime
) -> AssessmentSessionRecord | None:
    """Return the session of whoever was invited to an opening by this address, ready for another link.

    The name is the one that is given now. A session that nobody has begun gets the form, key and bank that the opening
    has now, as everybody who is invited from now on. Whoever withdrew, or was withdrawn, takes part again.

    Raises
    ------
    RefusedError
        They have an open link, or have handed in.
    """
    sessions = [_require_may_return(db, each, now) for each in _candidates(db, opening.id, email)]
    if not sessions:
        return None
    candidate = db.get_one(CandidateRecord, sessions[-1].candidate_id)
    candidate.name = name
    sessions[-1].withdrawn_at = sessions[-1].withdrawn_by = None
    if sessions[-1].state == SessionState.INVITED:
        sessions[-1].form_digest, sessions[-1].key_digest = opening.form_digest, opening.key_digest
        sessions[-1].bank_digest = opening.bank_digest
    db.flush()
    return sessions[-1]


def _candidates(db: Session, opening_id: str, email: str) -> list[CandidateRecord]:
    """List an opening's candidates with an address; more than one only from before that was refused."""
    record, key = CandidateRecord, email_key(email)
    query = (
        select(record)
        .where(record.opening_id == opening_id, or_(col(record.email_key) == key, col(record.email_key).is_(None)))
        .order_by(col(record.number))
    )
    return [each for each in db.exec(query) if email_key(each.email) == key]


def _require_may_return(db: Session, candidate: CandidateRecord, now: datetime) -> AssessmentSessionRecord:
    of_candidate = AssessmentSessionRecord.candidate_id == candidate.id
    session = db.exec(select(AssessmentSessionRecord).where(of_candidate).with_for_update()).one()
    if session.state == SessionState.SUBMITTED:
        raise _refusal(candidate, session, "has handed in answers to this opening")
    if who_is_expected(db, [session], now):
        ends_at = times_of(db, session).known_end
        raise _refusal(candidate, session, f"is invited to this opening until {ends_at:%Y-%m-%d}")
    return session


def _refusal(candidate: CandidateRecord, session: AssessmentSessionRecord, why: str) -> InvitedBeforeError:
    said = (
        f"{isolated(candidate.name)} (candidate {candidate.number}, {isolated(candidate.email)}) {why}, and one person "
        f"sits it once"
    )
    return InvitedBeforeError(said, session.id)
