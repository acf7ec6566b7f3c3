"""What administrators change of others' accounts: roles, whether they are active, where they are signed in."""

from collections.abc import Collection

from sqlmodel import Session

from eiassess.domain.roles import Role
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import UserRecord
from eiassess.services.people.accounts import hold_roles, lock_administrators, require_another_administrator, sign_out


def set_roles(database: Database, user_id: str, roles: Collection[Role]) -> None:
    """Let somebody have these roles and no other, from their next request on.

    Raises
    ------
    InvalidInputError
        There is no role.
    NotFoundError
        There is no such account.
    RefusedError
        No administrator would be left who can sign in.
    """
    if not roles:
        message = "Choose at least one role; whoever is to do nothing here is deactivated"
        raise InvalidInputError(message, "roles")
    with database.writing() as db:
        hold_roles(db, _require(db, user_id), roles)


def deactivate(database: Database, user_id: str) -> None:
    """Let somebody in no longer, and sign them out at once; doing it twice is doing it once.

    Raises
    ------
    NotFoundError
        There is no such account.
    RefusedError
        They have not come yet, or no administrator would be left who can sign in.
    """
    with database.writing() as db:
        user = _require_come(db, user_id)
        require_another_administrator(db, user)
        user.active = False
        sign_out(db, user)


def reactivate(database: Database, user_id: str) -> None:
    """Let somebody in again, with the password and the roles that they had.

    Raises
    ------
    NotFoundError
        There is no such account.
    RefusedError
        They have not come yet.
    """
    with database.writing() as db:
        _require_come(db, user_id).active = True


def sign_out_everywhere(database: Database, user_id: str) -> None:
    """End all sessions of somebody.

    Raises
    ------
    NotFoundError
        There is no such account.
    """
    with database.writing() as db:
        sign_out(db, _require(db, user_id))


def _require(db: Session, user_id: str) -> UserRecord:
    lock_administrators(db)
    user = db.get(UserRecord, user_id, with_for_update=True)
    if user is None:
        message = "There is no such account"
        raise NotFoundError(message)
    return user


def _require_come(db: Session, user_id: str) -> UserRecord:
    user = _require(db, user_id)
    if user.joined_at is None:
        message = f"{user.name} has not come yet; take the invitation back instead"
        raise RefusedError(message)
    return user
