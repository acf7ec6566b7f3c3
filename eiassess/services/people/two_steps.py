"""Signing in in two steps: after the password, a code from an app on one's phone, or a recovery code.

The app's secret is stored nowhere: it is made from the installation's secret and a row whenever it is needed, as links
are. Why: docs/decisions/0012-two-steps.md.
"""

import hmac
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import select

from eiassess.domain.one_time_codes import address_for_apps, find_step, secret_in_text, typed_code
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import TwoStepsRecord, UserRecord
from eiassess.services.identifiers import new_id
from eiassess.services.people.accounts import sign_out
from eiassess.services.people.addresses import checked_email
from eiassess.services.people.recovery_codes import (
    count_recovery_codes,
    forget_recovery_codes,
    make_recovery_codes,
    take_recovery_code,
)

SECRET_BYTES = 20
"""As long as the hash of the codes (RFC 4226)."""


@dataclass(frozen=True)
class TwoSteps:
    """Whether somebody signs in in two steps, since when, and how many recovery codes they have left."""

    since: datetime | None
    codes_left: int


@dataclass(frozen=True)
class AppSecret:
    """What an app has to be told, by picture or by hand."""

    text: str = field(repr=False)
    address: str = field(repr=False)


class WrongCodeError(InvalidInputError):
    """The code does not fit; why is not said."""

    def __init__(self) -> None:
        super().__init__(
            "This is not the code that the app shows now, or it was used already. Wait for the next one and type that",
            "code",
        )


def get_two_steps(database: Database, user_id: str) -> TwoSteps:
    """Return whether somebody signs in in two steps."""
    with database.reading() as db:
        record = db.get(TwoStepsRecord, user_id)
        return TwoSteps(record.on_since if record else None, count_recovery_codes(db, user_id))


def has_two_steps(database: Database, user_id: str) -> bool:
    """Whether somebody signs in in two steps."""
    with database.reading() as db:
        record = db.get(TwoStepsRecord, user_id)
        return record is not None and record.on_since is not None


def begin_two_steps(database: Database, user_id: str, now: datetime) -> None:
    """Make a new secret for an app; it counts when a code of it was typed.

    Raises
    ------
    RefusedError
        They sign in in two steps already.
    """
    with database.writing(aside=True) as db:
        db.get_one(UserRecord, user_id, with_for_update=True)  # there may be no row of ours yet to lock
        record = db.get(TwoStepsRecord, user_id)
        if record is None:
            db.add(TwoStepsRecord(user_id=user_id, made_from=new_id(), begun_at=now))
            return
        if record.on_since is not None:
            message = "You sign in in two steps already. Turn that off first, then set it up on another phone"
            raise RefusedError(message)
        record.made_from, record.begun_at = new_id(), now


def find_app_secret(database: Database, secret: str, user_id: str) -> AppSecret | None:
    """Return what the app has to be told while it is being set up; nothing before and afterwards."""
    with database.reading() as db:
        record = db.get(TwoStepsRecord, user_id)
        if record is None or record.on_since is not None:
            return None
        made, email = _app_secret(secret, record), db.get_one(UserRecord, user_id).email
    return AppSecret(secret_in_text(made), address_for_apps(made, email))


def turn_two_steps_on(database: Database, secret: str, user_id: str, typed: str, now: datetime) -> tuple[str, ...]:
    """Sign in in two steps from now on, end all sessions, and return the recovery codes.

    Raises
    ------
    RefusedError
        Nothing was set up, or it is on already.
    WrongCodeError
        The app shows another code.
    """
    with database.writing() as db:
        user = db.get_one(UserRecord, user_id, with_for_update=True)
        record = db.get(TwoStepsRecord, user_id, with_for_update=True)
        if record is None or record.on_since is not None:
            message = "There is nothing to confirm; it is on already, or was not begun"
            raise RefusedError(message)
        if not _takes(record, secret, typed, now):
            raise WrongCodeError
        record.on_since = now
        sign_out(db, user)
        return make_recovery_codes(db, user_id, now)


def renew_recovery_codes(database: Database, user_id: str, now: datetime) -> tuple[str, ...]:
    """Return ten new recovery codes; those from before end.

    Raises
    ------
    RefusedError
        They do not sign in in two steps.
    """
    with database.writing() as db:
        record = db.get(TwoStepsRecord, user_id, with_for_update=True)
        if record is None or record.on_since is None:
            message = "You do not sign in in two steps, so there is nothing to recover"
            raise RefusedError(message)
        return make_recovery_codes(db, user_id, now)


def turn_two_steps_off(database: Database, user_id: str) -> None:
    """Sign in with the password alone from now on, and end all sessions; what is off stays so."""
    with database.writing() as db:
        user = db.get_one(UserRecord, user_id, with_for_update=True)
        record = db.get(TwoStepsRecord, user_id, with_for_update=True)
        if record is not None:
            db.delete(record)
            forget_recovery_codes(db, user_id)
            sign_out(db, user)


def rescue_from_two_steps(database: Database, email: str) -> bool:
    """Turn two steps off for whoever lost phone and recovery codes; return whether they were on.

    Raises
    ------
    NotFoundError
        There is no such account.
    """
    with database.reading() as db:
        user_id = db.exec(select(UserRecord.id).where(UserRecord.email == checked_email(email))).first()
    if user_id is None:
        message = f"There is no account for {email}"
        raise NotFoundError(message)
    was_on = has_two_steps(database, user_id)
    turn_two_steps_off(database, user_id)
    return was_on


def take_second_step(database: Database, secret: str, user_id: str, typed: str, now: datetime) -> bool:
    """Whether this is the second step of somebody: a code of their app that was not used yet, or a recovery code.

    What is right is used up by that.
    """
    with database.writing(aside=True) as db:
        record = db.get(TwoStepsRecord, user_id, with_for_update=True)
        if record is None or record.on_since is None:
            return False
        return _takes(record, secret, typed, now) or take_recovery_code(db, user_id, typed)


def _takes(record: TwoStepsRecord, secret: str, typed: str, now: datetime) -> bool:
    """Take a code of the app, once: the row is locked, and remembers the half minute."""
    code = typed_code(typed)
    step = find_step(_app_secret(secret, record), code, now, record.last_step) if code else None
    if step is not None:
        record.last_step = step
    return step is not None


def _app_secret(secret: str, record: TwoStepsRecord) -> bytes:
    made_from = f"eiassess two steps\n{record.user_id}\n{record.made_from}"
    return hmac.digest(secret.encode(), made_from.encode(), "sha256")[:SECRET_BYTES]
