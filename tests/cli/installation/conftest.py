"""An installation looked after from the command line."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from eiassess.cli.installation import opened_database, settings
from eiassess.services.hiring.invitations import open_invitation
from eiassess.services.people import passwords
from tests.cli.conftest import Run

ALICE = ("alice@example.org", "--name", "Alice", "--role", "recruiter")


@pytest.fixture(autouse=True)
def _own_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("EIASSESS_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(passwords, "PASSWORD_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


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


@pytest.fixture
def casey(ready: Run, opening: str) -> str:
    """The id of the one candidate of the opening."""
    return ready("invite", "add", opening, "casey@example.org", "--name", "Casey Zwart").stdout.split("\t")[0]
