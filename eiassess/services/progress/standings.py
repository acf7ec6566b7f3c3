"""A candidate's standing as columns of one query, so that the database counts, filters and pages by it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, true
from sqlmodel import col, func, select

from eiassess.domain.mail_kinds import INVITATION
from eiassess.domain.mail_states import UNDELIVERED, UNDER_WAY, MailState
from eiassess.domain.progress import ENDS_SOON, MAILED_LATELY, QUIET_AFTER, Standing
from eiassess.domain.sessions import HandedInBy, SessionState
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    InvitationRecord,
    MessageRecord,
    OpeningRecord,
)

Columns = Mapping[str, Any]


def standing_columns(opening: OpeningRecord, now: datetime) -> Columns:
    """Return a column for each part of a standing, by its name; times that one person was given are left out."""
    session, candidate = AssessmentSessionRecord, CandidateRecord
    last_sign = func.coalesce(session.clock_at, session.practised_at, session.consented_at, candidate.created_at)
    return {
        "state": col(session.state),
        "handed_in_by": col(session.handed_in_by),
        "withdrawn": col(session.withdrawn_at).is_not(None),
        "over": _is_over(opening, now),
        "begun": col(session.practised_at).is_not(None),
        "agreed": col(session.consented_at).is_not(None),
        "undelivered": func.coalesce(_latest_mail_state().in_([each.value for each in UNDELIVERED]), ~true()),
        "quiet": last_sign <= now - QUIET_AFTER,
        "ends_soon": _ends_by(opening, now + ENDS_SOON),
        "mailed_lately": _mailed_since(now - MAILED_LATELY),
        "unsent": _has_first_mail_waiting(),
    }


def standing_from(values: Sequence[Any]) -> Standing:
    """Return the standing that a row of these columns holds."""
    state, by, *flags = values
    return Standing(SessionState(state), None if by is None else HandedInBy(by), *map(bool, flags))


def of_opening(query: Select[Any], opening_id: str) -> Select[Any]:
    """Ask a query of an opening's candidates."""
    session = AssessmentSessionRecord
    return (
        query.select_from(session)
        .join(CandidateRecord, col(CandidateRecord.id) == col(session.candidate_id))
        .where(col(session.opening_id) == opening_id)
    )


def is_one_of(columns: Columns, found: Sequence[Sequence[Any]]) -> ColumnElement[bool]:
    """Say in SQL that a row has one of some groups of values."""
    return or_(
        ~true(),
        *(
            and_(
                *(
                    column.is_(None) if value is None else column == value
                    for column, value in zip(columns.values(), group, strict=True)
                )
            )
            for group in found
        ),
    )


def _is_over(opening: OpeningRecord, now: datetime) -> ColumnElement[bool]:
    """Say that the time that others know of has ended: the deadline, and the limit of whoever has begun."""
    if opening.time_limit_minutes is None:
        return _ends_by(opening, now)
    latest = now - timedelta(minutes=opening.time_limit_minutes)
    begun_long_ago = func.coalesce(col(AssessmentSessionRecord.practised_at) <= latest, ~true())
    return or_(_ends_by(opening, now), begun_long_ago)


def _ends_by(opening: OpeningRecord, moment: datetime) -> ColumnElement[bool]:
    """Say that the deadline is not after a moment: the opening's or else the link's, and the person's own if later."""
    own = col(AssessmentSessionRecord.ends_at)
    usual = true() if opening.deadline_at and opening.deadline_at <= moment else ~true()
    if opening.deadline_at is None:
        link_ends = func.coalesce(_newest_link().scalar_subquery(), opening.created_at)
        usual = link_ends <= moment
    return and_(usual, or_(own.is_(None), own <= moment))


def _newest_link() -> Any:  # noqa: ANN401 - SQLModel's own, long
    link = InvitationRecord
    return (
        select(link.expires_at)
        .where(col(link.session_id) == col(AssessmentSessionRecord.id))
        .order_by(col(link.created_at).desc(), col(link.id))
        .limit(1)
        .correlate(AssessmentSessionRecord)
    )


def _latest_mail_state() -> Any:  # noqa: ANN401 - SQLModel's own, long
    mail = MessageRecord
    return (
        select(mail.state)
        .where(col(mail.session_id) == col(AssessmentSessionRecord.id), mail.state != MailState.NOT_NEEDED)
        .order_by(col(mail.created_at).desc(), col(mail.id))
        .limit(1)
        .correlate(AssessmentSessionRecord)
        .scalar_subquery()
    )


def _has_first_mail_waiting() -> ColumnElement[bool]:
    """Say that an invitation waits and nothing went out before it; a link that was given by hand is no mail."""
    mail = MessageRecord
    own = select(mail.id).where(col(mail.session_id) == col(AssessmentSessionRecord.id))
    waits = own.where(mail.kind == INVITATION.name, col(mail.state).in_([MailState.WAITING, *UNDER_WAY]))
    went_out = own.where(col(mail.state).in_([MailState.SENT, MailState.UNKNOWN]))
    waiting, gone = (each.correlate(AssessmentSessionRecord).exists() for each in (waits, went_out))
    return and_(waiting, ~gone)


def _mailed_since(moment: datetime) -> ColumnElement[bool]:
    """Say that somebody was invited, or written to, after a moment."""
    mail = MessageRecord
    written = (
        select(mail.id)
        .where(
            col(mail.session_id) == col(AssessmentSessionRecord.id),
            mail.state != MailState.NOT_NEEDED,
            func.coalesce(mail.sent_at, mail.created_at) > moment,
        )
        .correlate(AssessmentSessionRecord)
        .exists()
    )
    return case((col(CandidateRecord.created_at) > moment, true()), else_=written)
