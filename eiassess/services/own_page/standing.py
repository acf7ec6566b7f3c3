"""What a candidate's own page says besides the sitting itself."""

from dataclasses import dataclass

from eiassess.persistence.engine import Database
from eiassess.services.adjustments.asking import OwnRequest, own_requests
from eiassess.services.hiring.invitations import require_open_session
from eiassess.services.own_page.experience import OwnRating, own_rating
from eiassess.services.own_page.questions import OwnQuestion, own_questions
from eiassess.services.sitting.late import late_answers


@dataclass(frozen=True)
class OwnStanding:
    """What a candidate asked, was answered and rated, and how many answers came too late."""

    adjustments: tuple[OwnRequest, ...]
    questions: tuple[OwnQuestion, ...]
    rating: OwnRating | None
    late_answers: int


def get_standing(database: Database, invitation_id: str) -> OwnStanding:
    """Return it for the candidate whom an invitation belongs to.

    Raises
    ------
    LinkClosedError
        The link was closed.
    """
    with database.reading() as db:
        session, _ = require_open_session(db, invitation_id)
        return OwnStanding(
            own_requests(db, session.id),
            own_questions(db, session.id),
            own_rating(db, session.id),
            late_answers(db, [session.id]).get(session.id, 0),
        )
