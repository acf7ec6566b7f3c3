"""What a candidate gets back: plain words, no scores, no key."""

from dataclasses import dataclass
from datetime import datetime

from eiassess.domain.competencies import Competency
from eiassess.domain.sessions import SessionState
from eiassess.errors import RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import CandidateRecord, OpeningRecord
from eiassess.services.content import get_bank, get_form
from eiassess.services.delivery import list_responses
from eiassess.services.invitations import require_open_session


@dataclass(frozen=True)
class CandidateFeedback:
    """The page after handing in: what was covered, with an idea to take along for each competency."""

    candidate_name: str
    opening_title: str
    simulated: bool
    submitted_at: datetime
    n_scenarios: int
    n_unanswered: int
    key_status: str
    groups: tuple[tuple[str, tuple[Competency, ...]], ...]
    keep_days: int


def get_candidate_feedback(database: Database, invitation_id: str, now: datetime) -> CandidateFeedback:
    """Return the feedback of a session that was handed in.

    Raises
    ------
    RefusedError
        The answers are not handed in yet.
    LinkClosedError
        The invitation cannot be used any more.
    """
    with database.reading() as db:
        session, _ = require_open_session(db, invitation_id, now)
        if session.state != SessionState.SUBMITTED or session.submitted_at is None:
            message = "The feedback is here once your answers are handed in"
            raise RefusedError(message)
        bank, form = get_bank(db, session.bank_digest), get_form(db, session.form_digest)
        opening = db.get_one(OpeningRecord, session.opening_id)
        candidate = db.get_one(CandidateRecord, session.candidate_id)
        rated = sum(len(saved.ratings) for saved in list_responses(db, session.id).values())
        sat = {scenario.competency for scenario in form.scenarios}
        return CandidateFeedback(
            candidate_name=candidate.name,
            opening_title=opening.title,
            simulated=candidate.simulated,
            submitted_at=session.submitted_at,
            n_scenarios=len(form.scenarios),
            n_unanswered=form.decision_count - rated,
            key_status=bank.notice.key_status,
            groups=tuple(
                (group.name, tuple(bank.model.competencies[name] for name in group.competencies if name in sat))
                for group in bank.model.groups
            ),
            keep_days=opening.keep_days,
        )
