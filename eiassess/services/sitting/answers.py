"""A candidate's way through an assessment. No key is loaded here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from eiassess.domain.banks import CandidateNotice
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.responses import Ratings, checked_answer
from eiassess.domain.scenarios import Scenario
from eiassess.domain.sessions import HandedInBy, SessionState, WithdrawnBy
from eiassess.domain.sitting_times import SittingTimes
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AdjustmentRecord,
    AssessmentSessionRecord,
    CandidateRecord,
    ItemResponseRecord,
    OpeningRecord,
    PracticeAnswerRecord,
)
from eiassess.services.content.pinned import get_form
from eiassess.services.deciding.notices import notice_for
from eiassess.services.hiring.ends import times_of
from eiassess.services.hiring.invitations import require_open_session
from eiassess.services.revisions import is_new_revision
from eiassess.services.sitting.late import count_late, keep_late
from eiassess.services.sitting.showings import add_showing


@dataclass(frozen=True)
class SavedResponse:
    """A scenario's ratings as the database has them; revision 0 = nothing saved yet."""

    ratings: Ratings
    revision: int
    saved_at: datetime | None


@dataclass(frozen=True)
class Sitting:
    """What a candidate's pages are made from."""

    session_id: str
    candidate_name: str
    opening_title: str
    simulated: bool
    state: SessionState
    notice: CandidateNotice
    consented: bool
    practised: bool
    form: AssessmentForm
    order_seed: str
    responses: Mapping[str, SavedResponse]
    keep_days: int
    times: SittingTimes
    submitted_at: datetime | None
    handed_in_by: HandedInBy | None
    withdrawn_by: WithdrawnBy | None
    time_zone: str
    hands_in: bool
    """Whether the server hands in what is saved when the time ends, if enough is."""
    contact: str
    """Whom this opening's candidates ask; empty where the installation's own contact is meant."""

    def response_to(self, scenario_id: str) -> SavedResponse:
        """Return what was saved for a scenario."""
        return self.responses.get(scenario_id, NOTHING_SAVED)


NOTHING_SAVED = SavedResponse({}, 0, None)


@dataclass(frozen=True)
class OwnTries:
    """What a page sent before without hearing of it, and the number of what it sends now.

    Parameters
    ----------
    number
        Counts on from the revision that the page saw, one for each state that it sent; 0 if the page does not count.
    sent
        The answers that it sent and heard nothing of.
    """

    number: int = 0
    sent: tuple[Ratings, ...] = ()

    def include(self, saved: SavedResponse) -> bool:
        """Tell whether what is saved is the page's own earlier try, which it may replace.

        What came from elsewhere has either other ratings or a revision that the page's number has not reached; a try
        that arrives after a later one has too low a number.
        """
        return self.number > saved.revision and any(dict(one) == dict(saved.ratings) for one in self.sent)


NO_TRIES = OwnTries()


class NotSittingError(RefusedError):
    """Answers are not taken: not begun, or submitted already."""


class TimeOverError(NotSittingError):
    """The time has ended; what came is not taken, and how much it was is kept for the recruiter.

    Parameters
    ----------
    ended_at
        When the person's time ended.
    given
        What the page sent.
    answers
        How many of its answers are not what was saved in time.
    """

    def __init__(self, ended_at: datetime, given: Ratings | None = None, answers: int = 0) -> None:
        self.ended_at, self.given, self.answers = ended_at, given or {}, answers
        super().__init__("The time for your answers has ended, so this came too late to be taken")


class StaleRevisionError(RefusedError):
    """The page had not seen what was saved meanwhile; nothing was changed.

    Parameters
    ----------
    saved
        What the database has.
    given
        What the page sent.
    """

    def __init__(self, saved: SavedResponse, given: Ratings) -> None:
        self.saved, self.given = saved, given
        super().__init__("These answers were changed in another tab or on another device since this page was opened")


