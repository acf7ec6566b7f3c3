"""Copies for safety: made, listed, deleted when their days are over; and who was erased, for those that are opened."""

import logging
import os
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import select

from eiassess.persistence.copies import copy_database, suffix_of
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import ErasureReceiptRecord
from eiassess.whole_files import SECRET_FILE, write_whole

log = logging.getLogger(__name__)
_NAME = re.compile(r"eiassess-(\d{8}T\d{6})Z\.(?:sqlite|dump)")
_TIME = "%Y%m%dT%H%M%S"
ERASED_FILE = "erased.txt"
"""Beside the copies: the receipts of all who were erased, one a line."""


@dataclass(frozen=True)
class Backup:
    """A copy for safety."""

    path: Path
    made_at: datetime
    n_bytes: int


@dataclass(frozen=True)
class BackupFolder:
    """Where copies lie, and for how many days each is kept."""

    path: Path
    keep_days: int

    def list(self) -> tuple[Backup, ...]:
        """List the copies, the newest first; what is called otherwise is no copy of ours."""
        found = [(each, _NAME.fullmatch(each.name)) for each in self.path.glob("eiassess-*")]
        copies = [
            Backup(path, datetime.strptime(name[1], _TIME).replace(tzinfo=UTC), path.stat().st_size)
            for path, name in found
            if name
        ]
        return tuple(sorted(copies, key=lambda each: each.made_at, reverse=True))

    def goes_at(self, backup: Backup) -> datetime:
        """Return when a copy is deleted by itself."""
        return backup.made_at + timedelta(days=self.keep_days)

    def make(self, database: Database, now: datetime) -> Path:
        """Copy the database into the folder, also while it is written to, and note beside it who was erased.

        Raises
        ------
        SetupError
            The copy failed.
        """
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = self.path / f"eiassess-{now.astimezone(UTC):{_TIME}}Z{suffix_of(database.url)}"
        draft = target.with_name(f".{target.name}")
        try:
            copy_database(database.url, draft)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        self.note_all(database)
        return target

    def tidy(self, database: Database, now: datetime) -> int:
        """Delete copies whose days are over and note who was erased; return how many copies went."""
        if not self.path.is_dir():
            return 0
        self.note_all(database)
        over = [each for each in self.list() if self.goes_at(each) <= now]
        for each in over:
            each.path.unlink(missing_ok=True)
        return len(over)

    def note(self, receipts: Collection[str]) -> None:
        """Note at once that people were erased, for copies that are opened when this database is lost.

        If it cannot be written now, the hourly work does it: they are erased all the same.
        """
        if not self.path.is_dir():
            return
        try:
            descriptor = os.open(self.path / ERASED_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, SECRET_FILE)
            with os.fdopen(descriptor, "a") as file:
                file.write(_lines(receipts))
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            log.exception("Who was erased could not be noted beside the backups; it is tried again within the hour")

    def note_all(self, database: Database) -> None:
        """Note everybody who was erased, should the note of one have been lost."""
        with database.reading() as db:
            there = set(db.exec(select(ErasureReceiptRecord.id)))
        noted = read_erased(self.path)
        if there - noted:
            write_whole(self.path / ERASED_FILE, _lines(sorted(there | noted)).encode(), SECRET_FILE)


def read_erased(folder: Path) -> set[str]:
    """Return the receipts that are noted in a folder of copies."""
    file = folder / ERASED_FILE
    return set(file.read_text(encoding="utf-8").split()) if file.is_file() else set()


def _lines(receipts: Iterable[str]) -> str:
    return "".join(f"{each}\n" for each in receipts)
