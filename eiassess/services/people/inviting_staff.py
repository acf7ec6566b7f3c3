"""Inviting people to sign in: an account that nobody can use yet, and a link to choose a name and a password."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, SQLModel, col, delete, select

from eiassess.domain.mail_kinds import STAFF_INVITED
from eiassess.domain.mail_states import MailState
from eiassess.domain.roles import Role
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database, upsert
from eiassess.persistence.tables import (
    MessageRecord,
    PasswordResetRecord,
    StaffInvitationRecord,
    UserRecord,
    UserRoleRecord,
)
from eiassess.services.identifiers import new_id, new_token
from eiassess.services.links import LinkMaker, LinkPurpose
from eiassess.services.outbox.queueing import MailOrder, queue_mail
from eiassess.services.people.accounts import checked_name
from eiassess.services.people.addresses import checked_email

VALID = timedelta(days=7)
OF_AN_ACCOUNT = frozenset({"user_role", "staff_invitation", "message", "web_session", "password_reset"})
"""Tables whose rows go with an account that nobody came for; in any other, somebody named it."""


@dataclass(frozen=True)
class NewPerson:
    """Somebody to invite."""

    name: str
    email: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class StaffLink:
    """A fresh link for somebody who was invited; neither token nor address is stored."""

    user_id: str
    token: str
    url: str
    expires_at: datetime


def invite_person(database: Database, links: LinkMaker, by: str, person: NewPerson, now: datetime) -> StaffLink:
    """Make an account that nobody can use yet, and mail a link to choose a name and a password.

    Parameters
    ----------
    by
        The account of whoever invites.

    Raises
    ------
    InvalidInputError
        Name or address cannot be used, there is an account for the address, or there is no role.
    """
    name, email = checked_name(person.name), checked_email(person.email)
    if not person.roles:
        message = "Choose at least one role"
        raise InvalidInputError(message, "roles")
    user_id = new_id()
    values = {
        "id": user_id,
        "email": email,
        "name": name,
        "password": "",
        "active": False,
        "fs_uniquifier": new_token(),
        "created_at": now,
    }
    with database.writing() as db:
        new = upsert(db, UserRecord).values(values).on_conflict_do_nothing(index_elements=["email"])
        if db.connection().execute(new.returning(col(UserRecord.id))).first() is None:
            raise InvalidInputError(_why_taken(db, email), "email")
        db.add_all(UserRoleRecord(user_id=user_id, role=each) for each in person.roles)
        return _issue(db, links, by, db.get_one(UserRecord, user_id), now)


def invite_again(database: Database, links: LinkMaker, by: str, user_id: str, now: datetime) -> StaffLink:
    """Mail somebody who has not come another link, and close the earlier one.

    Raises
    ------
    NotFoundError
        There is no such account.
    RefusedError
        They have come.
    """
    with database.writing() as db:
        return _issue(db, links, by, _not_come(db, user_id), now)


def take_invitation_back(database: Database, user_id: str) -> bool:
    """Close the link of somebody who has not come, and delete their account unless somebody named it; tell whether.

    Who was put on an opening already stays there by name, without a way in.

    Raises
    ------
    NotFoundError
        There is no such account.
    RefusedError
        They have come.
    """
    with database.writing() as db:
        user = _not_come(db, user_id)
        db.exec(delete(StaffInvitationRecord).where(col(StaffInvitationRecord.user_id) == user_id))
        if is_named(db, user_id):
            return False
        for record in (MessageRecord, PasswordResetRecord):
            db.exec(delete(record).where(col(record.user_id) == user_id))
        db.delete(user)
        return True


def is_named(db: Session, user_id: str) -> bool:
    """Tell whether any row names an account, but for those that are the account's own."""
    account = SQLModel.metadata.tables["user_account"]
    naming = [
        key.parent
        for table in SQLModel.metadata.sorted_tables
        if table.name not in OF_AN_ACCOUNT
        for key in table.foreign_keys
        if key.column.table is account
    ]
    return any(db.connection().execute(select(each).where(each == user_id).limit(1)).first() for each in naming)


def find_invitation(db: Session, user_id: str) -> StaffInvitationRecord | None:
    """Return the link that somebody was sent last, if it was neither used nor taken back."""
    return db.exec(select(StaffInvitationRecord).where(StaffInvitationRecord.user_id == user_id)).first()


def _issue(db: Session, links: LinkMaker, by: str, user: UserRecord, now: datetime) -> StaffLink:
    fresh = links.fresh_for(LinkPurpose.STAFF, now, VALID)
    db.exec(delete(StaffInvitationRecord).where(col(StaffInvitationRecord.user_id) == user.id))
    db.add(
        StaffInvitationRecord(
            id=fresh.row_id,
            user_id=user.id,
            token_hash=fresh.token_hash,
            invited_by=by,
            created_at=now,
            expires_at=fresh.expires_at,
        )
    )
    if not _has_mail_waiting(db, user.id):
        queue_mail(db, STAFF_INVITED, MailOrder(user.name, user.email, user_id=user.id), now)
    return StaffLink(user.id, fresh.token, fresh.url, fresh.expires_at)


def _has_mail_waiting(db: Session, user_id: str) -> bool:
    """Whether an invitation is still to go: it will carry the new link, since mails are made when they are sent."""
    record = MessageRecord
    query = select(record.id).where(record.user_id == user_id, record.state == MailState.WAITING).with_for_update()
    return db.exec(query).first() is not None


def _not_come(db: Session, user_id: str) -> UserRecord:
    user = db.get(UserRecord, user_id, with_for_update=True)
    if user is None:
        message = "There is no such account"
        raise NotFoundError(message)
    if user.joined_at is not None:
        message = f"{user.name} has come already"
        raise RefusedError(message)
    return user


def _why_taken(db: Session, email: str) -> str:
    user = db.exec(select(UserRecord).where(UserRecord.email == email)).one()
    if user.joined_at is None:
        return f"{email} is invited already; invite them again from their page"
    return f"There is already an account for {email}"
