"""A mail on its way out: claimed, made, handed over and noted down, so that it goes out once whatever dies.

Each step is a short transaction of its own. A worker has a mail for as long as its lease lasts; with each lease the
fence grows, and whoever holds an older one changes nothing any more. Before the server is given the text, the row says
so: what is found in that state after a crash may have arrived and is never sent again by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeGuard

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from eiassess.domain.mail_kinds import WAITED_FOR, get_mail_kind
from eiassess.domain.mail_states import MailState
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import MessageRecord
from eiassess.services.mailing.about_candidates import AFTER_AN_INVITATION
from eiassess.services.mailing.making import MadeMail, make_mail, require_reason
from eiassess.services.mailing.sources import MailSources, NotNeededError
from eiassess.services.outbox.wordings import framed

LEASE = timedelta(minutes=15)
"""Longer than a server may take for an answer (RFC 5321 allows ten minutes)."""
PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 240, 720, 1440))
"""After the first try, the second, and so on; after one more the mail is given up."""
WAITED_FOR_PAUSE, WAITED_FOR_TRIES = timedelta(minutes=1), 60
"""Of mails that somebody waits for: they are soon too old, at the latest after about an hour."""
_NOBODY_KNOWS = "The program ended after the mail was handed over and before the server's answer; it may have arrived"

MessageIds = Callable[[str], str]
"""Makes a mail's ``Message-ID`` from our own id of it."""


@dataclass(frozen=True)
class Claim:
    """A mail that is ours until the lease ends."""

    id: str
    fence: int


@dataclass(frozen=True)
class ReadyMail:
    """A mail to hand over, with all that the server is to be given."""

    message_id: str
    thread_of: str
    to_name: str
    to_address: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Swept:
    """What became of mails whose lease had ended: how many wait again, and of how many nobody knows."""

    waiting: int
    unknown: int


def claim_due(database: Database, now: datetime, *, at_most: int) -> tuple[Claim, ...]:
    """Take the mails that are due; no other worker gets them until the lease ends.

    Those that somebody sits and waits for come first, then the oldest. Of those taken at once, what follows an
    invitation comes last: an invitation that was put off is due later than a reminder that was asked for meanwhile.
    """
    with database.writing() as db:
        found = _due(db, now, at_most, col(MessageRecord.kind).in_(WAITED_FOR))
        found += _due(db, now, at_most - len(found), col(MessageRecord.kind).not_in(WAITED_FOR))
        for each in found:
            each.state, each.lease_until = MailState.SENDING.value, now + LEASE
            each.fence, each.tries = each.fence + 1, each.tries + 1
        found.sort(key=lambda each: each.kind in AFTER_AN_INVITATION)
        return tuple(Claim(each.id, each.fence) for each in found)


def _due(db: Session, now: datetime, at_most: int, kinds: ColumnElement[bool]) -> list[MessageRecord]:
    """Read mails of some kinds that are due, the oldest first: in the order of an index, however many wait."""
    record = MessageRecord
    query = (
        select(record)
        .where(record.state == MailState.WAITING, record.due_at <= now, kinds)
        .order_by(col(record.due_at), col(record.created_at), col(record.id))
        .limit(at_most)
        .with_for_update(skip_locked=True)
    )
    return list(db.exec(query))


def make_ready(
    database: Database, sources: MailSources, make_id: MessageIds, claim: Claim, now: datetime
) -> ReadyMail | None:
    """Make a claimed mail from what holds now; nothing if it is not needed any more, or another worker has it.

    Mostly that is done by reading alone: on SQLite one writes at a time, and candidates' saves would wait meanwhile.
    """
    ready = _made_by_reading(database, replace(sources, may_renew=False), make_id, claim, now)
    return ready or _made_by_writing(database, sources, make_id, claim, now)


def _made_by_reading(
    database: Database, sources: MailSources, make_id: MessageIds, claim: Claim, now: datetime
) -> ReadyMail | None:
    """Make a mail, if there is nothing to be noted first."""
    with database.reading() as db:
        record = db.get(MessageRecord, claim.id)
        if not _is_ours(record, claim, MailState.SENDING):
            return None
        try:
            return _ready(db, record, make_mail(db, record, sources, now), make_id)
        except NotNeededError:
            return None


def _made_by_writing(
    database: Database, sources: MailSources, make_id: MessageIds, claim: Claim, now: datetime
) -> ReadyMail | None:
    """Make a mail whose link has to be replaced, or note why it is not needed."""
    with database.writing() as db:
        record = _held(db, claim, MailState.SENDING)
        if record is None:
            return None
        try:
            return _ready(db, record, make_mail(db, record, sources, now), make_id)
        except NotNeededError as reason:
            _put_aside(record, str(reason))
            return None


