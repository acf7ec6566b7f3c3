"""The wording of mails: as it is shipped, and as an opening's people changed it."""

import html
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlmodel import Session, select

from eiassess._resources import data_folder
from eiassess.domain.mail_kinds import MAIL_KINDS, MailKind, get_mail_kind
from eiassess.domain.mails.wording import FilledMail, MailWording, checked_wording, filled
from eiassess.errors import NotFoundError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import MailWordingRecord
from eiassess.services.outbox.members import require_member


@dataclass(frozen=True)
class OpeningWording:
    """The wording of a kind of mail in an opening."""

    kind: MailKind
    wording: MailWording
    is_own: bool
    changed_at: datetime | None = None


@cache
def shipped_wording(kind: MailKind) -> MailWording:
    """Read the wording that we ship.

    Raises
    ------
    FileNotFoundError
        The installation is incomplete.
    InvalidInputError
        A file was changed so that it cannot be used.
    """
    folder = data_folder("templates") / "mail" / kind.name
    subject, text = ((folder / f"{part}.txt").read_text(encoding="utf-8") for part in ("subject", "text"))
    return checked_wording(kind, subject, text)


def wording_of(db: Session, kind: MailKind, opening_id: str | None) -> MailWording:
    """Return the wording that a mail has: the opening's own, or ours."""
    return _wording(kind, db.get(MailWordingRecord, (opening_id, kind.name)) if opening_id else None).wording


def list_wordings(database: Database, user_id: str, opening_id: str) -> tuple[OpeningWording, ...]:
    """List the wordings of all mails that an opening can word itself.

    Raises
    ------
    NotFoundError
        There is no such opening among theirs.
    """
    with database.reading() as db:
        require_member(db, opening_id, user_id)
        query = select(MailWordingRecord).where(MailWordingRecord.opening_id == opening_id)
        own = {record.kind: record for record in db.exec(query)}
        return tuple(_wording(kind, own.get(kind.name)) for kind in MAIL_KINDS.values() if kind.is_of_opening)


def get_wording(database: Database, user_id: str, opening_id: str, kind_name: str) -> OpeningWording:
    """Return the wording of one kind of mail in an opening.

    Raises
    ------
    NotFoundError
        There is no such opening among theirs, or no such kind of mail that an opening can word.
    """
    kind = _require_kind(kind_name)
    with database.reading() as db:
        require_member(db, opening_id, user_id)
        return _wording(kind, db.get(MailWordingRecord, (opening_id, kind.name)))


def save_wording(
    database: Database, user_id: str, opening_id: str, kind_name: str, written: MailWording, now: datetime
) -> None:
    """Give an opening a wording of its own, for all mails of the kind that are sent from now on.

    Raises
    ------
    InvalidInputError
        The wording cannot be used, such as one with an unknown placeholder; the error names ``subject`` or ``text``.
    NotFoundError
        There is no such opening among theirs, or no such kind of mail that an opening can word.
    """
    kind = _require_kind(kind_name)
    wording = checked_wording(kind, written.subject, written.text)
    with database.writing() as db:
        require_member(db, opening_id, user_id)
        record = MailWordingRecord(
            opening_id=opening_id,
            kind=kind.name,
            subject=wording.subject,
            text=wording.text,
            changed_at=now,
            changed_by=user_id,
        )
        db.merge(record)


def copy_wordings(db: Session, opening_id: str, copy_id: str) -> None:
    """Give a copy of an opening its wordings too, within the caller's transaction, as they were written."""
    query = select(MailWordingRecord).where(MailWordingRecord.opening_id == opening_id)
    for each in db.exec(query).all():
        db.add(MailWordingRecord(**{**each.model_dump(), "opening_id": copy_id}))


def forget_wording(database: Database, user_id: str, opening_id: str, kind_name: str) -> None:
    """Go back to the wording that we ship.

    Raises
    ------
    NotFoundError
        There is no such opening among theirs, or no such kind of mail that an opening can word.
    """
    kind = _require_kind(kind_name)
    with database.writing() as db:
        require_member(db, opening_id, user_id)
        record = db.get(MailWordingRecord, (opening_id, kind.name))
        if record is not None:
            db.delete(record)


def sample_mail(kind_name: str, written: MailWording) -> FilledMail:
    """Fill wording that need not be kept with made-up values, for a preview.

    Raises
    ------
    InvalidInputError
        The wording cannot be used; the error names ``subject`` or ``text``.
    NotFoundError
        There is no such kind of mail.
    """
    kind = get_mail_kind(kind_name)
    return filled(kind, checked_wording(kind, written.subject, written.text), kind.sample())


def framed(mail: FilledMail) -> str:
    """Return a whole HTML page of a mail."""
    layout = _layout().replace("((subject))", html.escape(mail.subject))
    return layout.replace("((body))", mail.html)


@cache
def _layout() -> str:
    return (data_folder("templates") / "mail" / "layout.html").read_text(encoding="utf-8")


def _wording(kind: MailKind, record: MailWordingRecord | None) -> OpeningWording:
    if record is None:
        return OpeningWording(kind, shipped_wording(kind), is_own=False)
    wording = MailWording(record.subject, record.text)
    return OpeningWording(kind, wording, is_own=True, changed_at=record.changed_at)


def _require_kind(kind_name: str) -> MailKind:
    kind = get_mail_kind(kind_name)
    if not kind.is_of_opening:
        message = f"The mail {kind_name!r} is not worded by openings"
        raise NotFoundError(message)
    return kind
