"""``eiassess audit``: what the terminal leaves behind, and the proof that nobody changed it."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.installation.conftest import ALICE


def actions(run: Run) -> list[tuple[str, str, str]]:
    """What the terminal did so far, but for asking for this."""
    found = [json.loads(line) for line in run("audit", "export", "--format", "jsonl").stdout.splitlines()]
    assert {each["actor_kind"] for each in found} == {"terminal"}
    return [
        (each["action"], each["object_kind"], each["outcome"]) for each in found if each["action"] != "audit.export"
    ]


@contextmanager
def database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(Path("instance/eiassess.sqlite"))) as db, db:
        yield db


def test_commands_leave_entries_and_looking_at_titles_leaves_none(ready: Run) -> None:
    ready("user", "add", *ALICE)
    opening = ready("opening", "add", "Adviser").stdout.strip()
    ready("opening", "assign", opening, "alice@example.org")
    ready("opening", "assign", opening, "nobody@example.org")
    ready("opening", "list")
    session = ready("invite", "add", opening, "casey@example.org", "--name", "Casey").stdout.split("\t")[0]
    ready("invite", "revoke", session)
    ready("opening", "export", opening, "--what", "scores")
    ready("report", "make", session, "-o", "report.pdf")
    ready("db", "delete-expired")
    assert actions(ready) == [
        ("account.add", "account", "done"),
        ("opening.add", "opening", "done"),
        ("opening.members", "opening", "done"),
        ("opening.members", "opening", "refused"),
        ("invitation.invite", "candidate", "done"),
        ("invitation.revoke-link", "candidate", "done"),
        ("candidates.export", "opening", "done"),
        ("candidate.export", "candidate", "refused"),
        ("time.run-deletion", "installation", "done"),
    ]


def test_an_erasure_that_a_duty_holds_is_asked_for_and_then_done(ready: Run, casey: str) -> None:
    duty = ("--person", "Dana", "--reason", "A complaint.", "--last-day")
    ready("candidate", "hold", casey, *duty, f"{datetime.now(UTC).year + 1}-06-30")
    before = len(actions(ready))
    ready("candidate", "erase", casey, "--number", "1")
    ready("candidate", "end-hold", casey)
    ready("db", "delete-expired")
    ready("db", "delete-expired")
    assert actions(ready)[before:] == [
        ("candidate.ask-erasure", "candidate", "done"),
        ("candidate.hold", "candidate", "done"),
        ("candidate.erase", "candidate", "done"),
        ("time.run-deletion", "installation", "done"),
    ]


def test_whoever_is_erased_again_from_a_copy_is_entered_there(ready: Run, casey: str) -> None:
    file = ready("db", "backup").stdout.strip()
    ready("candidate", "erase", casey, "--number", "1")
    ready("db", "restore", file, "--replace")
    assert actions(ready)[-1] == ("candidate.erase", "candidate", "done")
    with database() as db:
        about = db.execute("SELECT object_id FROM audit_entry WHERE action = 'candidate.erase'").fetchall()
    assert about == [(casey,)]
    assert ready("audit", "verify").exit_code == 0


def test_a_list_is_one_entry_with_a_number(ready: Run, opening: str) -> None:
    Path("people.csv").write_text("Name;E-mail\nKari;kari@example.org\nOla;ola@example.org\nNo;no@\n", "utf-8")
    assert ready("invite", "import", opening, "people.csv").exit_code == 1
    assert ready("invite", "import", opening, "people.csv", "--confirm").exit_code == 1
    with database() as db:
        found = db.execute("SELECT action, count FROM audit_entry WHERE number > 1").fetchall()
    stage, discard = ("invitation.stage-list", 3), ("invitation.discard-list", 1)
    assert found == [stage, discard, stage, ("invitation.invite", 2), discard]


def test_nothing_is_proved_of_nothing(ready: Run) -> None:
    assert ready("audit", "head").stderr == "There is no entry yet.\n"
    result = ready("audit", "verify")
    assert (result.exit_code, result.stderr) == (0, "0 entries, and all are as they were written.\n")


def test_a_changed_byte_is_found_and_named(ready: Run) -> None:
    ready("user", "add", *ALICE)
    ready("user", "roles", "alice@example.org", "--give", "analyst")
    head = ready("audit", "head").stdout.strip()
    assert head.startswith("2:")
    assert ready("audit", "verify", "--head", head).stderr == "2 entries, and all are as they were written.\n"
    with database() as db:
        db.execute("DROP TRIGGER audit_entry_update")
        db.execute("UPDATE audit_entry SET action = 'account.addd' WHERE number = 1")
    result = ready("audit", "verify")
    assert result.exit_code == 1
    assert result.stdout.startswith("Entry 1 (20")
    assert result.stdout.endswith("): changed: what it says and its hash do not fit\n")
    assert "NOT as it was written; 2 entries were read" in result.stderr
    assert ready("audit", "verify", "--head", "3:" + "0" * 64).stdout.endswith(
        "The end: entry 3 is not the one whose hash was kept elsewhere\n"
    )
    assert ready("audit", "verify", "--head", "3").exit_code == 2


def test_of_many_changes_the_first_are_named(ready: Run) -> None:
    ready("user", "add", *ALICE)
    for _ in range(24):
        ready("user", "roles", "alice@example.org", "--give", "analyst")
    with database() as db:
        db.execute("DROP TRIGGER audit_entry_update")
        db.execute("UPDATE audit_entry SET outcome = 'refused'")
    lines = ready("audit", "verify").stdout.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "and 5 more places"


def test_days_choose_what_is_written_and_a_file_appears(ready: Run) -> None:
    ready("user", "add", *ALICE)
    assert ready("audit", "export", "--to", "2000-01-01").stdout.count("\n") == 1
    result = ready("audit", "export", "--from", "2000-01-01", "-o", "audit.csv")
    assert result.exit_code == 0
    lines = Path("audit.csv").read_text("utf-8").splitlines()
    assert lines[0].startswith("number,at,actor_kind")
    assert "account.add" in lines[1]
    assert "alice" not in Path("audit.csv").read_text("utf-8").lower()
