"""What a candidate's own page says besides the sitting itself."""

from dataclasses import dataclass

from eiassess.persistence.engine import Database
from eiassess.services.adjustments.asking import OwnRequest, own_requests
from eiassess.services.fairness.answering import OwnFairness, own_fairness
from eiassess.services.hiring.invitations import require_open_session
from eiassess.services.hiring.openings import require_member
from eiassess.services.own_page.experience import OwnRating, own_rating
from eiassess.services.own_page.questions import OwnQuestion, own_questions
from eiassess.services.sitting.deadlines import list_failed_hand_ins
from eiassess.services.sitting.late import late_answers


@dataclass(frozen=True)
class OwnStanding:
    """What a candidate asked, was answered and rated, how many answers came too late, and what they may answer yet."""

    adjustments: tuple[OwnRequest, ...]
    questions: tuple[OwnQuestion, ...]
    rating: OwnRating | None
    late_answers: int
    fairness: OwnFairness | None = None


def get_opening_standing(database: Database, user_id: str, opening_id: str) -> tuple[str, int]:
    """Return an opening's title, and how many sittings the server could not hand in.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        return opening.title, len(list_failed_hand_ins(db, opening_id))


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
            own_fairness(db, session),
        )
