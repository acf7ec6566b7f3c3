"""Mails to candidates, from their session, their opening and their link."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, and_, col, func, or_, select

from eiassess.domain.days import day_and_hour
from eiassess.domain.deciding import TELLING
from eiassess.domain.mail_kinds import (
    DEADLINE_MOVED,
    HANDED_IN,
    INVITATION,
    KEPT_FOR_STUDY,
    NEW_LINK,
    ONE_USE_CODE,
    REMINDER,
    get_mail_kind,
)
from eiassess.domain.mail_states import MailState
from eiassess.domain.mails.kind import MailValues
from eiassess.domain.outcomes import STUDY_DAYS
from eiassess.domain.sessions import HandedInBy, SessionState
from eiassess.domain.sitting_times import SittingTimes
from eiassess.persistence.tables import (
    AdjustmentRecord,
    AssessmentSessionRecord,
    CandidateRecord,
    InvitationRecord,
    ItemResponseRecord,
    MessageRecord,
    OpeningRecord,
    StudyLinkRecord,
)
from eiassess.services.content.pinned import get_form
from eiassess.services.hiring.ends import times_of
from eiassess.services.hiring.reached import who_was_not_reached
from eiassess.services.mailing.links_of_candidates import find_link, link_url
from eiassess.services.mailing.sources import MailSources, NotNeededError, SimulatedError, given_values
from eiassess.services.outbox.queueing import PLANNED_FOR

_BEFORE_THE_END = frozenset(kind.name for kind in (INVITATION, REMINDER, DEADLINE_MOVED, NEW_LINK))
"""Mails that ask somebody to answer, and so are pointless when they cannot any more."""
AFTER_AN_INVITATION = frozenset(kind.name for kind in (REMINDER, DEADLINE_MOVED))
"""Mails that come too early while no server takes the invitation, which names the end that holds when it goes out."""
_ON_ITS_WAY = (MailState.WAITING, MailState.SENDING, MailState.HANDING_OVER)
STAGE_TOLD_BY = {kind.name: stage for stage, kind in TELLING.items()}
"""Mails that tell of a stage, and are pointless when somebody stands elsewhere before they are sent."""


@dataclass(frozen=True)
class _Sitting:
    """What a mail is about."""

    session: AssessmentSessionRecord
    opening: OpeningRecord
    link: InvitationRecord | None
    times: SittingTimes

    def say(self, moment: datetime) -> str:
        """Say a moment on the opening's clocks."""
        return day_and_hour(moment, ZoneInfo(self.opening.time_zone), self.opening.time_zone)


def require_candidate_reason(db: Session, record: MessageRecord, now: datetime) -> None:
    """See that a candidate's mail is still wanted.

    Raises
    ------
    NotNeededError
        They have handed in or withdrawn, their link has ended, their deadline was moved since, or the code is too old.
    """
    session = db.get_one(AssessmentSessionRecord, record.session_id)
    if db.get_one(CandidateRecord, session.candidate_id).simulated:
        raise SimulatedError
    if record.kind == HANDED_IN.name and session.state != SessionState.SUBMITTED:
        message = "Nothing was handed in"
        raise NotNeededError(message)
    if record.kind == ONE_USE_CODE.name and now >= record.created_at + _code_lives(record):
        message = "The code was too old before it could be sent"
        raise NotNeededError(message)
    if record.kind == DEADLINE_MOVED.name and _is_superseded(db, record):
        message = "Their deadline was moved again, and a later mail says so"
        raise NotNeededError(message)
    told = STAGE_TOLD_BY.get(record.kind)
    if told is not None and session.stage != told:
        message = "They stand at another stage now"
        raise NotNeededError(message)
    if record.kind == KEPT_FOR_STUDY.name and db.get(StudyLinkRecord, session.id) is None:
        message = "The study has nothing of them any more"
        raise NotNeededError(message)
    if record.kind in AFTER_AN_INVITATION and record.state in {MailState.SENDING, MailState.HANDING_OVER}:
        _require_invited(db, record)
    if record.kind in _BEFORE_THE_END:
        _require_unfinished(db, record, session, now)


def _require_invited(db: Session, record: MessageRecord) -> None:
    """See that a mail that is being sent says something that the invitation did not say.

    A moved deadline is told although the invitation is in another worker's hands: that may have been made before.
    """
    message = MessageRecord
    reminds = record.kind == REMINDER.name
    invitations = db.exec(
        select(message).where(message.session_id == record.session_id, message.kind == INVITATION.name)
    ).all()
    unsent = _ON_ITS_WAY if reminds else (MailState.WAITING,)
    if any(
        each.state in unsent or (reminds and each.sent_at is not None and each.sent_at >= record.due_at)
        for each in invitations
    ):
        why = "Their invitation had not gone out yet when this was due, and says the same"
        raise NotNeededError(why)
    if reminds and who_was_not_reached(db, [record.session_id or ""]):
        why = "Their invitation was not delivered, so there is nothing to remind of"
        raise NotNeededError(why)


