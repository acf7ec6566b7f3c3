"""``eiassess outcomes import``: shown first, recorded with --confirm; errors name file, row and field."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from eiassess.domain.deciding import DecisionStage
from eiassess.persistence.migrations import upgrade_database
from eiassess.services import Database
from eiassess.services.deciding.decisions import Decision, move_candidates
from eiassess.services.outcomes.switching import switch_on
from tests.cli.conftest import Run
from tests.hiring_story import tell_story

SHEET = """email,ownership,colleagues,remark
casey@example.org,4,5,good
Robin@Example.org,,,nothing seen
sam@example.org,6,1,
nobody@example.org,3,3,
CASEY@example.org,1,1,again
kim@example.org,3,,
"""


@pytest.fixture
def opening(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    assert run
    for name in list(os.environ):
        if name.startswith("EIASSESS_"):
            monkeypatch.delenv(name)
    instance = tmp_path / "instance"
    instance.mkdir()
    monkeypatch.setenv("EIASSESS_INSTANCE", str(instance))
    url = f"sqlite:///{instance / 'eiassess.sqlite'}"
    upgrade_database(url)
    database = Database(url)
    story = tell_story(database)
    switch_on(database, story.alice, story.opening, 90)
    hired = [story.submitted(name).session_id for name in ("Casey", "Robin", "Sam")]
    early = story.submitted("Eve").session_id
    story.invite("Kim")
    decision = Decision(DecisionStage.HIRED, "Hanna Head", "Best.")
    ended = datetime.now(UTC) - timedelta(days=91)
    move_candidates(database, story.alice, story.opening, hired, decision, ended)
    move_candidates(database, story.alice, story.opening, [early], decision, datetime.now(UTC) - timedelta(days=2))
    database.close()
    (tmp_path / "ratings.csv").write_text(SHEET)
    return story.opening


def kept(tmp_path: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(tmp_path / "instance" / "eiassess.sqlite")) as database:
        return database.execute("SELECT question, rating FROM work_rating ORDER BY rating").fetchall()


def test_a_sheet_is_shown_and_nothing_is_recorded(run: Run, opening: str, tmp_path: Path) -> None:
    result = run("outcomes", "import", opening, "ratings.csv")
    assert result.stdout.splitlines() == [
        "1 good, 5 refused.",
        (
            "Refused: ratings.csv, row 3: no question is answered; expected a number from 1 to 5 in ownership, "
            "colleagues"
        ),
        "Refused: ratings.csv, row 4, column ownership: '6' is no whole number from 1 to 5",
        "Refused: ratings.csv, row 5, column email: nobody of this opening has this address",
        "Refused: ratings.csv, row 6, column email: a row above has this address; only the first is taken",
        "Refused: ratings.csv, row 7, column email: They do not stand at hired",
        "Not read: ratings.csv, row 1, column remark",
        "Nothing is recorded yet; to record the good rows, give --confirm.",
    ]
    assert result.exit_code == 1
    assert kept(tmp_path) == []


def test_confirming_records_the_good_rows_once(run: Run, opening: str, tmp_path: Path) -> None:
    result = run("outcomes", "import", opening, "ratings.csv", "--confirm")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (1, "Recorded 1.")
    assert kept(tmp_path) == [("ownership", 4), ("colleagues", 5)]
    again = run("outcomes", "import", opening, "ratings.csv", "--confirm")
    assert "Refused: ratings.csv, row 2, column email: A rating of their work is kept already" in again.stdout
    assert len(kept(tmp_path)) == 2


def test_a_workbook_is_read_too(run: Run, opening: str, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.title = "Ratings"
    for row in (("Email", "Clear_answers"), ("sam@example.org", 2), ("casey@example.org", 2.5)):
        sheet.append(row)
    book.save(tmp_path / "ratings.xlsx")
    result = run("outcomes", "import", opening, "ratings.xlsx", "--confirm")
    assert "ratings.xlsx, sheet Ratings, row 3, column clear_answers: '2.5' is no whole number" in result.stdout
    assert kept(tmp_path) == [("clear_answers", 2)]


def test_what_cannot_be_read_at_all_is_said(run: Run, opening: str, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("mail,ownership\na@example.org,3\n")
    result = run("outcomes", "import", opening, "other.csv")
    assert result.exit_code == 2
    assert "other.csv, row 1: expected columns email and one or more of upset_customers, ownership" in result.stderr
    assert run("outcomes", "import", "nothing", "ratings.csv").exit_code == 2


def test_columns_that_are_not_read_are_named_and_doubled_ones_refused(run: Run, opening: str, tmp_path: Path) -> None:
    sheet = tmp_path / "columns.csv"
    sheet.write_text("E-Mail,email,Upset customers,making_it_their_own\nx,casey@example.org,4,5\n")
    shown = run("outcomes", "import", opening, str(sheet), "--confirm")
    assert shown.exit_code == 0
    assert "Not read: columns.csv, row 1, column E-Mail" in shown.stdout
    assert "Not read: columns.csv, row 1, column making_it_their_own" in shown.stdout
    assert kept(tmp_path) == [("upset_customers", 4)]
    sheet.write_text("email,ownership,Ownership \nrobin@example.org,1,5\n")
    refused = run("outcomes", "import", opening, str(sheet))
    assert refused.exit_code == 2
    assert "columns.csv, row 1, column ownership: it stands there more than once; leave one" in refused.stderr


def test_a_row_that_cannot_be_read_is_refused(run: Run, opening: str, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text('email,ownership\ncasey@example.org,3\nsam@example.org,4,5,6,7\n"robin@exa')
    result = run("outcomes", "import", opening, "odd.csv")
    assert result.stdout


def test_a_sheet_without_fault_ends_well(run: Run, opening: str, tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text("email,ownership\ncasey@example.org,3\n")
    assert run("outcomes", "import", opening, "good.csv", "--confirm").exit_code == 0
    assert kept(tmp_path) == [("ownership", 3)]


def test_nobody_is_rated_before_their_day(run: Run, opening: str, tmp_path: Path) -> None:
    (tmp_path / "early.csv").write_text("email,ownership\neve@example.org,3\n")
    for confirm in ((), ("--confirm",)):
        result = run("outcomes", "import", opening, "early.csv", *confirm)
        assert "Refused: early.csv, row 2, column email: Their work is asked about from " in result.stdout
    assert kept(tmp_path) == []
