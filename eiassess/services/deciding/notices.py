"""Which notice a candidate reads: the bank's, or an opening's own version of it. No key is reached from here."""

from sqlmodel import Session

from eiassess.domain.banks import CandidateNotice
from eiassess.domain.fairness import notice_with_fairness
from eiassess.domain.outcomes import notice_with_study
from eiassess.domain.uses import notice_with_use
from eiassess.persistence.tables import AssessmentSessionRecord, OpeningRecord
from eiassess.services.content.pinned import get_bank
from eiassess.services.fairness.pages import asked_now
from eiassess.services.hiring.use_choices import standing_choice


def notice_for(db: Session, session: AssessmentSessionRecord) -> CandidateNotice:
    """Return the notice that a candidate reads: the bank's, or the opening's own version of it."""
    notice = get_bank(db, session.bank_digest).notice
    standing = standing_choice(db, session.opening_id, session.key_digest)
    if standing and standing.allowed:
        notice = notice_with_use(notice, standing.notice)
    days = db.get_one(OpeningRecord, session.opening_id).outcome_days
    if days is not None:
        notice = notice_with_study(notice, days)
    asked = asked_now(db, session.opening_id)
    return notice if asked is None else notice_with_fairness(notice, asked)
