"""All that is stored about a candidate, for whoever answers when they ask: with what staff wrote about them."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from eiassess.domain.deciding import Note, StageMove
from eiassess.domain.erasures import Hold
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.interviews import InterviewRating
from eiassess.domain.mail_kinds import HANDED_IN, ONE_USE_CODE, REQUEST_ANSWERED
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, ErasureWishRecord
from eiassess.services.content.pinned import get_form
from eiassess.services.deciding.files import moves_of
from eiassess.services.deciding.notes import notes_of
from eiassess.services.deciding.stages import stages_of
from eiassess.services.hiring.ends import times_of
from eiassess.services.interviews.gate import all_ratings, visible_ratings
from eiassess.services.interviews.overview import PlannedInterview, interviews_with
from eiassess.services.own_page.own_data import OwnData, own_data_of
from eiassess.services.privacy.reaching import reach
from eiassess.services.upkeep.holds import find_hold

OTHERS_EYES = frozenset({ONE_USE_CODE.name, REQUEST_ANSWERED.name})
"""Mails that nobody who recruits may know of."""


@dataclass(frozen=True)
class StoredData:
    """All that is stored about a candidate.

    Parameters
    ----------
    own
        What they can fetch themselves; for those who recruit without what these may not know, see `stored_data`.
    ratings
        What interviewers gave; none while whoever asks still has to rate, or did not ask to read them.
    more_ratings
        Whether there are ratings that are not among these.
    waits
        Whether a wish to erase everything waits for the end of the hold.
    """

    session_id: str
    number: int
    opening_id: str
    form: AssessmentForm
    own: OwnData
    notes: tuple[Note, ...]
    moves: tuple[StageMove, ...]
    interviews: tuple[PlannedInterview, ...]
    ratings: tuple[InterviewRating, ...]
    more_ratings: bool
    hold: Hold | None
    waits: bool


def stored_data(database: Database, user_id: str | None, session_id: str, now: datetime) -> StoredData:
    """Return all that is stored about a candidate, for whoever runs the installation, or for somebody who recruits.

    Those who recruit do not see what they may not know: requests for adjustments and the times that follow from them,
    voluntary answers, what was said of taking part, and others' interview ratings before they may read them.

    Raises
    ------
    NotFoundError
        There is no such candidate in an opening of this person.
    """
    with database.reading() as db:
        session, opening, candidate = reach(db, user_id, session_id)
        own = own_data_of(db, session)
        everything = all_ratings(db, session.id)
        ratings = everything if user_id is None else visible_ratings(db, session.id, user_id)
        return StoredData(
            session_id=session.id,
            number=candidate.number,
            opening_id=opening.id,
            form=get_form(db, session.form_digest),
            own=own if user_id is None else _as_known(db, session, own),
            notes=notes_of(db, [session.id])[session.id],
            moves=moves_of(db, session.id, stages_of(db, opening.id)),
            interviews=interviews_with(db, session),
            ratings=ratings,
            more_ratings=len(ratings) < len(everything),
            hold=find_hold(db, session.id, now),
            waits=db.get(ErasureWishRecord, session.id) is not None,
        )


def _as_known(db: Session, session: AssessmentSessionRecord, own: OwnData) -> OwnData:
    """Leave out what those who recruit may not know, and every moment that would tell of time that was given."""
    times = times_of(db, session)
    hidden = OTHERS_EYES | ({HANDED_IN.name} if times.has_own_times else frozenset())
    return replace(
        own,
        adjustments=(),
        extra_time_factor=1.0,
        ends_at=times.known_end,
        handed_in_at=session.submitted_at,
        answers=tuple(replace(each, saved_at=None, first_shown_at=None) for each in own.answers),
        late_answers=own.late_answers,
        experience=None,
        complaints={},
        voluntary=None,
        mails=tuple(each for each in own.mails if each.kind not in hidden),
    )
