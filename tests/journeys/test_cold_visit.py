"""What a real browser asks for when it has nothing yet: each thing once, and nothing besides."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import request
from playwright.sync_api import Browser

from eiassess.config import Settings
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services import Database
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.web.browsing import opened
from tests.web.people import Clock, begin, make_casey_on


@pytest.fixture
def installation(tmp_path: Path, sqlite_template: Path) -> Iterator[Installation]:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'eiassess.sqlite')}"
    settings = Settings(tmp_path, url, "http://127.0.0.1:8000", (), "help@example.org")
    database, renderer = Database(url), PdfRenderer()
    yield Installation(settings, database, Clock(), renderer, secret_key="only for tests")
    renderer.close()
    database.close()


def test_a_cold_visit_asks_for_each_thing_once_and_the_next_page_only_for_itself(
    browser: Browser, installation: Installation
) -> None:
    app = create_app(installation)
    casey = make_casey_on(installation, "standard-a")
    client = app.test_client()
    begin(client, casey)
    named = set(re.findall(r'"/static/[^"]+/([^"/]+)"', client.get("/sit/scenario/1").text)) - {"mark.svg"}
    asked: list[str] = []
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: asked.append(request.path.rpartition("/")[2]))
    with opened(browser, app) as context:
        page = context.new_page()
        page.goto(casey.link, wait_until="networkidle")
        assert sorted(each for each in asked if each != "mark.svg") == sorted([casey.token, "1", *named])
        del asked[:]
        page.goto("/sit/scenario/2", wait_until="networkidle")
        assert [each for each in asked if each != "mark.svg"] == ["2"]
