"""People who sign in."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from argon2 import PasswordHasher
from sqlmodel import select

from eiassess.errors import InvalidInputError, NotFoundError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import UserRecord
from eiassess.services.identifiers import new_id

PASSWORD_AT_LEAST = 12
NAME_AT_MOST = 200
# OWASP ASVS 5.0, 11.4.2: at least 64 MiB and three passes
PASSWORD_HASHER = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=1)


class Role(StrEnum):
    """What somebody does here."""

    RECRUITER = "recruiter"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in."""

    id: str
    email: str
    name: str
    role: Role


def add_user(database: Database, email: str, name: str, role: Role, password: str, now: datetime) -> Account:
    """Add somebody who can sign in.

    Raises
    ------
    InvalidInputError
        The address is taken or no address, or the password is too short.
    """
    email = checked_email(email)
    name = checked_name(name)
    if len(password) < PASSWORD_AT_LEAST:
        message = f"A password needs at least {PASSWORD_AT_LEAST} characters"
        raise InvalidInputError(message)
    with database.writing() as db:
        if db.exec(select(UserRecord).where(UserRecord.email == email)).first() is not None:
            message = f"There is already an account for {email}"
            raise InvalidInputError(message)
        user = UserRecord(
            id=new_id(),
            email=email,
            name=name,
            password=PASSWORD_HASHER.hash(password),
            role=role,
            fs_uniquifier=secrets.token_hex(32),
            created_at=now,
        )
        db.add(user)
        return _account(user)


def set_password(database: Database, email: str, password: str) -> None:
    """Give somebody another password and end all their sessions."""
    with database.writing() as db:
        user = db.exec(select(UserRecord).where(UserRecord.email == checked_email(email))).first()
        if user is None:
            message = f"There is no account for {email}"
            raise NotFoundError(message)
        user.password = PASSWORD_HASHER.hash(password)
        user.fs_uniquifier = secrets.token_hex(32)
        db.add(user)


def find_account(database: Database, email: str) -> Account | None:
    """Return the account of an e-mail address, if there is one."""
    with database.reading() as db:
        user = db.exec(select(UserRecord).where(UserRecord.email == checked_email(email))).first()
        return None if user is None else _account(user)


def find_user_record(database: Database, **criteria: object) -> UserRecord | None:
    """Return the record that sign-in works with, by the value of one column."""
    ((column, value),) = criteria.items()
    if isinstance(value, str) and column == "email":
        value = value.strip().lower()
    with database.reading() as db:
        user = db.exec(select(UserRecord).where(getattr(UserRecord, column) == value)).first()
        if user is not None:
            db.expunge(user)
        return user


def store_user_record(database: Database, user: UserRecord) -> None:
    """Store a record that sign-in changed, such as a password that was hashed again."""
    with database.writing() as db:
        db.merge(user)


def checked_email(email: str) -> str:
    """Return an e-mail address in the form that it is stored in."""
    email = email.strip().lower()
    local, at, domain = email.rpartition("@")
    if not (local and at and "." in domain) or any(character.isspace() for character in email) or len(email) > 254:  # noqa: PLR2004 - RFC 5321
        message = f"{email!r} is not an e-mail address"
        raise InvalidInputError(message)
    return email


def checked_name(name: str) -> str:
    """Return a name without space around it; names are kept as given."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= NAME_AT_MOST:
        message = f"A name has 1 to {NAME_AT_MOST} characters"
        raise InvalidInputError(message)
    return name


def _account(user: UserRecord) -> Account:
    return Account(user.id, user.email, user.name, Role(user.role))