def candidate_values(db: Session, record: MessageRecord, sources: MailSources, now: datetime) -> MailValues:
    """Return what a candidate's mail says now.

    Raises
    ------
    NotNeededError
        Their link cannot be made again.
    """
    session = db.get_one(AssessmentSessionRecord, record.session_id)
    sitting = _sitting(db, session)
    kind = get_mail_kind(record.kind)
    known = {
        "name": record.recipient_name,
        "opening": sitting.opening.title,
        "contact": sitting.opening.contact or sources.contact,
        "deadline": sitting.say(sitting.times.ends_at if sources.to_reader else sitting.times.known_end),
        "limit": _limit(sitting, sources),
        "pauses": _pauses(sitting, sources),
        "minutes": str(_minutes(db, session)),
        "about": sitting.opening.text,
        "progress": _progress(db, session),
        "years": str(STUDY_DAYS // 365),
        "how": _how_handed_in(sitting, _handed_in_at(db, session, sources)),
        **given_values(record),
        "link": link_url(db, sitting.link, sources, now),
    }
    return kind.values(**{name: known.get(name, "") for name in kind.placeholders})


def _sitting(db: Session, session: AssessmentSessionRecord) -> _Sitting:
    opening = db.get_one(OpeningRecord, session.opening_id)
    return _Sitting(session, opening, find_link(db, session.id), times_of(db, session))


def _require_unfinished(db: Session, record: MessageRecord, session: AssessmentSessionRecord, now: datetime) -> None:
    link, times, planned_for = find_link(db, session.id), times_of(db, session), given_values(record).get(PLANNED_FOR)
    if session.state == SessionState.SUBMITTED:
        message = "They have handed in meanwhile"
    elif session.withdrawn_at is not None:
        message = "The invitation was withdrawn meanwhile"
    # the end that everybody knows of, not the day that the link names: time may have been extended since
    elif link is None or link.revoked_at is not None or now >= times.known_end:
        message = "Their link has ended or was closed"
    elif planned_for is not None and datetime.fromisoformat(planned_for) != times.deadline:
        message = "Their deadline was moved after this was planned"
    else:
        return
    raise NotNeededError(message)


def _is_superseded(db: Session, record: MessageRecord) -> bool:
    """Tell whether the same was asked for again later: both would name the deadline that holds now."""
    other, later = MessageRecord, col(MessageRecord.created_at) > record.created_at
    at_once = and_(col(other.created_at) == record.created_at, col(other.id) > record.id)
    query = select(other.id).where(
        other.session_id == record.session_id, other.kind == record.kind, or_(later, at_once)
    )
    return db.exec(query).first() is not None


def _code_lives(record: MessageRecord) -> timedelta:
    return timedelta(minutes=int(given_values(record).get("minutes", "15")))


def _minutes(db: Session, session: AssessmentSessionRecord) -> int:
    form = get_form(db, session.form_digest)
    return math.ceil(form.expected_seconds((*form.practice, *form.scenarios)) / 60)


def _limit(sitting: _Sitting, sources: MailSources) -> str:
    """Say how long the scenarios may take: for their reader with what they were given, which nobody else may know."""
    limit = sitting.times.own_limit if sources.to_reader else sitting.times.limit
    if limit is None:
        return ""
    minutes = round(limit / timedelta(minutes=1))
    return f"For the scenarios you have {minutes} minutes from the first of them on, breaks included."


def _pauses(sitting: _Sitting, sources: MailSources) -> str:
    limit = _limit(sitting, sources)
    if not limit:
        return "You can stop at any time and go on later, also on another device: every answer is saved as you give it."
    return (
        f"{limit} Practice before does not count. Every answer is saved as you give it, so you can go on with another "
        "device, but the time runs on."
    )


def _progress(db: Session, session: AssessmentSessionRecord) -> str:
    """Say how far somebody is; nothing of those who have not begun."""
    query = select(func.count()).where(col(ItemResponseRecord.session_id) == session.id)
    n_saved, n_scenarios = db.exec(query).one(), len(get_form(db, session.form_digest).scenarios)
    if not n_saved:
        return ""
    return f"You have begun {n_saved} of {n_scenarios} scenarios, and all that you answered is saved."


def _handed_in_at(db: Session, session: AssessmentSessionRecord, sources: MailSources) -> datetime | None:
    """Return when somebody handed in: as it really was for them, and as others may know it for whoever looks on."""
    given = db.get(AdjustmentRecord, session.id) if sources.to_reader else None
    return (given.handed_in_at if given else None) or session.submitted_at


def _how_handed_in(sitting: _Sitting, at: datetime | None) -> str:
    if at is None:
        return ""
    if sitting.session.handed_in_by == HandedInBy.SERVER:
        return f"Your time was over on {sitting.say(at)}, so what you had saved was handed in for you."
    return f"You handed in your answers on {sitting.say(at)}."
