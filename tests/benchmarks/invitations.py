"""Inviting many people at once, beside bare INSERTs of the same rows by SQLAlchemy Core, each on a fresh SQLite file.

Ours makes ids, numbers, tokens, their hashes, what searches look at, and queues the mails; the bare side has all rows
ready as dictionaries and only writes them. Both end with the commit.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from eiassess.people_lists.reading import text_sheets
from eiassess.persistence.engine import Database
from eiassess.persistence.migrations import upgrade_database
from eiassess.persistence.tables import AssessmentSessionRecord, CandidateRecord, InvitationRecord, MessageRecord
from eiassess.services.hiring.invitation_lists import confirm_list, stage_list
from eiassess.services.hiring.invitations import locked_opening
from eiassess.services.hiring.inviting import Invitee, invite_all
from eiassess.services.hiring.openings import add_opening
from tests.benchmarks.timing import answer, our_side, run
from tests.hiring_story import LINKS, NOON, standard_form

TABLES = (CandidateRecord, AssessmentSessionRecord, InvitationRecord, MessageRecord)
TURNS = 5

Rows = dict[Any, list[dict[str, Any]]]


@dataclass(frozen=True)
class InvitationsCase:
    """People invited at once, from prepared names and from a list that waits, against bare INSERTs."""

    people: int
    seconds: float
    list_seconds: float
    bare_seconds: float
    same_rows: bool


def measure_invitations(people: int) -> InvitationsCase:
    """Invite in a process of its own."""
    said = run(our_side("invitations", people))
    said.pop("peak_megabytes")
    return InvitationsCase(people, **said)


def _measure(people: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        origin = Path(folder) / "origin.sqlite"
        upgrade_database(f"sqlite:///{origin}")
        with _opened(origin) as database:
            opening = add_opening(database, "Adviser", standard_form(), NOON)
        who = [Invitee(f"Kari Nordmann {n}", f"kari.nordmann{n}@example.org") for n in range(int(people))]
        turns = [_turn(origin, opening, who) for _ in range(TURNS)]
    ours, listed, bare, same = zip(*turns, strict=True)
    answer(
        seconds=statistics.median(ours),
        list_seconds=statistics.median(listed),
        bare_seconds=statistics.median(bare),
        same_rows=all(same),
    )


def _turn(origin: Path, opening: str, who: list[Invitee]) -> tuple[float, float, float, bool]:
    """Time ours, a list's and the bare side's way, each on a copy of its own."""
    with _copy(origin) as database:
        ours = _seconds(lambda: _invite(database, opening, who))
        rows = _rows(database)
    with _copy(origin) as database:
        text = "Name;E-mail\n" + "".join(f"{each.name};{each.email}\n" for each in who)
        list_id = stage_list(database, None, opening, text_sheets(text), "pasted", NOON)
        listed = _seconds(lambda: confirm_list(database, LINKS, None, list_id, NOON))
    with _copy(origin) as database:
        bare = _seconds(lambda: _insert(database, rows))
        return ours, listed, bare, _rows(database) == rows


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _invite(database: Database, opening: str, who: list[Invitee]) -> None:
    with database.writing() as db:
        invite_all(db, LINKS, locked_opening(db, opening), who, NOON, valid_days=14)


def _insert(database: Database, rows: Rows) -> None:
    with database.writing() as db:
        for table in TABLES:
            db.connection().execute(insert(table), rows[table])


def _rows(database: Database) -> Rows:
    with database.reading() as db:
        return {
            table: [dict(row) for row in db.connection().execute(select(table.__table__)).mappings()]  # type: ignore[attr-defined]
            for table in TABLES
        }


@contextmanager
def _copy(origin: Path) -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder, _opened(Path(shutil.copy(origin, folder))) as database:
        yield database


@contextmanager
def _opened(path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{path}")
    try:
        yield database
    finally:
        database.close()


if __name__ == "__main__":
    _measure(*sys.argv[1:])
