"""``eiassess invite import``: a list is shown first, and only good rows are invited."""

import os
from pathlib import Path

import pytest

from eiassess.people_lists.reading import file_sheets, read_people
from tests.cli.conftest import Run
from tests.mail_host import MailHost, running

LIST = "Full name;Mail\nKari;kari@example.org\nOla;ola@\nLiv;liv\nKari;Kari@Example.org\n"


@pytest.fixture
def opening(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in list(os.environ):
        if name.startswith("EIASSESS_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    assert run("db", "upgrade").exit_code == 0
    return run("opening", "add", "Adviser").stdout.strip()


@pytest.fixture
def people(tmp_path: Path) -> str:
    (tmp_path / "people.csv").write_text(LIST)
    return "people.csv"


def n_candidates(run: Run) -> str:
    return run("opening", "list").stdout.split()[-2]


def test_a_list_is_shown_and_nobody_is_invited(run: Run, opening: str, people: str) -> None:
    result = run("invite", "import", opening, people)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "1 good, 3 refused, 0 sat the same form lately.",
        (
            "Refused: lines 3 and 4 (2 rows), column Mail: 'ola@', 'liv' is not an e-mail address: it is not a name, "
            "an @ and a domain, as in name@example.org"
        ),
        (
            "Refused: line 5, column Mail: 'Kari@Example.org (as in line 2)' has the address of a row above; one "
            "person is invited once, so only the first is taken"
        ),
        "Nobody is invited yet; to invite the good rows, give --confirm.",
    ]
    assert n_candidates(run) == "0"


def test_confirming_invites_the_good_rows_once(run: Run, opening: str, people: str, tmp_path: Path) -> None:
    result = run("invite", "import", opening, people, "--confirm", "--refused", "refused.xlsx")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (1, "Invited 1, and their mails are queued.")
    assert n_candidates(run) == "1"
    mended = read_people(file_sheets(tmp_path / "refused.xlsx"))
    assert [(each.name, each.email) for each in mended.people] == [
        ("Ola", "ola@"),
        ("Liv", "liv"),
        ("", "kari@example.org"),
    ]
    again = run("invite", "import", opening, people, "--confirm")
    assert again.exit_code == 2
    assert "candidate 1) is invited here already; take the row out" in again.stdout.replace("'", "")
    assert "Nobody on this list can be invited" in again.stderr
    assert n_candidates(run) == "1"


def test_a_list_without_faults_ends_well(run: Run, opening: str, tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text("Name,Email,City\nKari,kari@example.org,Oslo\n")
    result = run("invite", "import", opening, "good.csv", "--confirm")
    assert result.exit_code == 0
    assert "Not used: City" in result.stdout


def test_columns_are_named_where_the_header_is_not_known(run: Run, opening: str, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Wer;Kontakt\nKari;kari@example.org\n")
    asked = run("invite", "import", opening, "list.csv")
    assert asked.exit_code == 2
    assert "list.csv: line 1: 'Wer | Kontakt' no column is recognised" in asked.stderr
    assert "Columns: A (Wer, Kari); B (Kontakt, kari@example.org)" in asked.stderr
    told = run("invite", "import", opening, "list.csv", "--column", "email=Kontakt", "--column", "name=A")
    assert (told.exit_code, told.stdout.splitlines()[0][:6]) == (0, "1 good")


@pytest.mark.parametrize("column", ["name", "name=", "town=B", "=B"])
def test_a_choice_that_says_nothing_is_explained(run: Run, opening: str, people: str, column: str) -> None:
    result = run("invite", "import", opening, people, "--column", column)
    assert result.exit_code == 2
    assert "expected one of name, first-name, last-name, email, phone, then =" in " ".join(result.stderr.split())


def test_a_file_that_is_not_there_and_an_opening_that_is_not_there(run: Run, opening: str, people: str) -> None:
    assert "none.csv: cannot be read" in run("invite", "import", opening, "none.csv").stderr
    assert "There is no opening 'nowhere'" in run("invite", "import", "nowhere", people).stderr


def test_international_addresses_are_named_where_the_server_takes_none(
    run: Run, opening: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "list.csv").write_text("Name,Email\nJørn,jørn@example.org\nKari,kari@example.org\n")
    assert run("invite", "import", opening, "list.csv").stdout.startswith("2 good")
    monkeypatch.setenv("EIASSESS_MAIL_FROM", "jobs@example.org")
    with running(MailHost(offers=frozenset())) as host:
        monkeypatch.setenv("EIASSESS_SMTP_URL", host.url("?starttls=never"))
        result = run("invite", "import", opening, "list.csv", "--confirm")
    assert "it does not speak SMTPUTF8); ask for another address" in result.stdout
    assert result.stdout.splitlines()[-1] == "Invited 1, and their mails are queued."
