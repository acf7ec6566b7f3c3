"""The outbox: which mails of an opening stand where, and each as its person would get it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, not_
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from eiassess.domain.mail_kinds import HANDED_IN, ONE_USE_CODE, REQUEST_ANSWERED, MailKind, get_mail_kind
from eiassess.domain.mail_states import MailState
from eiassess.domain.openings import MemberPart
from eiassess.errors import NotFoundError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AdjustmentRecord, MessageRecord, OpeningMemberRecord
from eiassess.services.jobs.showing import count_given_up
from eiassess.services.mailing.making import MadeMail, make_anyway, make_mail
from eiassess.services.mailing.sources import MailSources, NotNeededError, SimulatedError
from eiassess.services.outbox.members import require_member

MAILS_A_PAGE = 50


@dataclass(frozen=True)
class MailLine:
    """One mail in a list."""

    id: str
    opening_id: str | None
    kind: MailKind
    to_name: str
    to_email: str
    state: MailState
    words: str
    tries: int
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class Outbox:
    """A page of an opening's mails, the newest first, and how many stand where in all.

    ``n_given_up`` counts background work of the opening that waits for a person.
    """

    opening_title: str
    lines: tuple[MailLine, ...]
    counts: dict[MailState, int]
    n_found: int
    n_given_up: int


@dataclass(frozen=True)
class ShownMail:
    """A mail as its person would get it now; ``not_needed`` says why they would get none.

    Somebody who is simulated gets none, and theirs is shown all the same.
    """

    line: MailLine
    subject: str = ""
    text: str = ""
    html: str = ""
    not_needed: str = ""


def list_mails(
    database: Database,
    user_id: str,
    opening_id: str,
    *,
    states: tuple[MailState, ...] = (),
    page: int = 1,
    by_hand: bool = False,
) -> Outbox:
    """List the mails of an opening.

    Answers to requests are for whoever takes care of adjustments alone, also that there are any; codes are nobody's
    but their reader's, unless mails are delivered by hand.

    Parameters
    ----------
    states
        Where the mails stand that are listed; anywhere if empty.
    by_hand
        Whether no server is set, so that whoever sees the mails delivers them.

    Raises
    ------
    NotFoundError
        There is no such opening among theirs.
    """
    record = MessageRecord
    with database.reading() as db:
        title = require_member(db, opening_id, user_id).title
        of_opening = (col(record.opening_id) == opening_id, *_may_see(db, opening_id, user_id, by_hand=by_hand))
        counted = db.exec(select(record.state, func.count()).where(*of_opening).group_by(record.state)).all()
        counts = {MailState(state): n for state, n in counted}
        query = select(record).where(*of_opening)
        if states:
            query = query.where(col(record.state).in_(states))
        lines = tuple(line_of(each) for each in db.exec(_page(query, page)))
        n_found = sum(n for state, n in counts.items() if not states or state in states)
        return Outbox(title, lines, counts, n_found, count_given_up(db, opening_id))


def show_mail(
    database: Database, user_id: str, mail_id: str, sources: MailSources, now: datetime, *, by_hand: bool = False
) -> ShownMail:
    """Show one mail as its person would get it now; changes nothing.

    Raises
    ------
    NotFoundError
        There is no such mail that they may see.
    """
    with database.reading() as db:
        record = require_mail(db, user_id, mail_id, by_hand=by_hand)
        return shown(db, record, sources, now)


def shown(db: Session, record: MessageRecord, sources: MailSources, now: datetime) -> ShownMail:
    """Make a mail for looking at."""
    try:
        made, why_not = _made(db, record, sources, now)
    except NotNeededError as reason:
        return ShownMail(line_of(record), not_needed=str(reason))
    return ShownMail(line_of(record), made.mail.subject, made.mail.text, made.mail.html, why_not)


def _made(db: Session, record: MessageRecord, sources: MailSources, now: datetime) -> tuple[MadeMail, str]:
    """Make a mail; one to somebody who is simulated too, with the reason why nobody gets it."""
    try:
        return make_mail(db, record, sources, now), ""
    except SimulatedError as reason:
        return make_anyway(db, record, sources, now), str(reason)


def require_mail(
    db: Session, user_id: str, mail_id: str, *, by_hand: bool = False, lock: bool = False
) -> MessageRecord:
    """Return a mail of an opening that somebody works on, if it is one that they may see.

    Raises
    ------
    NotFoundError
        It is not; all reasons look the same.
    """
    record = db.get(MessageRecord, mail_id, with_for_update=True if lock else None)
    if record is not None and record.opening_id is not None:
        require_member(db, record.opening_id, user_id)
        seen = _may_see(db, record.opening_id, user_id, by_hand=by_hand)
        if db.exec(select(MessageRecord.id).where(MessageRecord.id == mail_id, *seen)).first():
            return record
    message = "There is no such mail"
    raise NotFoundError(message)


def _may_see(db: Session, opening_id: str, user_id: str, *, by_hand: bool) -> tuple[ColumnElement[bool], ...]:
    """Return what a mail has to be for somebody to see it.

    When a receipt was asked for tells when somebody handed in: of whoever was given more time that is nobody else's.
    """
    if db.get(OpeningMemberRecord, (opening_id, user_id, MemberPart.ADJUSTMENTS.value)) is not None:
        return () if by_hand else (col(MessageRecord.kind) != ONE_USE_CODE.name,)
    hidden = (REQUEST_ANSWERED.name,) if by_hand else (REQUEST_ANSWERED.name, ONE_USE_CODE.name)
    has_own_times = col(MessageRecord.session_id).in_(select(AdjustmentRecord.session_id))
    return col(MessageRecord.kind).not_in(hidden), not_(and_(col(MessageRecord.kind) == HANDED_IN.name, has_own_times))


def _page(query: "SelectOfScalar[MessageRecord]", page: int) -> "SelectOfScalar[MessageRecord]":
    newest_first = query.order_by(col(MessageRecord.created_at).desc(), col(MessageRecord.id))
    return newest_first.limit(MAILS_A_PAGE).offset((max(page, 1) - 1) * MAILS_A_PAGE)


def line_of(record: MessageRecord) -> MailLine:
    """Return what a list says of a mail."""
    return MailLine(
        id=record.id,
        opening_id=record.opening_id,
        kind=get_mail_kind(record.kind),
        to_name=record.recipient_name,
        to_email=record.recipient_email,
        state=MailState(record.state),
        words=record.words,
        tries=record.tries,
        created_at=record.created_at,
        due_at=record.due_at,
        sent_at=record.sent_at,
    )
