"""What a candidate gets back: their own answers and plain words, no scores, no key.

No topic is named as somebody's strong or weak side: docs/psychometrics/naming-topics.md found such sentences too often
wrong. That holds whoever keyed the form, so no score is read here at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from eiassess.domain.competencies import Competency
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.responses import Ratings
from eiassess.domain.sessions import SessionState
from eiassess.errors import RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import CandidateRecord, OpeningRecord
from eiassess.services.content.pinned import get_bank, get_form
from eiassess.services.deciding.notices import notice_for
from eiassess.services.hiring.invitations import require_open_session
from eiassess.services.sitting.answers import list_practice_answers, list_responses, own_handed_in_at


@dataclass(frozen=True)
class CandidateFeedback:
    """The page after handing in: what the person gave, and an idea to take along for each competency.

    Parameters
    ----------
    practice
        What was first given to the practice scenarios, by scenario.
    responses
        What was handed in, by scenario.
    """

    candidate_name: str
    opening_title: str
    simulated: bool
    submitted_at: datetime
    form: AssessmentForm
    order_seed: str
    practice: Mapping[str, Ratings]
    responses: Mapping[str, Ratings]
    key_status: str
    groups: tuple[tuple[str, tuple[Competency, ...]], ...]
    keep_days: int


def get_candidate_feedback(database: Database, invitation_id: str) -> CandidateFeedback:
    """Return the feedback of a session that was handed in.

    Raises
    ------
    RefusedError
        The answers are not handed in yet.
    LinkClosedError
        The invitation cannot be used any more.
    """
    with database.reading() as db:
        session, _ = require_open_session(db, invitation_id)
        if session.state != SessionState.SUBMITTED or session.submitted_at is None:
            message = "The feedback is here once your answers are handed in"
            raise RefusedError(message)
        bank, form = get_bank(db, session.bank_digest), get_form(db, session.form_digest)
        opening = db.get_one(OpeningRecord, session.opening_id)
        candidate = db.get_one(CandidateRecord, session.candidate_id)
        sat = {scenario.competency for scenario in form.scenarios}
        return CandidateFeedback(
            candidate_name=candidate.name,
            opening_title=opening.title,
            simulated=candidate.simulated,
            submitted_at=own_handed_in_at(db, session) or session.submitted_at,
            form=form,
            order_seed=session.order_seed,
            practice=list_practice_answers(db, session.id),
            responses={name: saved.ratings for name, saved in list_responses(db, session.id).items()},
            key_status=notice_for(db, session).key_status,
            groups=tuple(
                (group.name, tuple(bank.model.competencies[name] for name in group.competencies if name in sat))
                for group in bank.model.groups
            ),
            keep_days=opening.keep_days,
        )
