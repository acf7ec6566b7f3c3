"""Which account belongs to whom a provider of sign-in has recognised.

Somebody is who they are by the provider's address and its identifier of them, never by an e-mail address alone:
addresses change hands, and not every provider checks them.
"""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import Actor, ActorKind, ObjectKind, Target
from eiassess.domain.identities import ProvenIdentity
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database, upsert
from eiassess.persistence.tables import UserIdentityRecord, UserRecord
from eiassess.services.auditing.acting import by_own_link, leave_out
from eiassess.services.people.accounts import sign_out
from eiassess.services.people.addresses import checked_email

SUBJECT_AT_MOST = 255  # OpenID Connect Core 1.0, 2


def give_identity(database: Database, email: str, issuer: str, subject: str, now: datetime) -> None:
    """Connect an account with somebody whom a provider knows; what is so already stays so.

    Raises
    ------
    NotFoundError
        There is no such account.
    InvalidInputError
        No provider gives such an identifier.
    RefusedError
        Another account is theirs, or the account is another person's at this provider.
    """
    subject = _checked_subject(subject)
    with database.writing() as db:
        user = _user(db, email)
        holder = _connect(db, user.id, issuer, subject, now)
        if holder is None:
            message = f"{user.email} is somebody else at {issuer} already; take that identity away first"
            raise RefusedError(message)
        if holder != user.id:
            message = f"This identity belongs to {db.get_one(UserRecord, holder).email}; take it away there first"
            raise RefusedError(message)


def take_identities(database: Database, email: str) -> int:
    """Take all identities of an account away and end its sessions; return how many there were.

    Raises
    ------
    NotFoundError
        There is no such account.
    """
    with database.writing() as db:
        user = db.get_one(UserRecord, _user(db, email).id, with_for_update=True)
        taken = db.exec(delete(UserIdentityRecord).where(col(UserIdentityRecord.user_id) == user.id)).rowcount
        sign_out(db, user)
        return int(taken)


def list_identities(database: Database, email: str) -> tuple[ProvenIdentity, ...]:
    """List whom an account belongs to, provider by provider.

    Raises
    ------
    NotFoundError
        There is no such account.
    """
    with database.reading() as db:
        user = _user(db, email)
        query = select(UserIdentityRecord).where(UserIdentityRecord.user_id == user.id)
        found = db.exec(query.order_by(col(UserIdentityRecord.issuer))).all()
        return tuple(ProvenIdentity(each.issuer, each.subject) for each in found)


def find_account_of(
    database: Database, identity: ProvenIdentity, now: datetime, *, links_by_address: bool
) -> str | None:
    """Return the id of the account that somebody signs in to, active or not; ``None`` if nobody gave them one.

    Parameters
    ----------
    database
        Where accounts are.
    identity
        Whom the provider has recognised.
    now
        The time.
    links_by_address
        Whether an active account with this checked address that is nobody's at this provider becomes theirs.
    """
    with database.reading() as db:
        holder = _holder(db, identity.issuer, identity.subject)
    if holder is not None or not (links_by_address and identity.checked_address):
        return holder
    with by_own_link("", Action.CHANGE_IDENTITY, now) as who, database.writing() as db:
        found = _connected_by_address(db, identity, now)
        if found is None:
            leave_out(db)
        else:
            who.actor, who.target = Actor(ActorKind.ACCOUNT, found), Target(ObjectKind.ACCOUNT, found)
        return found


def _connected_by_address(db: Session, identity: ProvenIdentity, now: datetime) -> str | None:
    try:
        user = _user(db, identity.checked_address)
    except (InvalidInputError, NotFoundError):
        return None
    return _connect(db, user.id, identity.issuer, identity.subject, now) if user.active else None


def _connect(db: Session, user_id: str, issuer: str, subject: str, now: datetime) -> str | None:
    """Connect an account unless it has an identity there; return who holds this identity now, if anybody."""
    new = upsert(db, UserIdentityRecord).values(issuer=issuer, subject=subject, user_id=user_id, added_at=now)
    db.connection().execute(new.on_conflict_do_nothing())
    return _holder(db, issuer, subject)


def _holder(db: Session, issuer: str, subject: str) -> str | None:
    identity = UserIdentityRecord
    query = select(identity.user_id).where(identity.issuer == issuer, identity.subject == subject)
    return db.exec(query).first()


def _user(db: Session, email: str) -> UserRecord:
    user = db.exec(select(UserRecord).where(UserRecord.email == checked_email(email))).first()
    if user is None:
        message = f"There is no account for {email}"
        raise NotFoundError(message)
    return user


def _checked_subject(subject: str) -> str:
    if not 1 <= len(subject) <= SUBJECT_AT_MOST or not subject.isprintable() or subject != subject.strip():
        message = f"An identifier has 1 to {SUBJECT_AT_MOST} characters, and no space around it"
        raise InvalidInputError(message, "subject")
    return subject
