"""Openings: jobs to fill, and who works on them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from eiassess.banks.catalog import LoadedForm
from eiassess.banks.keys.words import with_words_of_key
from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.deadlines import Deadline
from eiassess.domain.openings import KEEP_DAYS, MemberPart, OpeningState
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    OpeningMemberRecord,
    OpeningRecord,
    UserRecord,
)
from eiassess.services.auditing.acting import note
from eiassess.services.content.pinned import get_form
from eiassess.services.content.pinning import pin_content
from eiassess.services.content.versions import require_ready
from eiassess.services.hiring.opening_members import add_parts, parts_of_roles
from eiassess.services.hiring.opening_records import deadline_of
from eiassess.services.identifiers import new_id
from eiassess.services.people.accounts import checked_name
from eiassess.services.people.addresses import checked_email


@dataclass(frozen=True)
class OpeningSummary:
    """An opening with how far its candidates are."""

    id: str
    title: str
    form_title: str
    simulated: bool
    n_candidates: int
    n_submitted: int
    n_released: int
    state: OpeningState = OpeningState.OPEN
    deadline: Deadline | None = None


def add_opening(
    database: Database,
    title: str,
    loaded: LoadedForm,
    now: datetime,
    *,
    members: Sequence[str] = (),
    keep_days: int = KEEP_DAYS,
    simulated: bool = False,
) -> str:
    """Add an opening whose candidates sit a form as it is today, with its members; return its id.

    Raises
    ------
    NotFoundError
        A member's e-mail address has no account; nothing was added.
    InvalidInputError
        The title or the days cannot be used, or the form has nothing to sit or is for studies only.
    RefusedError
        The form may not be sat or has both halves of a flip pair, or the key comes from simulated experts, and the
        opening is real.
    """
    title = checked_name(title, "title")
    if keep_days < 1:
        message = "Answers have to be kept for at least one day"
        raise InvalidInputError(message, "keep_days")
    with database.writing() as db:
        return create_opening(db, title, loaded, now, members=members, keep_days=keep_days, simulated=simulated)


def create_opening(
    db: Session,
    title: str,
    loaded: LoadedForm,
    now: datetime,
    *,
    members: Sequence[str],
    keep_days: int = KEEP_DAYS,
    simulated: bool,
) -> str:
    """Add an opening with its members within the caller's transaction; return its id."""
    form_digest, key_digest, bank_digest = _pin(db, loaded, now, simulated=simulated)
    opening = OpeningRecord(
        id=new_id(),
        title=title,
        simulated=simulated,
        form_digest=form_digest,
        key_digest=key_digest,
        bank_digest=bank_digest,
        keep_days=keep_days,
        created_at=now,
    )
    db.add(opening)
    db.flush()
    for email in members:
        _assign(db, opening.id, email)
    note(db, Target(ObjectKind.OPENING, opening.id), Action.ADD_OPENING)
    return opening.id


def use_form(database: Database, opening_id: str, loaded: LoadedForm, now: datetime) -> None:
    """Let those who are invited from now on sit another form, or another version; the others keep theirs.

    Raises
    ------
    NotFoundError
        There is no such opening.
    InvalidInputError
        The form has nothing to sit, or is for studies only.
    RefusedError
        The form may not be sat or has both halves of a flip pair, or the key comes from simulated experts, and the
        opening is real.
    """
    with database.writing() as db:
        opening = db.get(OpeningRecord, opening_id, with_for_update=True)
        if opening is None:
            message = f"There is no opening {opening_id!r}"
            raise NotFoundError(message)
        pin_form(db, opening, loaded, now)


def pin_form(db: Session, opening: OpeningRecord, loaded: LoadedForm, now: datetime) -> None:
    """Give an opening a form, with its key and bank, as it is today.

    Raises
    ------
    InvalidInputError
        The form has nothing to sit, or is for studies only.
    RefusedError
        The form may not be sat or has both halves of a flip pair, or the key comes from simulated experts, and the
        opening is real.
    """
    pinned = _pin(db, loaded, now, simulated=opening.simulated)
    opening.form_digest, opening.key_digest, opening.bank_digest = pinned
    db.add(opening)