def get_sitting(database: Database, invitation_id: str) -> Sitting:
    """Return everything that a candidate's pages show.

    Raises
    ------
    LinkClosedError
        The invitation cannot be used any more.
    """
    with database.reading() as db:
        session, _ = require_open_session(db, invitation_id)
        candidate = db.get_one(CandidateRecord, session.candidate_id)
        opening = db.get_one(OpeningRecord, session.opening_id)
        return Sitting(
            session_id=session.id,
            candidate_name=candidate.name,
            opening_title=opening.title,
            simulated=candidate.simulated,
            state=SessionState(session.state),
            notice=notice_for(db, session),
            consented=session.consented_at is not None,
            practised=session.practised_at is not None,
            form=get_form(db, session.form_digest),
            order_seed=session.order_seed,
            responses=list_responses(db, session.id),
            keep_days=opening.keep_days,
            times=times_of(db, session),
            submitted_at=own_handed_in_at(db, session),
            handed_in_by=HandedInBy(session.handed_in_by) if session.handed_in_by else None,
            withdrawn_by=WithdrawnBy(session.withdrawn_by) if session.withdrawn_by else None,
            time_zone=opening.time_zone,
            hands_in=opening.hand_in_at_deadline,
            contact=opening.contact,
        )


def record_consent(database: Database, invitation_id: str, now: datetime) -> None:
    """Keep that the candidate agreed to the notice; agreeing again changes nothing."""
    with database.writing() as db:
        session, _ = require_open_session(db, invitation_id, lock=True)
        if session.consented_at is None:
            require_time(db, session, now)
            session.notice_digest = notice_for(db, session).digest
            session.consented_at = now
            session.state = SessionState.STARTED
            db.add(session)


def record_practice(database: Database, invitation_id: str, now: datetime) -> None:
    """Keep that the candidate has seen the practice scenario, and start the clock of the first page."""
    with database.writing() as db:
        session, _ = require_open_session(db, invitation_id, lock=True)
        require_sitting(session)
        require_time(db, session, now)
        session.practised_at = session.practised_at or now
        session.clock_at = now
        db.add(session)


def record_practice_answer(
    database: Database, invitation_id: str, scenario_id: str, answer: Ratings, now: datetime
) -> None:
    """Keep what a candidate first gave to a practice scenario, for their own feedback; later tries change nothing.

    Only the first was given without knowing what the key says of it.

    Raises
    ------
    NotSittingError
        Not begun, or submitted already.
    InvalidInputError
        The scenario is none of the form's practice, or the answer is not one to it.
    LinkClosedError
        The invitation cannot be used any more.
    """
    with database.writing() as db:
        session, _ = require_open_session(db, invitation_id, lock=True)
        require_sitting(session)
        require_time(db, session, now)
        form = get_form(db, session.form_digest)
        kept = checked_answer(form, _scenario(form.practice, scenario_id), answer)
        if kept and db.get(PracticeAnswerRecord, (session.id, scenario_id)) is None:
            ratings = json.dumps(kept, sort_keys=True)
            db.add(PracticeAnswerRecord(session_id=session.id, scenario_id=scenario_id, ratings=ratings))


def list_practice_answers(db: Session, session_id: str) -> dict[str, Ratings]:
    """Return what was first given to the practice scenarios, by scenario."""
    records = db.exec(select(PracticeAnswerRecord).where(PracticeAnswerRecord.session_id == session_id))
    return {record.scenario_id: json.loads(record.ratings) for record in records}


def save_response(
    database: Database,
    invitation_id: str,
    scenario_id: str,
    ratings: Ratings,
    seen_revision: int,
    now: datetime,
    *,
    tries: OwnTries = NO_TRIES,
) -> SavedResponse:
    """Save a scenario's ratings; when this returns, they are committed.

    The time since the last commit counts as spent on this scenario. Sending what is saved already changes nothing,
    so that a repeated save succeeds. What the same page sent before and heard nothing of is no conflict.

    Raises
    ------
    StaleRevisionError
        Something else was saved since the page was opened.
    NotSittingError
        Not begun, or submitted already.
    TimeOverError
        It came after the end: not taken, and counted for the recruiter.
    InvalidInputError
        The scenario is not in the form, or a rating is not on its scale.
    LinkClosedError
        The invitation cannot be used any more.
    """
    with database.writing() as db:
        session, _ = require_open_session(db, invitation_id, lock=True)
        ratings = _checked(get_form(db, session.form_digest), scenario_id, ratings)
        record = _response(db, session.id, scenario_id, now)
        late = _too_late(db, session, record, ratings, now)
        if late is None:
            require_sitting(session)
            return _save(db, session, record, ratings, now, seen_revision=seen_revision, tries=tries)
        if not late.answers:
            return saved_response(record)  # saved in time, and sent again because nobody heard of it
        keep_late(db, session.id, scenario_id, late.answers, now)
    raise late  # after the commit, so that its number is kept


