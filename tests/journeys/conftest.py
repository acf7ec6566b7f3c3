import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, sync_playwright

from eiassess.config import Settings
from eiassess.domain.roles import Role
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services import Database
from eiassess.services.people import passwords
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.browser import Demo, launch, running_demo, watched_page
from tests.journeys.firm import Door, Firm
from tests.web.browsing import opened
from tests.web.people import Clock, hire_staff, open_job

SIZES = {"phone": (320, 640), "desktop": (1280, 900)}


@pytest.fixture(scope="module", params=SIZES)
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return SIZES[request.param]


@pytest.fixture(scope="module")
def demo(size: tuple[int, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo of its own for each size, since its one invitation can be handed in only once."""
    with running_demo(tmp_path_factory.mktemp(f"demo-{size[0]}")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, size: tuple[int, int]) -> Iterator[Page]:
    with watched_page(browser, viewport={"width": size[0], "height": size[1]}, accept_downloads=True) as opened:
        yield opened


@pytest.fixture
def firm(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Firm]:
    monkeypatch.setattr(passwords, "PASSWORD_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'eiassess.sqlite')}"
    settings, clock = Settings(tmp_path, url, "http://127.0.0.1:8000", (), "help@example.org"), Clock()
    installation = Installation(settings, Database(url), clock, PdfRenderer(), secret_key="a secret for this test")
    opening = open_job(installation, "Night desk")
    for name, role in (
        ("alice", Role.RECRUITER),
        ("bob", Role.RECRUITER),
        ("dana", Role.MANAGER),
        ("charlie", Role.RECRUITER),
        ("avery", Role.ANALYST),
    ):
        hire_staff(installation, name, role, *([opening] if name in {"alice", "bob", "dana"} else []))
    yield Firm(installation, clock, opening)
    installation.renderer.close()
    installation.database.close()


@pytest.fixture
def door(browser: Browser, firm: Firm, size: tuple[int, int]) -> Iterator[Door]:
    with opened(browser, create_app(firm.installation), viewport={"width": size[0], "height": size[1]}) as context:
        yield Door(context)