def begin_handing_over(database: Database, claim: Claim, message_id: str, now: datetime) -> bool:
    """Note that the server is now given the text, and under which ``Message-ID``.

    Not so if the mail is not needed any more, or is not ours.
    """
    with database.writing() as db:
        record = _held(db, claim, MailState.SENDING)
        if record is None:
            return False
        try:
            require_reason(db, record, now)
        except NotNeededError as reason:
            _put_aside(record, str(reason))
            return False
        record.state, record.lease_until = MailState.HANDING_OVER.value, now + LEASE
        record.message_id = message_id
        return True


def record_sent(database: Database, claim: Claim, words: str, now: datetime) -> bool:
    """Note that the server has the mail, even if that was unknown meanwhile; not so if it is not ours."""
    with database.writing() as db:
        record = _held(db, claim, MailState.HANDING_OVER, MailState.UNKNOWN)
        if record is None:
            return False
        record.state, record.words, record.sent_at, record.lease_until = MailState.SENT.value, words, now, None
        if get_mail_kind(record.kind).is_secret:
            record.given = "{}"
        return True


def record_refused(database: Database, claim: Claim, words: str) -> None:
    """Note that the server will never take the mail."""
    _end(database, claim, MailState.REFUSED, words)


def record_unknown(database: Database, claim: Claim, words: str) -> None:
    """Note that nobody knows whether the server has the mail."""
    _end(database, claim, MailState.UNKNOWN, words)


def record_later(database: Database, claim: Claim, words: str, now: datetime) -> None:
    """Have the mail wait for another try, longer each time unless somebody waits for it; at last it is given up."""
    with database.writing() as db:
        record = _held(db, claim, MailState.SENDING, MailState.HANDING_OVER)
        if record is None:
            return
        record.words, record.lease_until = words, None
        pause = _pause(record)
        if pause is None:
            record.state = MailState.GIVEN_UP.value
        else:
            record.state, record.due_at = MailState.WAITING.value, now + pause


def _pause(record: MessageRecord) -> timedelta | None:
    """Return how long a mail waits for its next try; nothing if it was tried often enough."""
    if record.kind in WAITED_FOR:
        return WAITED_FOR_PAUSE if record.tries < WAITED_FOR_TRIES else None
    return PAUSES[record.tries - 1] if record.tries <= len(PAUSES) else None


def release(database: Database, claims: Sequence[Claim]) -> None:
    """Give back mails that were not tried, as if they had not been claimed."""
    with database.writing() as db:
        for claim in claims:
            record = _held(db, claim, MailState.SENDING)
            if record is not None:
                record.state, record.lease_until = MailState.WAITING.value, None
                record.tries -= 1


def sweep_mails(database: Database, now: datetime) -> Swept:
    """Put back what a worker that died had, and say of what it was handing over that nobody knows."""
    with database.writing() as db:
        waiting = _swept(db, now, MailState.SENDING, {"state": MailState.WAITING.value})
        unknown = _swept(db, now, MailState.HANDING_OVER, {"state": MailState.UNKNOWN.value, "words": _NOBODY_KNOWS})
        return Swept(waiting, unknown)


def _swept(db: Session, now: datetime, state: MailState, values: dict[str, str]) -> int:
    record = MessageRecord
    found = (
        update(record)
        .where(col(record.state) == state, col(record.lease_until) <= now)
        .values(lease_until=None, **values)
        .returning(col(record.id))
    )
    return len(db.connection().execute(found).all())


def _held(db: Session, claim: Claim, *states: MailState) -> MessageRecord | None:
    record = db.get(MessageRecord, claim.id, with_for_update=True)
    return record if _is_ours(record, claim, *states) else None


def _is_ours(record: MessageRecord | None, claim: Claim, *states: MailState) -> TypeGuard[MessageRecord]:
    return record is not None and record.fence == claim.fence and record.state in states


def _end(database: Database, claim: Claim, state: MailState, words: str) -> None:
    with database.writing() as db:
        record = _held(db, claim, MailState.SENDING, MailState.HANDING_OVER)
        if record is not None:
            record.state, record.words, record.lease_until = state.value, words, None


def _put_aside(record: MessageRecord, words: str) -> None:
    record.state, record.words, record.lease_until = MailState.NOT_NEEDED.value, words, None


def _ready(db: Session, record: MessageRecord, made: MadeMail, make_id: MessageIds) -> ReadyMail:
    thread = db.get(MessageRecord, record.thread_of) if record.thread_of else None
    return ReadyMail(
        message_id=record.message_id or make_id(record.id),
        thread_of=(thread.message_id or make_id(thread.id)) if thread else "",
        to_name=made.to_name,
        to_address=made.to_address,
        subject=made.mail.subject,
        text=made.mail.text,
        html=framed(made.mail),
    )