def _response(db: Session, session_id: str, scenario_id: str, now: datetime) -> ItemResponseRecord:
    return db.get(ItemResponseRecord, (session_id, scenario_id)) or ItemResponseRecord(
        session_id=session_id, scenario_id=scenario_id, ratings="{}", revision=0, seconds=0, saved_at=now
    )


def _too_late(
    db: Session, session: AssessmentSessionRecord, record: ItemResponseRecord, ratings: Ratings, now: datetime
) -> TimeOverError | None:
    """Tell what came after the end, and how many of its answers are not what was saved in time."""
    is_taken_away = session.state == SessionState.SUBMITTED and session.handed_in_by == HandedInBy.SERVER
    is_sat = session.state == SessionState.STARTED and session.withdrawn_at is None
    times = times_of(db, session)
    if not (is_taken_away or is_sat) or times.takes_answers(now):
        return None
    answers = count_late(saved_response(record).ratings, ratings)
    return TimeOverError(times.ends_at, ratings, answers)


def _save(
    db: Session,
    session: AssessmentSessionRecord,
    record: ItemResponseRecord,
    ratings: Ratings,
    now: datetime,
    *,
    seen_revision: int,
    tries: OwnTries,
) -> SavedResponse:
    saved = saved_response(record)
    add_showing(db, session.id, record.scenario_id, now)  # who answers has seen it, whatever a browser kept of the page
    if is_new_revision(
        record,
        seen_revision,
        now,
        is_same=dict(saved.ratings) == dict(ratings),
        stale=StaleRevisionError(saved, ratings),
        is_own=tries.include(saved),
        at_least=tries.number,
    ):
        record.ratings = json.dumps(ratings, sort_keys=True)
    _add_time(db, session, record, now)
    return saved_response(record)


def list_responses(db: Session, session_id: str) -> dict[str, SavedResponse]:
    """Return a session's saved responses by scenario."""
    records = db.exec(select(ItemResponseRecord).where(ItemResponseRecord.session_id == session_id))
    return {record.scenario_id: saved_response(record) for record in records}


def own_handed_in_at(db: Session, session: AssessmentSessionRecord) -> datetime | None:
    """Return when somebody handed in, for themselves: others may be shown the end that they know of."""
    given = db.get(AdjustmentRecord, session.id)
    return (given.handed_in_at if given else None) or session.submitted_at


def require_time(db: Session, session: AssessmentSessionRecord, now: datetime) -> None:
    """Refuse what is done after the end; what was on its way then still counts."""
    times = times_of(db, session)
    if not times.takes_answers(now):
        raise TimeOverError(times.ends_at)


def require_sitting(session: AssessmentSessionRecord) -> None:
    """Refuse who has not agreed to the notice yet, who has handed in already, and whose invitation was withdrawn."""
    if session.withdrawn_at is not None:
        message = "This invitation was withdrawn, so no answers are taken any more"
        raise NotSittingError(message)
    if session.state == SessionState.SUBMITTED:
        message = "Your answers are handed in already, so they cannot be changed any more"
        raise NotSittingError(message)
    if session.consented_at is None:
        message = "Please read the notice and agree to it first"
        raise NotSittingError(message)


def _checked(form: AssessmentForm, scenario_id: str, ratings: Ratings) -> dict[str, int]:
    return checked_answer(form, _scenario(form.scenarios, scenario_id), ratings)


def _scenario(scenarios: tuple[Scenario, ...], scenario_id: str) -> Scenario:
    for scenario in scenarios:
        if scenario.id == scenario_id:
            return scenario
    message = "This scenario is not part of your assessment"
    raise InvalidInputError(message, "scenario_id")


def _add_time(db: Session, session: AssessmentSessionRecord, record: ItemResponseRecord, now: datetime) -> None:
    clock_at = now if session.clock_at is None else session.clock_at
    record.seconds += max(0.0, (now - clock_at).total_seconds())
    session.clock_at = max(now, clock_at)  # a request that was overtaken must not turn the clock back
    db.add(session)
    db.add(record)


def saved_response(record: ItemResponseRecord) -> SavedResponse:
    """Take the ratings out of a row."""
    return SavedResponse(json.loads(record.ratings), record.revision, record.saved_at)
