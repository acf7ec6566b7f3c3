"""Deleting goes on after a kill in the middle, and says beforehand what will go."""

import signal
import subprocess
import sys

import pytest

from eiassess.errors import NotFoundError
from eiassess.persistence.tables import OpeningRecord
from eiassess.services.hiring.inviting import Invitee, invite_all
from eiassess.services.hiring.openings import KEEP_DAYS
from eiassess.services.privacy.holding import Duty, hold_records
from eiassess.services.upkeep.foretelling import foretell, foretell_all
from eiassess.services.upkeep.retention import AT_ONCE, delete_expired
from tests.hiring_story import LINKS, NOON, Story, after, rows, tables

N = AT_ONCE + 30
OVER = after(days=KEEP_DAYS + 15)
KILLED = f"""
import os, signal, sys
from datetime import datetime
from sqlalchemy import Engine, event
from eiassess.services import Database
from eiassess.services.upkeep.retention import delete_expired
seen = 0
@event.listens_for(Engine, "before_cursor_execute")
def kill(connection, cursor, statement, *rest):
    global seen
    if statement.startswith("DELETE FROM candidate "):
        seen += 1
        if seen == {AT_ONCE + 15}:
            os.kill(os.getpid(), signal.SIGKILL)
delete_expired(Database(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
"""  # noqa: S608 - a program, no statement


def many(story: Story, n: int) -> None:
    with story.database.writing() as db:
        opening = db.get_one(OpeningRecord, story.opening)
        people = [Invitee(f"Person {number}", f"p{number}@example.org") for number in range(n)]
        invite_all(db, LINKS, opening, people, NOON, valid_days=14)


def test_a_kill_in_the_middle_leaves_everybody_whole_or_gone_and_the_next_time_goes_on(story: Story) -> None:
    many(story, N)
    words = [sys.executable, "-c", KILLED, story.database.url, OVER.isoformat()]
    ended = subprocess.run(words, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    left = {row["id"] for row in rows(story.database, "assessment_session")}
    assert len(left) == N - AT_ONCE
    assert {row["session_id"] for row in rows(story.database, "invitation")} == left
    assert {row["candidate_id"] for row in rows(story.database, "assessment_session")} == {
        row["id"] for row in rows(story.database, "candidate")
    }
    assert len(rows(story.database, "erasure_receipt")) == AT_ONCE
    assert delete_expired(story.database, OVER) == N - AT_ONCE
    assert len(rows(story.database, "erasure_receipt")) == N
    kept = [
        table for table in tables(story.database) if any("session_id" in row for row in rows(story.database, table))
    ]
    assert kept == []


def test_what_will_go_is_said_beforehand(story: Story) -> None:
    assert foretell(story.database, story.alice, story.opening, NOON).n_kept == 0
    assert foretell_all(story.database, NOON) == ()
    casey, _ = story.submitted("Casey"), story.submitted("Robin")
    story.invite("Kim")
    handed_in = after(hours=1)
    found = foretell(story.database, story.alice, story.opening, NOON)
    assert (found.n_kept, found.n_due, found.n_next, found.n_soon, found.n_held) == (3, 0, 2, 0, 0)
    assert found.next_at == after(hours=1, days=KEEP_DAYS)
    assert foretell_all(story.database, NOON) == (found,)
    found = foretell(story.database, story.alice, story.opening, after(hours=2, days=KEEP_DAYS))
    assert (found.n_due, found.n_next, found.n_soon) == (2, 1, 3)
    hold_records(story.database, story.alice, casey.session_id, Duty("Dana", "Why", "2028-01-01"), handed_in)
    found = foretell(story.database, story.alice, story.opening, after(days=400))
    assert (found.n_kept, found.n_due, found.next_at, found.n_next, found.n_held) == (3, 2, None, 0, 1)
    assert delete_expired(story.database, after(days=400)) == 2
    with pytest.raises(NotFoundError):
        foretell(story.database, story.charlie, story.opening, NOON)
