"""What the tests of panels' pages share: an installation with a small bank, avery the analyst, experts' browsers."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient

from eiassess.config import Settings
from eiassess.domain.roles import Role
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services import Database
from eiassess.services.panels.experts import IssuedLink
from eiassess.services.people import passwords
from eiassess.services.people.accounts import add_user
from eiassess.web.shell.context import Installation
from tests.hiring_story import PASSWORD
from tests.panel_story import PanelStory, tell_panel_story
from tests.web.people import START, Clock, hidden, sign_in, token_in


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PASSWORD_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def installation(tmp_path: Path, fresh_database: Path, clock: Clock, quick_passwords: None) -> Iterator[Installation]:
    del quick_passwords
    path = Path(shutil.copy(fresh_database, tmp_path / "eiassess.sqlite"))
    settings = Settings(tmp_path, f"sqlite:///{path}", "http://localhost", (tmp_path / "banks",), "help@example.org")
    database, renderer = Database(settings.database_url), PdfRenderer()
    yield Installation(settings, database, clock, renderer, secret_key="only for tests")
    renderer.close()
    database.close()


@pytest.fixture
def panel(installation: Installation, tmp_path: Path) -> PanelStory:
    return tell_panel_story(installation.database, tmp_path / "banks", now=START)


@pytest.fixture
def avery(client: FlaskClient, panel: PanelStory, installation: Installation) -> FlaskClient:
    """The analyst's browser."""
    del panel
    add_user(installation.database, "alice@example.org", "Alice", Role.RECRUITER, PASSWORD, START)
    sign_in(client, "avery")
    return client


def begin(client: FlaskClient, link: IssuedLink) -> None:
    """Follow an expert's link and agree."""
    client.get(f"/e/{link.token}")
    token = token_in(client.get("/rate/notice").text)
    assert client.post("/rate/notice", data={"csrf_token": token, "agree": "y"}).status_code == 303


def page_fields(html: str) -> dict[str, str]:
    """Return the hidden fields of a page of ratings."""
    return {"csrf_token": token_in(html)} | {name: hidden(html, name) for name in ("revision", "shown", "expert")}


def rate(client: FlaskClient, number: int, *, page: str | None = None, go: str = "save", **fields: str):  # noqa: ANN201 - Flask's test response
    """Post a page of ratings: ``a="3"``, ``comment_a="Why"``; ``page`` was opened earlier."""
    address = f"/rate/scenario/{number}"
    given = {
        f"comment-{name.removeprefix('comment_')}" if name.startswith("comment_") else f"rating-{name}": value
        for name, value in fields.items()
    }
    return client.post(address, data={**page_fields(page or client.get(address).text), **given, "go": go})