def _pin(db: Session, loaded: LoadedForm, now: datetime, *, simulated: bool) -> tuple[str, str, str]:
    if not loaded.form.scenarios:
        message = f"Form {loaded.form.id!r} is for practice only and has no scenarios to sit; choose another form"
        raise InvalidInputError(message, "form")
    if loaded.form.studies_only:
        message = f"Form {loaded.form.id!r} is for studies only and nobody can be invited to it; choose another form"
        raise InvalidInputError(message, "form")
    for one, other in loaded.form.twins_together:
        message = f"Form {loaded.form.id!r} has both {one!r} and its twin {other!r}, and nobody sits both; take one out"
        raise RefusedError(message)
    if loaded.key.is_simulated and not simulated:
        message = (
            f"Key {loaded.key.id!r} comes from simulated experts, so it can never score real people; choose another key"
        )
        raise RefusedError(message)
    require_ready(loaded)
    return pin_content(db, with_words_of_key(loaded), now)


def assign_member(database: Database, opening_id: str, email: str, parts: Collection[MemberPart] = ()) -> None:
    """Let somebody work on an opening: in some parts, or in those that follow from their roles.

    Raises
    ------
    NotFoundError
        There is no such opening or account.
    RefusedError
        They cannot have the part, or none follows from their roles.
    """
    with database.writing() as db:
        if db.get(OpeningRecord, opening_id, with_for_update=True) is None:
            message = f"There is no opening {opening_id!r}"
            raise NotFoundError(message)
        _assign(db, opening_id, email, parts)


def _assign(db: Session, opening_id: str, email: str, parts: Collection[MemberPart] = ()) -> None:
    user = db.exec(select(UserRecord).where(UserRecord.email == checked_email(email))).first()
    if user is None:
        message = f"There is no account for {email}"
        raise NotFoundError(message)
    add_parts(db, opening_id, user, parts or parts_of_roles(user))


def list_openings(database: Database, user_id: str | None = None) -> tuple[OpeningSummary, ...]:
    """List openings, all or those that somebody recruits for, the newest first."""
    session = AssessmentSessionRecord
    counts = (
        select(
            session.opening_id,
            func.count().label("n"),
            func.count(col(session.submitted_at)).label("submitted"),
            func.count(col(session.released_at)).label("released"),
        )
        .group_by(session.opening_id)
        .subquery()
    )
    query = (
        select(OpeningRecord, counts.c.n, counts.c.submitted, counts.c.released)
        .outerjoin(counts, counts.c.opening_id == OpeningRecord.id)
        .order_by(col(OpeningRecord.created_at).desc(), col(OpeningRecord.id))
    )
    if user_id is not None:
        query = query.join(OpeningMemberRecord).where(
            OpeningMemberRecord.user_id == user_id, OpeningMemberRecord.part == MemberPart.RECRUITS
        )
    with database.reading() as db:
        return tuple(
            OpeningSummary(
                opening.id,
                opening.title,
                get_form(db, opening.form_digest).title,
                opening.simulated,
                n or 0,
                submitted or 0,
                released or 0,
                OpeningState(opening.state),
                deadline_of(opening),
            )
            for opening, n, submitted, released in db.exec(query)
        )


def get_session_record(db: Session, session_id: str, *, locked: bool = False) -> AssessmentSessionRecord:
    """Return a candidate's session, if wanted locked within the caller's transaction.

    Raises
    ------
    NotFoundError
        There is none.
    """
    session = db.get(AssessmentSessionRecord, session_id, with_for_update=locked)
    if session is None:
        message = "There is no such candidate"
        raise NotFoundError(message)
    return session


def get_own_candidate(
    db: Session, user_id: str, session_id: str
) -> tuple[AssessmentSessionRecord, OpeningRecord, CandidateRecord]:
    """Return a candidate of an opening that somebody recruits for: session, opening and person.

    Raises
    ------
    NotFoundError
        There is no such candidate in an opening of this person.
    """
    session = get_session_record(db, session_id)
    opening = require_member(db, session.opening_id, user_id)
    return session, opening, db.get_one(CandidateRecord, session.candidate_id)


def require_member(db: Session, opening_id: str, user_id: str, part: MemberPart = MemberPart.RECRUITS) -> OpeningRecord:
    """Return an opening in which somebody has a part.

    Raises
    ------
    NotFoundError
        There is none, or the part is not theirs: the two look the same.
    """
    opening = db.get(OpeningRecord, opening_id)
    if opening is None or db.get(OpeningMemberRecord, (opening_id, user_id, part.value)) is None:
        message = "There is no such opening"
        raise NotFoundError(message)
    return opening
