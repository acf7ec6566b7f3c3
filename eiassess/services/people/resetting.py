"""A new password by mail: asked for, mailed by the worker, chosen once within the hour.

Whoever asks, for an address that has an account or for one that has none, causes the same work: one row. What becomes
of it is the worker's, out of sight of whoever asked.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, or_, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.mail_kinds import PASSWORD_RESET
from eiassess.persistence.engine import Database, wake_when_committed
from eiassess.persistence.tables import MessageRecord, PasswordResetRecord, UserRecord
from eiassess.services.auditing.acting import by_own_link
from eiassess.services.identifiers import hash_token, new_id
from eiassess.services.links import LinkClosedError, LinkMaker, LinkPurpose, hash_of_link
from eiassess.services.outbox.queueing import MailOrder, queue_mail
from eiassess.services.people.accounts import Account, account_of, lock_administrators, sign_out, words_about
from eiassess.services.people.addresses import checked_email
from eiassess.services.people.passwords import hash_password

VALID = timedelta(hours=1)
MAILS_AN_HOUR = 5
"""To one account. Who asks more often gets no further mail; the link of the last one stays open."""


def ask_new_password(database: Database, links: LinkMaker, email: str, now: datetime) -> None:
    """Note that somebody asked for a new password for an address, whether or not it has an account.

    Raises
    ------
    InvalidInputError
        It is no address.
    """
    email, reset_id = checked_email(email), new_id()
    token_hash = hash_token(links.token(LinkPurpose.RESET, reset_id))
    with database.writing(aside=True) as db:
        user_id = db.exec(select(UserRecord.id).where(UserRecord.email == email)).first()
        db.add(
            PasswordResetRecord(
                id=reset_id, user_id=user_id, token_hash=token_hash, asked_at=now, expires_at=now + VALID
            )
        )
        wake_when_committed(db)


def mail_asked_resets(database: Database, now: datetime) -> int:
    """Ask for the mails of those who want a new password and have an account; return how many.

    A newer link replaces the older ones. What is of no use any more is deleted.
    """
    record, user = PasswordResetRecord, UserRecord
    to_do = or_(col(record.mailed_at).is_(None), col(record.expires_at) <= now)
    with database.reading() as db:
        is_idle = db.exec(select(record.id).where(to_do).limit(1)).first() is None
    if is_idle:
        return 0
    with database.writing(aside=True) as db:
        # administrators, accounts, links: everybody locks in this order, so that no two wait for each other
        lock_administrators(db)
        whose = select(user.id).where(col(user.id).in_(select(record.user_id).where(to_do))).order_by(col(user.id))
        locked = db.exec(whose.with_for_update()).all()
        theirs = or_(col(record.user_id).is_(None), col(record.user_id).in_(locked))
        rows = select(record).where(to_do, theirs).order_by(col(record.asked_at), col(record.id))
        asked = _drop_old(db, db.exec(rows.with_for_update()).all(), now)
        newest = {each.user_id: each for each in asked}
        return sum(_mail_or_drop(db, each, now, is_newest=each is newest[each.user_id]) for each in asked)


def _drop_old(db: Session, found: Sequence[PasswordResetRecord], now: datetime) -> list[PasswordResetRecord]:
    """Delete what is too old and return the rest."""
    for each in found:
        if each.expires_at <= now:
            db.delete(each)
    db.flush()
    return [each for each in found if each.expires_at > now]


def find_reset(database: Database, token: str, now: datetime) -> str:
    """Return the id of what a link's token leads to.

    Raises
    ------
    LinkClosedError
        It was used, is too old, was replaced, or never was; or the account was switched off.
    """
    record = PasswordResetRecord
    with database.reading() as db:
        reset = db.exec(select(record).where(record.token_hash == hash_of_link(token))).first()
        return _require_open(db, reset, now)[0].id


def get_reset_account(database: Database, reset_id: str, now: datetime) -> Account:
    """Return whose password is to be chosen.

    Raises
    ------
    LinkClosedError
        The link cannot be used any more.
    """
    with database.reading() as db:
        return account_of(_require_open(db, db.get(PasswordResetRecord, reset_id), now)[1])


def choose_password(database: Database, reset_id: str, password: str, now: datetime) -> Account:
    """Give somebody who followed the link another password, end all their sessions and use the link up.

    Whether they sign in in two steps stays as it is.

    Raises
    ------
    InvalidInputError
        The password is too short, too long or easily guessed; the link stays open.
    LinkClosedError
        The link cannot be used any more.
    """
    account = get_reset_account(database, reset_id, now)
    hashed = hash_password(password, words_about(account.email, account.name))  # takes long on purpose: before
    with by_own_link(account.id, Action.RESET_PASSWORD, now), database.writing() as db:
        db.get(UserRecord, account.id, with_for_update=True)  # before its links, as everybody does
        reset = db.get(PasswordResetRecord, reset_id, with_for_update=True)
        _, user = _require_open(db, reset, now)
        user.password = hashed
        sign_out(db, user)
        return account


def _require_open(
    db: Session, reset: PasswordResetRecord | None, now: datetime
) -> tuple[PasswordResetRecord, UserRecord]:
    if reset is not None and reset.mailed_at is not None and now < reset.expires_at:
        user = db.get_one(UserRecord, reset.user_id)
        if user.active:
            return reset, user
    raise LinkClosedError


def _mail_or_drop(db: Session, reset: PasswordResetRecord, now: datetime, *, is_newest: bool) -> bool:
    """Ask for the mail with a link and end those before it, or delete the row: nobody is to be mailed for it."""
    record = PasswordResetRecord
    user = db.get(UserRecord, reset.user_id) if reset.user_id else None
    if user is None or not is_newest or not user.active or _mailed_lately(db, user.id, now) >= MAILS_AN_HOUR:
        db.delete(reset)
        return False
    db.exec(delete(record).where(col(record.user_id) == user.id, col(record.mailed_at).is_not(None)))
    reset.mailed_at, reset.expires_at = now, now + VALID
    minutes = str(int(VALID.total_seconds() // 60))
    order = MailOrder(user.name, user.email, user_id=user.id, given={"minutes": minutes})
    queue_mail(db, PASSWORD_RESET, order, now)
    return True


def _mailed_lately(db: Session, user_id: str, now: datetime) -> int:
    message = MessageRecord
    query = select(func.count()).where(message.user_id == user_id, message.kind == PASSWORD_RESET.name)
    return db.exec(query.where(message.created_at > now - timedelta(hours=1))).one()
