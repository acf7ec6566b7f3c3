"""``eiassess invite``: which addresses are taken, and one invitation for each person."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def opening(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in list(os.environ):
        if name.startswith("EIASSESS_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    assert run("db", "upgrade").exit_code == 0
    return run("opening", "add", "Adviser").stdout.strip()


ROBIN = "robin.vale@example.org"
ADDRESSES = (
    (ROBIN, ""),
    ("Robin.Vale@Example.ORG", "Robin Vale (candidate 1, robin.vale@example.org) is invited to this opening until"),
    (f" {ROBIN} ", "eiassess invite replace"),
    (f"{ROBIN}\u00a0", "eiassess invite replace"),
    ("mailto:mika.oduya@example.org", "leave out mailto: and give 'mika.oduya@example.org'"),
    ("mika.oduya@example.org;tess.holm@example.org", "give one address at a time"),
    ("mika.oduya@example.org, tess.holm@example.org", "give one address at a time"),
    ("Mika Oduya <mika.oduya@example.org>", "give only what stands between < and >"),
    ("tess.\u200bholm@example.org", "U+200B (ZERO WIDTH SPACE)"),
    ("tess..holm@example.org", "two dots in a row"),
    ("tess.holm@example.org.", "a dot at the end"),
    ("tess.holm@example", "not a full domain"),
    ("jörg.møller@example.org", ""),
    ("tess+desk@example.org", ""),
)


def test_addresses_are_taken_or_refused_one_after_the_other(run: Run, opening: str) -> None:
    for address, why in ADDRESSES:
        result = run("invite", "add", opening, address, "--name", "Robin Vale")
        assert (result.exit_code == 0) == (why == ""), address
        assert (why in result.stderr, result.stderr.count("\n")) == (True, 1 if why else 0)
        assert bool(result.stdout) == (why == "")
    assert run("opening", "list").stdout.split()[-2:] == ["3", "0"]


def test_after_a_withdrawal_the_same_candidate_is_invited_anew(run: Run, opening: str) -> None:
    words = ("invite", "add", opening, ROBIN, "--name", "Robin Vale")
    session, link = run(*words).stdout.split()
    assert run("invite", "revoke", session).exit_code == 0
    again = run(*words)
    assert again.stderr == "Invited before: the link leads to the same candidate, and answers stay.\n"
    assert again.stdout.split()[0] == session
    assert again.stdout.split()[1] != link


def test_who_sat_the_form_lately_is_invited_by_an_option_that_the_refusal_names(
    run: Run, opening: str, tmp_path: Path
) -> None:
    assert run("invite", "add", opening, ROBIN, "--name", "Robin Vale").exit_code == 0
    with closing(sqlite3.connect(tmp_path / "instance" / "eiassess.sqlite")) as database, database:
        handed_in = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
        database.execute("update assessment_session set state = 'submitted', submitted_at = ?", (handed_in,))
    words = ("invite", "add", run("opening", "add", "Night shift").stdout.strip(), ROBIN, "--name", "Robin Vale")
    refused = run(*words)
    assert refused.exit_code != 0
    assert refused.stderr.endswith(
        "sat the same form less than six months ago and has practised; if they are to be invited all the same, say so: "
        "--also-sat\n"
    )
    assert run(*words, "--also-sat").exit_code == 0


@pytest.mark.parametrize(("length", "code"), [(200, 0), (201, 2)])
def test_the_longest_name(run: Run, opening: str, length: int, code: int) -> None:
    assert run("invite", "add", opening, ROBIN, "--name", "ß" * length).exit_code == code


@pytest.mark.parametrize(("length", "code"), [(254, 0), (255, 2)])
def test_the_longest_address(run: Run, opening: str, length: int, code: int) -> None:
    address = "r" * (length - len("@example.org")) + "@example.org"
    assert run("invite", "add", opening, address, "--name", "Robin Vale").exit_code == code
