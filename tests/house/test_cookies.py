"""Every cookie is tied down, and a session ends by the clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eiassess._resources import data_folder
from eiassess.config import settings_from_environment
from eiassess.errors import SetupError
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services import Database
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.hiring_story import NOON, PASSWORD, Story, tell_story
from tests.web.people import Clock, token_in

HTTPS, HTTP = "https://hiring.example.org", "http://127.0.0.1:8000"
SECRET = "a secret for cookies alone, long enough to be one"


class Place:
    """An installation under some address, with a clock that can be moved."""

    def __init__(self, folder: Path, template: Path, base_url: str) -> None:
        path = folder / "eiassess.sqlite"
        path.write_bytes(template.read_bytes())
        self.base_url, self.clock = base_url, Clock(NOON)
        self.database, self.renderer = Database(f"sqlite:///{path}"), PdfRenderer()
        environment = {"EIASSESS_BASE_URL": base_url, "EIASSESS_DATABASE_URL": self.database.url}
        settings = settings_from_environment(environment, folder, data_folder("question_banks"))
        self.app: Flask = create_app(Installation(settings, self.database, self.clock, self.renderer, SECRET))
        self.story: Story = tell_story(self.database)
        self.browser: FlaskClient = self.app.test_client()

    def get(self, path: str) -> TestResponse:
        return self.browser.get(path, base_url=self.base_url)

    def sign_in(self) -> list[str]:
        """Sign alice in; return all cookies that were set on the way, as the browser is told them."""
        form = self.get("/sign-in")
        data = {"email": "alice@example.org", "password": PASSWORD, "csrf_token": token_in(form.text)}
        done = self.browser.post("/sign-in", data=data, base_url=self.base_url)
        assert done.status_code == 302
        return [*form.headers.getlist("Set-Cookie"), *done.headers.getlist("Set-Cookie")]

    def close(self) -> None:
        self.renderer.close()
        self.database.close()


@pytest.fixture
def far(tmp_path: Path, sqlite_template: Path) -> Iterator[Place]:
    place = Place(tmp_path, sqlite_template, HTTPS)
    yield place
    place.close()


@pytest.fixture
def near(tmp_path: Path, sqlite_template: Path) -> Iterator[Place]:
    place = Place(tmp_path, sqlite_template, HTTP)
    yield place
    place.close()


def cookies_of_everybody(place: Place) -> list[str]:
    """Return what staff, a candidate and whoever has no good link are given, and what signing out takes back."""
    casey = place.story.begun()
    told = place.sign_in()
    for path in (f"/i/{casey.token}", "/sit/scenario/1", "/i/guess", "/openings"):
        told += place.get(path).headers.getlist("Set-Cookie")
    data = {"csrf_token": token_in(place.get("/openings").text)}
    told += place.browser.post("/sign-out", data=data, base_url=place.base_url).headers.getlist("Set-Cookie")
    return told


def test_every_cookie_is_tied_down_over_https(far: Place) -> None:
    told = cookies_of_everybody(far)
    assert {each.partition("=")[0] for each in told} == {"__Host-eiassess-staff", "__Host-eiassess-candidate"}
    for cookie in told:
        parts = set(cookie.split("; "))
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= parts, cookie
        assert "Domain" not in cookie
        is_taken_back = "Max-Age=0" in parts
        assert is_taken_back or not [each for each in parts if each.startswith(("Expires", "Max-Age"))], (
            f"it would outlive the browser: {cookie}"
        )


def test_a_plain_name_is_there_over_http_alone(near: Place) -> None:
    told = cookies_of_everybody(near)
    assert {each.partition("=")[0] for each in told} == {"eiassess-staff", "eiassess-candidate"}
    assert not [each for each in told if "Secure" in each], "a browser would not send it back"
    assert all("HttpOnly" in each for each in told)


@pytest.mark.parametrize("host", ["hiring.example.org", "192.168.1.4", "127.0.0.1.example.org", "0.0.0.0"])  # noqa: S104 - refused
def test_http_is_for_this_machine_alone(host: str, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="needs https"):
        settings_from_environment({"EIASSESS_BASE_URL": f"http://{host}"}, tmp_path, tmp_path)


def test_a_session_that_is_used_all_the_time_ends_after_twelve_hours(far: Place) -> None:
    far.sign_in()
    for _ in range(12 * 3 - 1):
        far.clock.move(minutes=20)
        assert far.get("/openings").status_code == 200
    far.clock.move(minutes=20, seconds=1)
    assert far.get("/openings").status_code == 303
