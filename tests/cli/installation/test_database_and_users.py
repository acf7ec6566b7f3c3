"""The database and its users from the command line: what is printed where, and exit codes."""

import re
import stat
import subprocess
import sys
import unicodedata
from base64 import b32decode
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from eiassess.cli.installation import opened_database, secret_key, settings, utc_now
from eiassess.domain.one_time_codes import code_of, step_at
from eiassess.persistence.migrations import downgrade_database
from eiassess.services.people.accounts import find_account, find_user_record
from eiassess.services.people.two_steps import begin_two_steps, find_app_secret, turn_two_steps_on
from tests.cli.conftest import Run
from tests.cli.installation.conftest import ALICE
from tests.databases import free_port


class TestDatabase:
    def test_upgrading_twice_is_upgrading_once(self, run: Run) -> None:
        first, second = run("db", "upgrade"), run("db", "upgrade")
        assert (first.exit_code, first.stdout, second.exit_code, second.stdout) == (0, "", 0, "")
        assert re.fullmatch(r"Upgraded by \d+ steps\.\n", first.stderr)
        assert second.stderr == "Nothing to do: the database is up to date.\n"

    @pytest.mark.parametrize(
        "words",
        [("opening", "list"), ("user", "add", *ALICE), ("invite", "revoke", "x"), ("serve", "--port", "0")],
    )
    def test_a_missing_database_is_called_missing(self, run: Run, words: tuple[str, ...]) -> None:
        result = run(*(str(free_port()) if word == "0" else word for word in words))
        assert (result.exit_code, result.stdout) == (2, "")
        where = settings().database_url.removeprefix("sqlite:///")
        said = f"Error: There is no database yet at {where}; to make it, run: eiassess db upgrade\n"
        assert result.stderr == said
        assert not Path(where).exists()
        Path(where).parent.mkdir(parents=True, exist_ok=True)
        Path(where).touch()
        assert run("opening", "list").stderr == said

    def test_an_old_database_is_called_old(self, ready: Run) -> None:
        downgrade_database(settings().database_url, "-1")
        result = ready("opening", "list")
        assert result.stderr == "Error: The database is older than the program; run: eiassess db upgrade\n"

    def test_what_lies_in_the_instance_is_for_its_owner_only(self, ready: Run, tmp_path: Path) -> None:
        del ready
        assert stat.S_IMODE((tmp_path / "instance").stat().st_mode) == 0o700

    @pytest.mark.parametrize("words", [("db", "upgrade"), ("opening", "list")])
    def test_a_server_that_does_not_answer_is_one_line(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
    ) -> None:
        monkeypatch.setenv("EIASSESS_DATABASE_URL", f"postgresql://alice:swordfish@127.0.0.1:{free_port()}/x")
        result = run(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("Error: The database cannot be opened (")
        assert result.stderr.count("\n") == 1
        assert "swordfish" not in result.stderr

    def test_expired_candidates_are_deleted_on_demand(self, ready: Run) -> None:
        result = ready("db", "delete-expired")
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Deleted 0 candidates.\n")


class TestUsers:
    def test_the_printed_password_is_the_one(self, ready: Run) -> None:
        result = ready("user", "add", *ALICE)
        password = result.stdout.strip()
        assert (result.exit_code, result.stderr, len(password)) == (0, "", 20)
        assert verifies(password)
        again = ready("user", "password", ALICE[0]).stdout.strip()
        assert again != password
        assert verifies(again)

    def test_a_password_from_standard_input_is_not_printed(self, ready: Run) -> None:
        del ready
        for words in (("user", "add", *ALICE), ("user", "password", ALICE[0])):
            result = tell_password(words, "käse und brot dazu")
            assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
        assert verifies("käse und brot dazu")

    def test_a_password_that_is_too_short_is_refused_at_both_places(self, ready: Run) -> None:
        assert ready("user", "add", *ALICE).exit_code == 0
        for words in (("user", "add", "bob@example.org", *ALICE[1:]), ("user", "password", ALICE[0])):
            result = tell_password(words, "short")
            assert result.returncode == 2
            assert result.stderr == "Error: A password needs at least 12 characters\n"

    def test_two_steps_are_turned_off_for_whoever_lost_phone_and_codes(self, ready: Run) -> None:
        ready("user", "add", *ALICE)
        with opened_database(settings()) as database:
            alice = find_account(database, "alice@example.org")
            assert alice
            begin_two_steps(database, alice.id, utc_now())
            secret = secret_key(settings())
            found = find_app_secret(database, secret, alice.id)
            assert found
            code = code_of(b32decode(found.text.replace(" ", "")), step_at(utc_now()))
            turn_two_steps_on(database, secret, alice.id, code, utc_now())
        results = [ready("user", "two-steps-off", "alice@example.org") for _ in range(2)]
        assert [(each.exit_code, each.stdout, each.stderr) for each in results] == [
            (0, "", "off\n"),
            (0, "", "was off already\n"),
        ]
        missing = ready("user", "two-steps-off", "nobody@example.org")
        assert (missing.exit_code, missing.stderr) == (2, "Error: There is no account for nobody@example.org\n")

    def test_an_address_is_taken_once(self, ready: Run) -> None:
        assert ready("user", "add", *ALICE).exit_code == 0
        result = ready("user", "add", "ALICE@example.org", *ALICE[1:])
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == "Error: There is already an account for alice@example.org\n"

    @pytest.mark.parametrize(
        "words",
        [
            ("user", "add", "alice", "--name", "A", "--role", "recruiter"),
            ("user", "add", "alice@example.org", "--name", "A", "--role", "owner"),
            ("user", "add", "alice@example.org", "--name", " ", "--role", "recruiter"),
            ("user", "password", "nobody@example.org"),
        ],
    )
    def test_what_cannot_be_used_is_refused(self, ready: Run, words: tuple[str, ...]) -> None:
        result = ready(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "Error: " in result.stderr

    def test_the_first_administrator_comes_by_a_link(self, ready: Run) -> None:
        first, second = (ready("user", "first-administrator") for _ in range(2))
        for result in (first, second):
            assert result.exit_code == 0
            assert re.fullmatch(r"http://127\.0\.0\.1:8000/join/[\w-]{43}\n", result.stdout)
            assert "Open it within an hour" in result.stderr
        assert first.stdout != second.stdout
        assert ready("user", "add", *ALICE[:-1], "administrator").exit_code == 0
        refused = ready("user", "first-administrator")
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert refused.stderr == "Error: There is an administrator already, who invites others under People\n"


def verifies(password: str) -> bool:
    with opened_database(settings()) as database:
        user = find_user_record(database, email=ALICE[0])
    assert user
    return PasswordHasher().verify(user.password, unicodedata.normalize("NFKD", password))


def tell_password(words: tuple[str, ...], password: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "eiassess", *words, "--password-stdin"],
        input=f"{password}\n", capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
