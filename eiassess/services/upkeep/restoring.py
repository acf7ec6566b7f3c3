"""Opening a copy for safety again: who was erased since it was made is erased from it before anybody opens it."""

import secrets
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, delete, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import Actor, ActorKind, ObjectKind, Target
from eiassess.domain.erasures import ErasedBy, ErasureReason
from eiassess.errors import RefusedError, SetupError
from eiassess.persistence.copies import copy_sqlite, load_dump, sqlite_file, suffix_of
from eiassess.persistence.engine import Database
from eiassess.persistence.migrations import is_missing, pending_revisions, upgrade_database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    ErasureReceiptRecord,
    PasswordResetRecord,
    UserRecord,
    WebSessionRecord,
)
from eiassess.services.auditing.acting import Acting, acting, note
from eiassess.services.upkeep.backups import BackupFolder, read_erased
from eiassess.services.upkeep.erasure import erase_candidate
from eiassess.services.upkeep.receipts import receipt_id


@dataclass(frozen=True)
class Place:
    """Where a copy is put: the database's address, the folder of copies, and what gives the installation's secret."""

    url: str
    folder: BackupFolder
    secret: Callable[[], str]


def restore(place: Place, source: Path, now: datetime, *, replace: bool) -> int:
    """Put a copy in the place of a database that nobody uses; return how many were erased from it once more.

    Erased are those whose receipts stand in the database that is there now, beside the copy, or among the copies.

    Raises
    ------
    RefusedError
        There is a database, and nobody said that it may go.
    SetupError
        The copy is not sound, or is of another kind of database.
    """
    url = place.url
    if source.suffix != suffix_of(url):
        message = f"{source} is no copy of this kind of database; its name has to end in {suffix_of(url)}"
        raise SetupError(message)
    is_there = _is_there(url)
    if is_there and not replace:
        message = "There is a database already. Stop everything that uses it; to put the copy in its place: --replace"
        raise RefusedError(message)
    erased = read_erased(source.parent) | read_erased(place.folder.path) | (_receipts(url) if is_there else set())
    file = sqlite_file(url)
    if file is None:
        load_dump(url, source)
        return _erase_again(place, url, erased, now)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.restored")
    try:
        copy_sqlite(source, draft)
        again = _erase_again(place, f"sqlite:///{draft}", erased, now)
        _put_in_place(draft, file)
    finally:
        for end in ("", "-wal", "-shm", "-journal", "-turn"):
            draft.with_name(f"{draft.name}{end}").unlink(missing_ok=True)
    return again


def _is_there(url: str) -> bool:
    """Whether there is a database; a file that cannot be opened is one that may be precious."""
    try:
        return not is_missing(url)
    except SetupError:
        if sqlite_file(url) is None:
            raise
        return True


def _put_in_place(draft: Path, file: Path) -> None:
    """Put a sound file where the database is looked for; the log of the one before must not be read into it."""
    for end in ("-wal", "-shm"):
        file.with_name(f"{file.name}{end}").unlink(missing_ok=True)
    draft.replace(file)


def _receipts(url: str) -> set[str]:
    """Return the receipts of the database that is there; one that is broken or old has none to give."""
    with suppress(SetupError):
        if not pending_revisions(url):
            database = Database(url)
            try:
                with database.reading() as db:
                    return set(db.exec(select(ErasureReceiptRecord.id)))
            finally:
                database.close()
    return set()


def _erase_again(place: Place, url: str, erased: Collection[str], now: datetime) -> int:
    """Bring a copy to the schema of this program, and erase whoever was erased since it was made."""
    upgrade_database(url)
    database = Database(url)
    database.secret = place.secret
    terminal = Acting(Actor(ActorKind.TERMINAL), None, Target(), lambda: now)
    try:
        with acting(terminal), database.writing() as db:
            there = db.exec(select(AssessmentSessionRecord)).all()
            back = [each for each in there if receipt_id(each.id) in erased]
            for session in back:
                note(db, Target(ObjectKind.CANDIDATE, session.id), Action.ERASE)
                erase_candidate(db, session, ErasedBy.NOBODY, ErasureReason.ASKED, now)
            _let_nobody_in(db)
        database.forget_what_was_deleted()
    finally:
        database.close()
    return len(back)


def _let_nobody_in(db: Session) -> None:
    """End all browser sessions, and links to new passwords, of when the copy was made: some had ended since."""
    db.exec(delete(WebSessionRecord))
    db.exec(delete(PasswordResetRecord))
    for user in db.exec(select(UserRecord)):
        user.fs_uniquifier = secrets.token_hex(32)
        db.add(user)
