"""Following one's invitation: choosing a name and a password, once."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import Actor, ActorKind, ObjectKind, Target
from eiassess.domain.roles import Role
from eiassess.errors import InvalidInputError
from eiassess.persistence.engine import Database, upsert
from eiassess.persistence.tables import StaffInvitationRecord, UserRecord, UserRoleRecord
from eiassess.services.auditing.acting import by_own_link
from eiassess.services.identifiers import new_id
from eiassess.services.links import LinkClosedError, hash_of_link
from eiassess.services.people.accounts import administrators, checked_name, words_about
from eiassess.services.people.addresses import checked_email
from eiassess.services.people.passwords import hash_password


@dataclass(frozen=True)
class Joining:
    """Whom a link is for; the first administrator has neither name nor address yet."""

    name: str = ""
    email: str = ""

    @property
    def is_first(self) -> bool:
        """Whether it is the first administrator's."""
        return not self.email


@dataclass(frozen=True)
class Chosen:
    """What somebody chose on their page; the address counts for the first administrator alone."""

    name: str
    password: str
    email: str = ""


def open_join_link(database: Database, token: str, now: datetime) -> str:
    """Return which invitation a link's token is of; changes nothing.

    Raises
    ------
    LinkClosedError
        Unknown, used, expired, taken back or replaced.
    """
    record = StaffInvitationRecord
    with database.reading() as db:
        found = db.exec(select(record).where(record.token_hash == hash_of_link(token))).first()
        return _require_open(db, found, now).id


def get_joining(database: Database, invitation_id: str, now: datetime) -> Joining:
    """Return whom an invitation is for.

    Raises
    ------
    LinkClosedError
        It was used, taken back or replaced, or its time is over.
    """
    with database.reading() as db:
        found = _require_open(db, db.get(StaffInvitationRecord, invitation_id), now)
        if found.user_id is None:
            return Joining()
        user = db.get_one(UserRecord, found.user_id)
        return Joining(user.name, user.email)


def join(database: Database, invitation_id: str, chosen: Chosen, now: datetime) -> None:
    """Give an account its name and password, so that its person can sign in; the link is used up.

    Raises
    ------
    InvalidInputError
        Name, address or password cannot be used.
    LinkClosedError
        The invitation was used, taken back or replaced, or its time is over.
    """
    whose = get_joining(database, invitation_id, now)
    name = checked_name(chosen.name)
    email = checked_email(chosen.email) if whose.is_first else whose.email
    hashed = hash_password(chosen.password, words_about(email, name))  # before the transaction: it takes long
    with by_own_link("", Action.JOIN, now) as who, database.writing() as db:
        _lock_invited(db, invitation_id)
        found = _require_open(db, db.get(StaffInvitationRecord, invitation_id, with_for_update=True), now)
        user = _add_first(db, email, now) if found.user_id is None else db.get_one(UserRecord, found.user_id)
        user.name, user.password, user.active, user.joined_at = name, hashed, True, now
        user.fs_uniquifier = secrets.token_hex(32)
        db.add(user)
        db.delete(found)
        who.actor, who.target = Actor(ActorKind.ACCOUNT, user.id), Target(ObjectKind.ACCOUNT, user.id)


def _lock_invited(db: Session, invitation_id: str) -> None:
    """Lock the account before its invitation, as whoever invites again does, so that nobody waits for each other."""
    invitation = StaffInvitationRecord
    whose = select(invitation.user_id).where(invitation.id == invitation_id)
    db.exec(select(UserRecord.id).where(col(UserRecord.id).in_(whose)).with_for_update()).first()


def _require_open(db: Session, found: StaffInvitationRecord | None, now: datetime) -> StaffInvitationRecord:
    if found is None or now >= found.expires_at:
        raise LinkClosedError
    if found.user_id is None and administrators(db):
        raise LinkClosedError
    return found


def _add_first(db: Session, email: str, now: datetime) -> UserRecord:
    """Add the first administrator's account, which has no name and no password yet."""
    user_id = new_id()
    values = {
        "id": user_id,
        "email": email,
        "name": "",
        "password": "",
        "active": False,
        "fs_uniquifier": secrets.token_hex(32),
        "created_at": now,
    }
    new = upsert(db, UserRecord).values(values).on_conflict_do_nothing(index_elements=["email"])
    if db.connection().execute(new.returning(col(UserRecord.id))).first() is None:
        message = f"There is already an account for {email}; the command user roles can make it an administrator's"
        raise InvalidInputError(message, "email")
    db.add(UserRoleRecord(user_id=user_id, role=Role.ADMINISTRATOR))
    db.flush()
    return db.get_one(UserRecord, user_id)


def forget_first_links(db: Session) -> None:
    """Close whatever link to become the first administrator is out, within the caller's transaction."""
    db.exec(delete(StaffInvitationRecord).where(col(StaffInvitationRecord.user_id).is_(None)))
