"""Who does what in an opening: one person may have several parts, as far as their roles open the pages for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from eiassess.domain.openings import MemberPart
from eiassess.domain.roles import Role
from eiassess.errors import NotFoundError, RefusedError
from eiassess.persistence.engine import Database, upsert
from eiassess.persistence.tables import (
    AdjustmentRequestRecord,
    AssessmentSessionRecord,
    FormerContactRecord,
    FormerMemberRecord,
    OpeningMemberRecord,
    OpeningRecord,
    UserRecord,
)

PART_OF_ROLE = {Role.RECRUITER: MemberPart.RECRUITS, Role.MANAGER: MemberPart.MANAGES}
"""What somebody does who is made a member without a word on it."""

ROLES_FOR_PART = {
    MemberPart.RECRUITS: (Role.RECRUITER, Role.ADMINISTRATOR),
    MemberPart.MANAGES: (Role.MANAGER,),
}
"""Roles of which a part needs one, since its pages open to no other."""


class NoContactLeftError(RefusedError):
    """Nobody would be left as contact for adjustments: what follows is said first."""


@dataclass(frozen=True)
class Member:
    """Somebody who works on an opening, with their parts in the order in which parts are listed."""

    user_id: str
    name: str
    email: str
    parts: tuple[MemberPart, ...]


def members_of(db: Session, opening_id: str) -> tuple[Member, ...]:
    """List who works on an opening, by name."""
    query = (
        select(UserRecord, OpeningMemberRecord.part)
        .join(OpeningMemberRecord, col(OpeningMemberRecord.user_id) == col(UserRecord.id))
        .where(OpeningMemberRecord.opening_id == opening_id)
        .order_by(col(UserRecord.name), col(UserRecord.id))
    )
    found: dict[str, tuple[UserRecord, set[str]]] = {}
    for user, part in db.exec(query):
        found.setdefault(user.id, (user, set()))[1].add(part)
    return tuple(
        Member(user.id, user.name, user.email, tuple(part for part in MemberPart if part in parts))
        for user, parts in found.values()
    )


def set_parts(
    database: Database,
    opening_id: str,
    user_id: str,
    parts: Collection[MemberPart],
    now: datetime,
    *,
    without_contact: bool = False,
) -> None:
    """Give a member of an opening these parts and no other; without any they are no member any more.

    Parameters
    ----------
    without_contact
        Whether the opening may be left without a contact for adjustments that has one.

    Raises
    ------
    NotFoundError
        They are no member.
    NoContactLeftError
        The opening would lose its last contact for adjustments, and that was not agreed to.
    RefusedError
        They cannot have a part, or nobody would be left who recruits.
    """
    with database.writing() as db:
        db.get(OpeningRecord, opening_id, with_for_update=True)  # whoever changes members waits for the other
        theirs = (
            col(OpeningMemberRecord.opening_id) == opening_id,
            col(OpeningMemberRecord.user_id) == user_id,
        )
        held = db.exec(select(OpeningMemberRecord.part).where(*theirs)).all()
        if not held:
            message = "There is no such member"
            raise NotFoundError(message)
        db.exec(delete(OpeningMemberRecord).where(*theirs))
        if set(held) - set(parts):
            db.merge(FormerMemberRecord(opening_id=opening_id, user_id=user_id))
        if MemberPart.ADJUSTMENTS in held and MemberPart.ADJUSTMENTS not in parts:
            db.merge(FormerContactRecord(opening_id=opening_id, user_id=user_id, until=now))
            db.flush()
            _require_contact(db, opening_id, without_contact=without_contact)
        add_parts(db, opening_id, db.get_one(UserRecord, user_id), parts)
        _require_recruiter(db, opening_id)


def add_parts(db: Session, opening_id: str, user: UserRecord, parts: Collection[MemberPart]) -> None:
    """Give somebody parts in an opening beside those that they have.

    Raises
    ------
    RefusedError
        None of their roles opens the pages of a part, or the parts exclude each other, or they could read requests
        here as the contact for adjustments.
    """
    held = set(db.exec(_parts_held(opening_id, user.id)).all())
    _require_parts_fit(user, held | set(parts))
    if set(parts) - {MemberPart.ADJUSTMENTS}:
        _require_no_knowledge(db, opening_id, user)
    for part in parts:
        new = upsert(db, OpeningMemberRecord).values(opening_id=opening_id, user_id=user.id, part=part.value)
        db.connection().execute(new.on_conflict_do_nothing())


def parts_of_roles(user: UserRecord) -> tuple[MemberPart, ...]:
    """Return the parts that follow from somebody's roles.

    Raises
    ------
    RefusedError
        None does, so a part has to be named.
    """
    parts = tuple(part for role, part in PART_OF_ROLE.items() if role in user.held_roles)
    if not parts:
        message = f"{user.email} is neither recruiter nor manager; say which part they have in this opening"
        raise RefusedError(message)
    return parts


def _parts_held(opening_id: str, user_id: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - SQLModel's own, long
    return select(OpeningMemberRecord.part).where(
        OpeningMemberRecord.opening_id == opening_id, OpeningMemberRecord.user_id == user_id
    )


def _require_parts_fit(user: UserRecord, parts: Collection[str]) -> None:
    for part, roles in ROLES_FOR_PART.items():
        if part in parts and not user.held_roles & set(roles):
            message = (
                f"{user.email} needs the role {' or '.join(roles)} for this part, or its pages stay closed to them"
            )
            raise RefusedError(message)
    if MemberPart.ADJUSTMENTS in parts and len(parts) > 1:
        message = (
            f"{user.email} cannot be the contact for adjustments and have another part: whoever knows of a request "
            "must decide nothing here"
        )
        raise RefusedError(message)


def could_read_requests(db: Session, opening_id: str, user_id: str) -> bool:
    """Whether somebody was the contact for adjustments while what is stored of requests here could be read."""
    record, session, former = AdjustmentRequestRecord, AssessmentSessionRecord, FormerContactRecord
    query = (
        select(record.id)
        .join(session)
        .join(former, col(former.opening_id) == col(session.opening_id))
        .where(former.opening_id == opening_id, former.user_id == user_id, col(record.asked_at) <= former.until)
    )
    return db.exec(query).first() is not None


def _require_no_knowledge(db: Session, opening_id: str, user: UserRecord) -> None:
    """Keep whoever could read requests, which is as long as these are stored, from deciding."""
    if could_read_requests(db, opening_id, user.id):
        message = (
            f"{user.email} was the contact for adjustments here and could read what candidates asked for, so they can "
            "have no part in this opening that decides; give it to somebody else"
        )
        raise RefusedError(message)


def _require_contact(db: Session, opening_id: str, *, without_contact: bool) -> None:
    left = db.exec(
        select(OpeningMemberRecord).where(
            OpeningMemberRecord.opening_id == opening_id, OpeningMemberRecord.part == MemberPart.ADJUSTMENTS
        )
    ).first()
    if left is None and not without_contact:
        message = "Nobody would be left as contact for adjustments; name another first, or agree to have none"
        raise NoContactLeftError(message)


def _require_recruiter(db: Session, opening_id: str) -> None:
    left = db.exec(
        select(OpeningMemberRecord).where(
            OpeningMemberRecord.opening_id == opening_id, OpeningMemberRecord.part == MemberPart.RECRUITS
        )
    ).first()
    if left is None:
        message = "Nobody would be left who recruits; give that part to somebody else first"
        raise RefusedError(message)
