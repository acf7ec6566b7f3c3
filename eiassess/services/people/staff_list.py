"""Who can sign in here, or was invited to: the list of administrators, and one person of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from eiassess.domain.mail_kinds import STAFF_INVITED
from eiassess.domain.mail_states import UNDELIVERED, MailState
from eiassess.domain.roles import Role
from eiassess.domain.searching import found_by, is_found
from eiassess.errors import NotFoundError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import MessageRecord, StaffInvitationRecord, UserRecord
from eiassess.services.people.accounts import administrators
from eiassess.services.people.inviting_staff import is_named

PEOPLE_A_PAGE = 50


class PersonState(StrEnum):
    """Whether somebody can sign in."""

    ACTIVE = "active"
    INVITED = "invited"
    UNDELIVERED = "undelivered"
    LINK_ENDED = "link-ended"
    TAKEN_BACK = "taken-back"
    INACTIVE = "inactive"

    @property
    def has_come(self) -> bool:
        """Whether they chose a password once."""
        return self in {PersonState.ACTIVE, PersonState.INACTIVE}


@dataclass(frozen=True)
class Person:
    """Somebody on the list."""

    id: str
    name: str
    email: str
    roles: tuple[Role, ...]
    state: PersonState
    last_sign_in_at: datetime | None
    invited_at: datetime | None = None
    link_ends_at: datetime | None = None
    server_said: str = ""


@dataclass(frozen=True)
class PeopleList:
    """A page of those who were sought, by name, and how many there are in each state and in all."""

    people: tuple[Person, ...]
    n_found: int
    counts: Mapping[PersonState, int]


@dataclass(frozen=True)
class PersonPage:
    """One person with what an administrator is to know before changing anything."""

    person: Person
    is_only_administrator: bool
    is_named: bool


def list_people(
    database: Database,
    now: datetime,
    *,
    search: str = "",
    states: Sequence[PersonState] = (),
    role: Role | None = None,
    page: int = 1,
) -> PeopleList:
    """List those whose name or address has each word of a search, in these states, or in any; a page of them."""
    with database.reading() as db:
        everybody = _people(db, now)
    sought = [
        each
        for each in everybody
        if is_found(search, each.name, each.email)
        and (not states or each.state in states)
        and (role is None or role in each.roles)
    ]
    sought.sort(key=lambda each: (found_by(each.name), each.email))
    counts = {state: sum(each.state is state for each in everybody) for state in PersonState}
    first = (max(page, 1) - 1) * PEOPLE_A_PAGE
    return PeopleList(tuple(sought[first : first + PEOPLE_A_PAGE]), len(sought), counts)


def get_person(database: Database, user_id: str, now: datetime) -> PersonPage:
    """Return one person of the list.

    Raises
    ------
    NotFoundError
        There is no such account.
    """
    with database.reading() as db:
        found = _people(db, now, user_id)
        if not found:
            message = "There is no such account"
            raise NotFoundError(message)
        return PersonPage(found[0], administrators(db) == (user_id,), is_named(db, user_id))


def _people(db: Session, now: datetime, user_id: str | None = None) -> list[Person]:
    users, invited, mail = UserRecord, StaffInvitationRecord, MessageRecord
    links = {each.user_id: each for each in db.exec(select(invited))}
    mails = select(mail).where(mail.kind == STAFF_INVITED.name).order_by(col(mail.created_at), col(mail.id))
    latest = {each.user_id: each for each in db.exec(mails)}
    query = select(users) if user_id is None else select(users).where(users.id == user_id)
    return [_person(each, links.get(each.id), latest.get(each.id), now) for each in db.exec(query)]


def _person(user: UserRecord, link: StaffInvitationRecord | None, mail: MessageRecord | None, now: datetime) -> Person:
    state = _state(user, link, mail, now)
    return Person(
        id=user.id,
        name=user.name,
        email=user.email,
        roles=tuple(role for role in Role if role in user.held_roles),
        state=state,
        last_sign_in_at=user.last_sign_in_at,
        invited_at=link.created_at if link else None,
        link_ends_at=link.expires_at if link else None,
        server_said=mail.words if mail is not None and state is PersonState.UNDELIVERED else "",
    )


def _state(
    user: UserRecord, link: StaffInvitationRecord | None, mail: MessageRecord | None, now: datetime
) -> PersonState:
    if user.joined_at is not None:
        return PersonState.ACTIVE if user.active else PersonState.INACTIVE
    if link is None:
        return PersonState.TAKEN_BACK
    if link.expires_at <= now:
        return PersonState.LINK_ENDED
    undelivered = mail is not None and MailState(mail.state) in UNDELIVERED
    return PersonState.UNDELIVERED if undelivered else PersonState.INVITED
