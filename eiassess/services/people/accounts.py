"""People who sign in."""

import re
import secrets
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import inspect
from sqlmodel import Session, col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.roles import Role
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database, upsert
from eiassess.persistence.tables import PasswordResetRecord, UserRecord, UserRoleRecord
from eiassess.services.auditing.acting import note
from eiassess.services.identifiers import new_id
from eiassess.services.people.addresses import checked_email, unseen_character
from eiassess.services.people.passwords import fits, hash_password
from eiassess.services.people.signed_in import end_sessions_of

NAME_AT_MOST = 200


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in."""

    id: str
    email: str
    name: str
    roles: frozenset[Role]


def add_user(
    database: Database,
    email: str,
    name: str,
    role: Role,
    password: str,
    now: datetime,
    *,
    also: Collection[Role] = (),
) -> Account:
    """Add somebody who can sign in, with a role and perhaps others also.

    Raises
    ------
    InvalidInputError
        The address is taken or no address, or the password is too short, too long or easily guessed.
    """
    email = checked_email(email)
    name = checked_name(name)
    user_id = new_id()
    values = {
        "id": user_id,
        "email": email,
        "name": name,
        "password": hash_password(password, words_about(email, name)),
        "active": True,
        "fs_uniquifier": secrets.token_hex(32),
        "created_at": now,
        "joined_at": now,
    }
    with database.writing() as db:
        new = upsert(db, UserRecord).values(values).on_conflict_do_nothing(index_elements=["email"])
        if db.connection().execute(new.returning(col(UserRecord.id))).first() is None:
            message = f"There is already an account for {email}"
            raise InvalidInputError(message, "email")
        note(db, Target(ObjectKind.ACCOUNT, user_id), Action.ADD_ACCOUNT)
        db.add_all(UserRoleRecord(user_id=user_id, role=each) for each in {role, *also})
        db.flush()
        return account_of(db.get_one(UserRecord, user_id))


def change_roles(
    database: Database, email: str, *, give: Collection[Role] = (), take: Collection[Role] = ()
) -> Account:
    """Give somebody roles and take others away; what they hold already, or do not hold, stays so.

    Raises
    ------
    NotFoundError
        There is no such account.
    RefusedError
        No role would be left, or no administrator who can sign in.
    """
    with database.writing() as db:
        lock_administrators(db)
        user = _locked_user(db, email)
        left = (user.held_roles | set(give)) - set(take)
        if not left:
            message = f"{user.email} would have no role left; give another one first"
            raise RefusedError(message)
        hold_roles(db, user, left)
        note(db, Target(ObjectKind.ACCOUNT, user.id), Action.CHANGE_ROLES)
        return account_of(user)


def hold_roles(db: Session, user: UserRecord, roles: Collection[Role]) -> None:
    """Let somebody have these roles and no other; whoever calls this has locked the administrators before.

    Raises
    ------
    RefusedError
        No administrator would be left who can sign in.
    """
    if Role.ADMINISTRATOR not in roles:
        require_another_administrator(db, user)
    user.role_rows = [_role_row(user, role) for role in sorted(set(roles))]
    db.add(user)
    db.flush()


def lock_administrators(db: Session) -> tuple[str, ...]:
    """Return who can sign in as an administrator; until the transaction ends, nobody else takes that from anybody.

    They are locked first and in one order, so that no two who change accounts wait for each other.
    """
    return tuple(db.exec(_administrators().with_for_update()))


def administrators(db: Session) -> tuple[str, ...]:
    """Return who can sign in as an administrator."""
    return tuple(db.exec(_administrators()))


def _administrators() -> SelectOfScalar[str]:
    user, role = UserRecord, UserRoleRecord
    query = select(user.id).join(role, col(role.user_id) == col(user.id)).order_by(col(user.id))
    return query.where(role.role == Role.ADMINISTRATOR, col(user.active).is_(True))


def require_another_administrator(db: Session, user: UserRecord) -> None:
    """Refuse to go on without somebody who is the only administrator.

    Raises
    ------
    RefusedError
        They are.
    """
    if lock_administrators(db) == (user.id,):
        message = f"{user.name} is the only administrator who can sign in; give somebody else that role first"
        raise RefusedError(message)


def _role_row(user: UserRecord, role: Role) -> UserRoleRecord:
    return next((row for row in user.role_rows if row.role == role), None) or UserRoleRecord(user_id=user.id, role=role)


def set_password(database: Database, email: str, password: str) -> None:
    """Give somebody another password and end all their sessions.

    Raises
    ------
    InvalidInputError
        The password is too short, too long or easily guessed.
    NotFoundError
        There is no such account.
    RefusedError
        They were invited and have not come: their link lets them choose a password.
    """
    account = find_account(database, email)
    about = () if account is None else words_about(account.email, account.name)
    hashed = hash_password(password, about)  # before the transaction: it takes long on purpose
    with database.writing() as db:
        user = _locked_user(db, email)
        if user.joined_at is None:
            message = f"{user.email} was invited and has not come yet; an administrator can invite them again"
            raise RefusedError(message)
        user.password = hashed
        sign_out(db, user)
        note(db, Target(ObjectKind.ACCOUNT, user.id), Action.SET_PASSWORD)


def sign_out(db: Session, user: UserRecord) -> None:
    """End all sessions and ways to a new password within the caller's transaction, who has locked the account.

    No copied cookie stands for them any more, and no mail from before lets anybody choose their password.
    """
    user.fs_uniquifier = secrets.token_hex(32)
    db.add(user)
    end_sessions_of(db, user.id)
    db.exec(delete(PasswordResetRecord).where(col(PasswordResetRecord.user_id) == user.id))


def record_sign_in(database: Database, user_id: str, now: datetime) -> None:
    """Note when somebody signed in."""
    with database.writing(aside=True) as db:
        db.get_one(UserRecord, user_id, with_for_update=True).last_sign_in_at = now


def is_password_of(database: Database, user_id: str, password: str) -> bool:
    """Whether somebody who is signed in has this password."""
    with database.reading() as db:
        hashed = db.get_one(UserRecord, user_id).password
    return fits(password, hashed)


def _locked_user(db: Session, email: str) -> UserRecord:
    user = db.exec(select(UserRecord).where(UserRecord.email == checked_email(email)).with_for_update()).first()
    if user is None:
        message = f"There is no account for {email}"
        raise NotFoundError(message)
    return user


def find_account(database: Database, email: str) -> Account | None:
    """Return the account of an e-mail address, if there is one."""
    with database.reading() as db:
        user = db.exec(select(UserRecord).where(UserRecord.email == checked_email(email))).first()
        return None if user is None else account_of(user)


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


def get_user_record(database: Database, user_id: str) -> UserRecord:
    """Return the record of somebody who is known to be there."""
    with database.reading() as db:
        user = db.get_one(UserRecord, user_id)
        db.expunge(user)
        return user


def store_user_record(database: Database, user: UserRecord) -> None:
    """Store what sign-in changed in a record, and nothing else of it: the rest may have changed meanwhile."""
    changed = {each.key: each.value for each in inspect(user).attrs if each.history.has_changes()}
    with database.writing() as db:
        current = db.get_one(UserRecord, user.id, with_for_update=True)
        for column, value in changed.items():
            setattr(current, column, value)


def checked_name(name: str, field: str = "name") -> str:
    """Return a name without space around it, kept as given otherwise; an error names ``field``."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= NAME_AT_MOST:
        message = f"A name has 1 to {NAME_AT_MOST} characters"
        raise InvalidInputError(message, field)
    if any(map(_breaks_a_line, name.replace(" ", ""))):
        message = f"{name!r} has characters that cannot be written"
        raise InvalidInputError(message, field)
    if all(map(unseen_character, name)):
        message = f"{name!r} has nothing that can be seen"
        raise InvalidInputError(message, field)
    return name


def _breaks_a_line(character: str) -> bool:
    """Whether it is white space, a control character or half of a pair: nothing that a name or address is made of."""
    return character.isspace() or unicodedata.category(character) in {"Cc", "Cs"}


def words_about(email: str, name: str) -> list[str]:
    """Return what others know of somebody and would try first."""
    return [word for word in (email, *re.split(r"\W+", email), *name.split()) if len(word) > 1]


def account_of(user: UserRecord) -> Account:
    """Return what others are told of an account."""
    return Account(user.id, user.email, user.name, user.held_roles)
