"""An installation looked after from the command line: what is printed where, exit codes, and real servers."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import unicodedata
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from eiassess.cli import doctor, report
from eiassess.cli.installation import opened_database, secret_key, settings, utc_now
from eiassess.domain.forms import AssessmentForm
from eiassess.errors import SetupError
from eiassess.persistence.migrations import downgrade_database
from eiassess.reporting.kinds.hiring.sample import sample_hiring_report
from eiassess.services.hiring.invitations import open_invitation
from eiassess.services.people import accounts
from eiassess.services.people.accounts import find_user_record
from eiassess.services.sitting.answers import get_sitting, record_consent, save_response
from eiassess.services.sitting.handing_in import submit_session
from tests.banks.small_bank import FORM_FILE, edit, write_small_bank
from tests.cli.conftest import Run
from tests.databases import free_port

ALICE = ("alice@example.org", "--name", "Alice", "--role", "recruiter")


@pytest.fixture(autouse=True)
def _own_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("EIASSESS_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(accounts, "PASSWORD_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def ready(run: Run) -> Run:
    """A command line whose database is there."""
    assert run("db", "upgrade").exit_code == 0
    return run


@pytest.fixture
def opening(ready: Run) -> str:
    return ready("opening", "add", "Adviser").stdout.strip()


@pytest.fixture
def few_fonts(tmp_path: Path) -> Path:
    """A machine with one typeface: Latin, Greek, Cyrillic, Arabic, Hebrew and a few more."""
    file = tmp_path / "fonts.conf"
    folder = next(Path("/usr/share/fonts").glob("**/DejaVuSans.ttf")).parent
    file.write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{tmp_path}/fonts</cachedir></fontconfig>", "utf-8")
    return file


@contextmanager
def session_of(link: str) -> Iterator[tuple[object, str]]:
    token = link.rstrip().rpartition("/")[2]
    with opened_database(settings()) as database:
        yield database, open_invitation(database, token)


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


class TestOpeningsAndInvitations:
    def test_an_opening_is_added_with_members_and_listed(self, ready: Run) -> None:
        ready("user", "add", *ALICE)
        ready("user", "add", "dana@example.org", "--name", "Dana", "--role", "manager")
        added = ready("opening", "add", "Adviser", "--member", ALICE[0], "--keep-days", "30")
        opening = added.stdout.strip()
        assert (added.exit_code, added.stderr) == (0, "")
        assert ready("opening", "assign", opening, "dana@example.org").exit_code == 0
        listed = ready("opening", "list")
        assert (listed.exit_code, listed.stdout) == (0, f"{opening}\tAdviser\t0\t0\n")

    def test_a_member_gets_parts_and_is_told_which_role_they_need(self, ready: Run, opening: str) -> None:
        assert ready("user", "add", *ALICE, "--role", "manager").exit_code == 0
        assert ready("opening", "assign", opening, ALICE[0], "--part", "manages", "--part", "interviews").exit_code == 0
        assert ready("user", "roles", ALICE[0], "--take", "manager").stdout == "recruiter\n"
        refused = ready("opening", "assign", opening, ALICE[0], "--part", "recruits", "--part", "manages")
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert "needs the role manager for this part" in refused.stderr
        given = ready("user", "roles", ALICE[0], "--give", "administrator", "--give", "manager")
        assert given.stdout == "administrator manager recruiter\n"

    def test_an_opening_goes_over_to_another_form(self, ready: Run, opening: str, tmp_path: Path) -> None:
        bank = write_small_bank(tmp_path / "banks" / "small")
        changed = ready("opening", "use-form", opening, str(bank / FORM_FILE))
        assert (changed.exit_code, changed.stdout, changed.stderr) == (0, "", "")
        assert ready("opening", "use-form", "nowhere", str(bank / FORM_FILE)).exit_code == 2
        edit(bank, FORM_FILE, r"^version = 1$", 'version = 1\nstatus = "draft"')
        refused = ready("opening", "use-form", opening, str(bank / FORM_FILE))
        assert refused.exit_code == 2
        assert "is a draft; only trial and operational content can be sat" in refused.stderr

    @pytest.mark.parametrize(
        ("words", "problem"),
        [
            (("opening", "add", "Adviser", "--form", "nowhere"), "There is no form 'nowhere'; forms here: "),
            (("opening", "add", "Adviser", "--member", "x@example.org"), "There is no account for x@example.org"),
            (("opening", "add", "Adviser", "--keep-days", "0"), "Answers have to be kept for at least one day"),
            (("opening", "assign", "nowhere", "x@example.org"), "There is no opening 'nowhere'"),
            (("invite", "add", "nowhere", "x@example.org", "--name", "X"), "There is no opening 'nowhere'"),
            (("invite", "replace", "nowhere"), "There is no session 'nowhere'"),
            (("invite", "revoke", "nowhere"), "There is no session 'nowhere'"),
            (("report", "make", "nowhere", "-o", "a.pdf"), "There is no session 'nowhere' that was handed in"),
            (("report", "preview", "nothing", "-o", "a.pdf"), "There is no kind of report 'nothing'; kinds: hiring"),
        ],
    )
    def test_what_is_not_there_is_one_line(self, ready: Run, words: tuple[str, ...], problem: str) -> None:
        result = ready(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"Error: {problem}")
        assert result.stderr.count("\n") == 1
        assert not Path("a.pdf").exists()

    def test_a_printed_link_opens_until_it_is_replaced_or_revoked(
        self, ready: Run, opening: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("EIASSESS_BASE_URL", "https://hiring.example.org/")
        added = ready("invite", "add", opening, "casey@example.org", "--name", "Casey", "--valid-days", "3")
        session, link = added.stdout.split("\t")
        assert (added.exit_code, added.stderr) == (0, "")
        assert link.startswith("https://hiring.example.org/i/")
        with session_of(link):
            pass
        replaced = ready("invite", "replace", session)
        assert replaced.stdout.split("\t")[0] == session
        with pytest.raises(Exception, match="cannot be used any more"), session_of(link):
            pass
        with session_of(replaced.stdout):
            pass
        assert ready("invite", "revoke", session).exit_code == 0
        with pytest.raises(Exception, match="cannot be used any more"), session_of(replaced.stdout):
            pass


class TestReports:
    def test_the_preview_is_a_pdf(self, run: Run, tmp_path: Path) -> None:
        result = run("report", "preview", "hiring", "-o", "sample.pdf")
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Wrote sample.pdf\n")
        assert (tmp_path / "sample.pdf").read_bytes().startswith(b"%PDF-")

    def test_a_folder_that_is_not_there_is_one_line(self, run: Run) -> None:
        result = run("report", "preview", "hiring", "-o", "nowhere/sample.pdf")
        assert (result.exit_code, result.stderr) == (2, "Error: nowhere/sample.pdf: No such file or directory\n")

    def test_letters_that_no_font_has_are_named_and_the_report_is_made(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few_fonts: Path
    ) -> None:
        thai = replace(sample_hiring_report(), candidate="สมชาย Lind")
        monkeypatch.setattr(report, "sample_hiring_report", lambda: thai)
        monkeypatch.setenv("FONTCONFIG_FILE", str(few_fonts))
        result = run("report", "preview", "hiring", "-o", "a.pdf")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == (
            "Wrote a.pdf\nNot all of it can be read: no font on this machine has Thai (ช ม ย ส า). "
            "On Debian: apt-get install fonts-noto-core\n"
        )
        assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")

    def test_a_session_that_was_handed_in_gives_a_report(self, ready: Run, opening: str, tmp_path: Path) -> None:
        session, link = ready("invite", "add", opening, "casey@example.org", "--name", "Casey").stdout.split("\t")
        refused = ready("report", "make", session, "-o", "casey.pdf")
        assert (refused.exit_code, refused.stderr) == (
            2, f"Error: There is no session {session!r} that was handed in\n",
        )  # fmt: skip
        with session_of(link) as (database, invitation):
            record_consent(database, invitation, utc_now())  # type: ignore[arg-type]  # a Database
            form: AssessmentForm = get_sitting(database, invitation).form  # type: ignore[arg-type]  # the same
            for number, scenario in enumerate(form.scenarios):
                ratings = {option: (number + i) % 6 + 1 for i, option in enumerate(scenario.option_ids)}
                save_response(database, invitation, scenario.id, ratings, 0, utc_now())  # type: ignore[arg-type]  # the same
            submit_session(database, invitation, utc_now())  # type: ignore[arg-type]  # the same
        made = ready("report", "make", session, "-o", "casey.pdf")
        assert (made.exit_code, made.stdout, made.stderr) == (0, "", "Wrote casey.pdf\n")
        assert (tmp_path / "casey.pdf").read_bytes().startswith(b"%PDF-")


class TestDoctor:
    def test_a_good_installation(self, ready: Run) -> None:
        result = ready("doctor")
        assert (result.exit_code, result.stderr) == (0, "")
        lines = result.stdout.splitlines()
        assert [line.split()[0] for line in lines] == ["ok"] * len(lines)
        assert {"Settings", "Question", "Templates", "Database", "PDF", "Python"} <= {line.split()[1] for line in lines}

    def test_a_missing_database(self, run: Run) -> None:
        result = run("doctor")
        assert result.exit_code == 1
        assert "MISSING  Database: there is none yet at " in result.stdout

    def test_an_old_database(self, ready: Run) -> None:
        downgrade_database(settings().database_url, "base")
        result = ready("doctor")
        assert result.exit_code == 1
        assert "MISSING  Database: is not up to date; run: eiassess db upgrade" in result.stdout

    @pytest.mark.parametrize(
        ("name", "value", "finding"),
        [
            ("EIASSESS_BASE_URL", "hiring.example.org", "MISSING  Settings: EIASSESS_BASE_URL is"),
            ("EIASSESS_BASE_URL", "http://hiring.example.org", "MISSING  Settings: EIASSESS_BASE_URL is"),
            ("EIASSESS_DATABASE_URL", "mysql://x", "MISSING  Database: EIASSESS_DATABASE_URL must start with"),
            ("EIASSESS_DATABASE_URL", "sqlite:////proc/nowhere/a.sqlite", "MISSING  Database: "),
            ("EIASSESS_SECRET_KEY", "short", "MISSING  Secret key: EIASSESS_SECRET_KEY needs at least 32"),
        ],
    )
    def test_a_broken_installation(
        self, ready: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, finding: str
    ) -> None:
        monkeypatch.setenv(name, value)
        result = ready("doctor")
        assert (result.exit_code, result.stderr) == (1, "")
        assert finding in result.stdout
        assert "ok       PDF" in result.stdout

    def test_missing_data_and_programs(self, ready: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing(*_: object) -> None:
            message = "The folder 'question_banks' is missing from this installation"
            raise FileNotFoundError(message)

        def no_pango(*_: object) -> None:
            message = "Pango is missing."
            raise SetupError(message)

        monkeypatch.setattr(doctor, "settings", missing)
        monkeypatch.setattr(doctor.PdfRenderer, "render", no_pango)
        result = ready("doctor")
        assert result.exit_code == 1
        assert "MISSING  Settings: The folder 'question_banks' is missing" in result.stdout
        assert "MISSING  PDF: Pango is missing. Debian and Ubuntu: apt-get install libpango" in result.stdout

    def test_letters_that_no_font_has_are_named_with_their_package(
        self, ready: Run, monkeypatch: pytest.MonkeyPatch, few_fonts: Path
    ) -> None:
        monkeypatch.setenv("FONTCONFIG_FILE", str(few_fonts))
        result = ready("doctor")
        assert result.exit_code == 1
        (line,) = (each for each in result.stdout.splitlines() if "Letters in PDFs" in each)
        assert line.startswith("MISSING  Letters in PDFs: no font on this machine has ")
        assert all(f"{script} (" in line for script in ("Thai", "Devanagari", "Hangul", "Ethiopic", "signs", "CJK"))
        assert line.endswith("apt-get install fonts-noto-cjk fonts-noto-color-emoji fonts-noto-core")

    def test_an_incomplete_bank(self, ready: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        form = tmp_path / "banks" / "mine" / "forms" / "standard-a.toml"
        form.parent.mkdir(parents=True)
        form.write_text("", "utf-8")
        monkeypatch.setenv("EIASSESS_BANKS", str(tmp_path / "banks"))
        result = ready("doctor")
        assert result.exit_code == 1
        assert "MISSING  Question bank: mine/bank.toml" in result.stdout


class TestSecretKey:
    def test_it_is_made_once_for_the_owner_only(self, tmp_path: Path) -> None:
        first = secret_key(settings())
        assert secret_key(settings()) == first
        path = tmp_path / "instance" / "secret-key"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert [each.name for each in path.parent.iterdir()] == ["secret-key"]
        assert len(first) >= 32

    def test_a_start_that_was_cut_short_leaves_no_half_key(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def killed(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):  # noqa: PT012 - the patch has to go before the check
            patched.setattr(os, "link", killed)
            secret_key(settings())
        assert list((tmp_path / "instance").iterdir()) == []
        assert len(secret_key(settings())) >= 32

    def test_one_that_was_given_comes_first(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("EIASSESS_SECRET_KEY", "k" * 32)
        assert secret_key(settings()) == "k" * 32


@contextmanager
def started(*words: str) -> Iterator["subprocess.Popen[str]"]:
    """Start the command as a person at a terminal does: in a process group of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "eiassess", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=30)


