"""``eiassess candidate ...``, what ``db delete-expired`` would do, and copies: people's rights by the command line."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from eiassess.cli.installation import opened_database, settings
from eiassess.persistence.tables import AssessmentSessionRecord
from tests.cli.conftest import Run


def candidates() -> list[str]:
    with opened_database(settings()) as database, database.reading() as db:
        return list(db.exec(select(AssessmentSessionRecord.id)))


def test_all_that_is_stored_is_printed_as_json_and_to_read(ready: Run, casey: str, tmp_path: Path) -> None:
    kept = json.loads(ready("candidate", "data", casey).stdout)
    assert (kept["name"], kept["email"], kept["number"]) == ("Casey Zwart", "casey@example.org", 1)
    assert "not_in_here" not in kept
    assert ready("candidate", "data", casey, "-o", "casey.json").stdout == ""
    assert json.loads((tmp_path / "casey.json").read_text()) == kept
    readable = ready("candidate", "data", casey, "--readable").stdout
    assert "Person\n  Number in this opening: 01\n  Name: Casey Zwart\n" in readable
    assert "\nInterviews\n  Stored: Nothing\n" in readable


def test_name_and_address_are_corrected(ready: Run, casey: str) -> None:
    assert ready("candidate", "correct", casey, "--name", "Casey Zwaart").stderr == "Corrected.\n"
    result = ready("candidate", "correct", casey, "--email", "zwaart@example.org")
    assert result.stderr.endswith(f"to close them: eiassess invite replace {casey}\n")
    kept = json.loads(ready("candidate", "data", casey).stdout)
    assert (kept["name"], kept["email"]) == ("Casey Zwaart", "zwaart@example.org")
    result = ready("candidate", "correct", casey, "--email", "zwaart")
    assert (result.exit_code, "is not an e-mail address" in result.stderr) == (2, True)


@pytest.mark.parametrize("words", [(), ("--number", ""), ("--number", " "), ("--number", "2")])
def test_nobody_is_erased_without_their_number(ready: Run, casey: str, words: tuple[str, ...]) -> None:
    result = ready("candidate", "erase", casey, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "number" in result.stderr
    assert candidates() == [casey]


def test_with_it_the_receipt_is_printed(ready: Run, casey: str) -> None:
    result = ready("candidate", "erase", casey, "--number", "1")
    assert (result.exit_code, len(result.stdout.strip()), result.stderr) == (0, 24, "")
    assert candidates() == []
    assert ready("candidate", "data", casey).stderr == "Error: There is no such candidate\n"


def test_a_duty_holds_until_it_ends(ready: Run, casey: str) -> None:
    duty = ("--person", "Dana", "--reason", "A complaint.", "--last-day")
    assert ready("candidate", "hold", casey, *duty, "2001-01-01").exit_code == 2
    day = f"{datetime.now(UTC).year + 1}-06-30"
    assert ready("candidate", "hold", casey, *duty, day).exit_code == 0
    result = ready("candidate", "erase", casey, "--number", "1")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("Nothing is erased yet: the records are held until ")
    assert ready("db", "delete-expired").stderr == "Deleted 0 candidates.\n"
    assert ready("candidate", "end-hold", casey).exit_code == 0
    assert ready("db", "delete-expired").stderr == "Deleted 1 candidates.\n"
    assert candidates() == []


def test_what_will_be_deleted_is_said_and_not_done(ready: Run, opening: str, casey: str) -> None:
    said = ready("db", "delete-expired", "--dry-run")
    assert said.stdout.startswith(f"{opening}\tAdviser\t0\t0\t20")
    assert said.stdout.endswith("\t1\n")
    assert candidates() == [casey]


def test_a_copy_is_made_listed_and_opened_again_without_whoever_was_erased(ready: Run, casey: str) -> None:
    file = ready("db", "backup").stdout.strip()
    listed = ready("db", "backups").stdout.split("\t")
    assert (listed[0], len(listed)) == (file, 4)
    assert Path(ready("db", "backup", "elsewhere").stdout.strip()).parent.name == "elsewhere"
    assert ready("candidate", "erase", casey, "--number", "1").exit_code == 0
    refused = ready("db", "restore", file)
    assert (refused.exit_code, "--replace" in refused.stderr) == (2, True)
    result = ready("db", "restore", file, "--replace")
    assert (result.exit_code, result.stderr) == (0, "Restored. Erased once more: 1.\n")
    assert candidates() == []
    assert ready("db", "restore", "missing.sqlite", "--replace").stderr == "Error: There is no file missing.sqlite\n"


@pytest.mark.parametrize("days", ["0", "x", "-1", "3651"])
def test_days_that_are_none_are_refused(ready: Run, monkeypatch: pytest.MonkeyPatch, days: str) -> None:
    monkeypatch.setenv("EIASSESS_BACKUP_DAYS", days)
    assert ready("db", "backups").stderr == (
        f"Error: EIASSESS_BACKUP_DAYS is {days!r}; give a number of days from 1 to 3650\n"
    )