def page(url: str, process: "subprocess.Popen[str]", seconds: float = 30) -> str:
    """Return a page as soon as the server answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - an address made here
                return str(answer.read().decode())
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.05)
    message = f"{url} did not answer within {seconds} s"
    raise AssertionError(message)


def stop(process: "subprocess.Popen[str]", number: signal.Signals) -> tuple[str, str]:
    """Send a signal as a terminal does, to the whole group, and return what the command wrote."""
    os.killpg(process.pid, number)
    output, errors = process.communicate(timeout=20)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    return output, errors


class TestServing:
    @pytest.mark.parametrize("command", ["serve", "demo"])
    def test_a_taken_port_is_one_line(self, ready: Run, command: str) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            result = ready(command, "--port", str(port))
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == (
            f"Error: Port {port} on 127.0.0.1 cannot be used (Address already in use); choose another with --port\n"
        )

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_serve_answers_until_it_is_stopped(self, ready: Run, number: signal.Signals) -> None:
        del ready
        port = free_port()
        with started("serve", "--port", str(port)) as process:
            assert "<h1" in page(f"http://127.0.0.1:{port}/sign-in", process)
            output, errors = stop(process, number)
        assert output == ""
        assert f"EIAssess listens on 127.0.0.1:{port}" in errors
        assert errors.endswith("Stopped.\n")

    def test_stopping_at_once_is_as_clean(self, ready: Run) -> None:
        del ready
        with started("serve", "--port", str(free_port())) as process:
            assert process.stderr
            assert "listens" in process.stderr.readline()
            stop(process, signal.SIGINT)


ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S+")


class TestDemo:
    def test_the_demo_keeps_its_data_and_starts_over(self, tmp_path: Path) -> None:
        first, addresses = self.demo(tmp_path)
        assert [address.split("/")[3] for address in addresses] == ["i", "openings", "hiring", "panels"]
        assert first.count("   password ") == 3
        second, kept = self.demo(tmp_path)
        assert kept[1].split("/")[4] == addresses[1].split("/")[4]
        assert kept[0] != addresses[0]
        assert set(re.findall("password (.*)", first)).isdisjoint(re.findall("password (.*)", second))
        _, fresh = self.demo(tmp_path, "--reset")
        assert fresh[1].split("/")[4] != addresses[1].split("/")[4]
        assert {path.name for path in (tmp_path / "instance").iterdir()} >= {"demo.sqlite", "secret-key"}

    def demo(self, folder: Path, *words: str) -> tuple[str, list[str]]:
        """Run the demo, open its pages and stop it; return what it said and the addresses in it."""
        assert Path.cwd() == folder
        port = free_port()
        with started("demo", "--port", str(port), *words) as process:
            text = page(f"http://127.0.0.1:{port}/sign-in", process)
            assert "SIMULATED" in text
            said = ""
            assert process.stderr
            while "Stop with Ctrl-C" not in said:
                said += process.stderr.readline()
            addresses = ADDRESS.findall(said)
            assert "<h1" in page(addresses[0], process)
            output, errors = stop(process, signal.SIGINT)
        assert output == ""
        assert "Stopped. Start again with the same command; --reset starts over." in errors
        return said + errors, addresses
