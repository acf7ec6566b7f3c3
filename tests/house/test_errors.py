"""Errors wear the same headers, show no internals and lead on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eiassess.services import Database
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.static_files import read_static_files
from tests.house.answers import check_answer
from tests.house.conftest import HOST, House, make_app
from tests.web.people import token_in

PLANTED = "the password of the database is swordfish"


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/candidates/%00", 404),
        ("GET", "/candidates/%ff%fe", 404),
        ("GET", "/openings/' OR 1=1 --", 404),
        ("GET", "/static/../config.py", 404),
        ("DELETE", "/openings", 405),
        ("GET", "/sign-out", 405),
        ("PUT", "/sit/submit", 405),
        ("TRACE", "/", 405),
        ("OPTIONS", "/openings", 200),
        ("GET", "/hiring/nowhere.pdf", 404),
        ("GET", "/sit/scenario/99999999999999999999", 303),
        ("GET", "/openings//x", 404),
        ("GET", "/static//app.css", 404),
        ("GET", "/static/app.css", 404),
        ("GET", "/static/0123456789abcdef/app.css", 404),
        ("GET", f"/static/{read_static_files().digest}/config.py", 404),
    ],
)
def test_odd_requests(house: House, method: str, path: str, code: int) -> None:
    who = "dana" if path.startswith("/hiring") else "alice"
    answer = house.ask(who, method, path)
    check_answer(answer)
    assert answer.status_code == code
    if code >= 400 and method != "TRACE":
        assert answer.content_type.startswith("text/html")
        assert "<h1" in answer.text


@pytest.mark.parametrize("host", ["evil.example.com", "hiring.example.org.evil.com", "localhost", "127.0.0.1", ""])
@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/i/guess", "/nowhere", f"/static/{read_static_files().digest}/app.css"]
)
def test_an_unknown_host_is_refused_and_not_repeated(house: House, host: str, path: str) -> None:
    answer = house.app.test_client().get(path, headers={"Host": host}, buffered=True)
    check_answer(answer)
    assert answer.status_code == 400
    assert not host or host not in answer.text
    assert "Location" not in answer.headers


def test_what_is_not_allowed_says_what_is(house: House) -> None:
    assert house.ask("alice", "DELETE", "/openings").headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_code_without_words_of_its_own_does_not_take_the_blame(house: House) -> None:
    with house.app.test_request_context("/", base_url=HOST):
        template = house.app.jinja_env.get_template("errors/error.html")
        known = {"product": "x", "simulated_notice": False, "current_user_label": None, "sign_out_form": None}
        assert "The fault is ours" not in template.render(known, code=415, message="")
        assert "The fault is ours" in template.render(known, code=502, message="")


FORWARDED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Port": "9",
    "X-Script-Name": "/evil",
    "X-Original-URL": "/hiring",
    "X-Rewrite-URL": "/hiring",
    "X-HTTP-Method-Override": "DELETE",
    "Forwarded": "host=evil.example;proto=http",
}


@pytest.mark.parametrize("path", ["/", "/sign-in", "/openings", "/hiring", "/sit", "/i/guess", "/nowhere"])
@pytest.mark.parametrize("who", ["anonymous", "alice", "candidate"])
def test_what_a_proxy_would_say_changes_nothing_unless_configured(house: House, who: str, path: str) -> None:
    plain, told = (house.ask(who, "GET", path, headers=headers) for headers in ({}, FORWARDED))
    assert (plain.status_code, plain.headers.get("Location")) == (told.status_code, told.headers.get("Location"))
    assert "evil" not in told.text + str(told.headers)


@pytest.mark.parametrize("path", ["/sign-in", "/sit/scenario/1", "/sit/scenario/1/save", "/blind"])
def test_a_request_that_is_too_large_is_refused(house: House, path: str) -> None:
    who = "candidate" if path.startswith("/sit") else "alice"
    before = house.stored()
    answer = house.ask(who, "POST", path, data={"csrf_token": "x", "padding": "x" * 300_000})
    check_answer(answer)
    assert answer.status_code in {400, 413, 401}
    assert house.stored() == before


@pytest.mark.parametrize("value", ["\x00", "a\x00@example.org", "\ud800", "x" * 100_000, "alice@example.org\r\nX: y"])
def test_signing_in_with_nonsense_is_no_error_of_ours(house: House, value: str) -> None:
    browser = house.app.test_client()
    fresh = House(house.app, house.story, house.casey, {"somebody": browser}, house.names)
    token = fresh.token("somebody", "/sign-in")
    data = {"email": value.encode("utf-8", "surrogatepass"), "password": value.encode("utf-8", "surrogatepass")}
    answer = fresh.ask("somebody", "POST", "/sign-in", data={**data, "csrf_token": token})
    check_answer(answer)
    assert answer.status_code in {200, 400, 413}


@pytest.fixture
def broken(tmp_path: Path, sqlite_template: Path) -> Iterator[FlaskClient]:
    """An application in which a route fails."""
    path = tmp_path / "a.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}")
    app = make_app(tmp_path, database)

    def fail() -> NoReturn:
        raise RuntimeError(PLANTED)

    app.add_url_rule("/planted", "planted", requires(Permission.PUBLIC)(fail))
    yield app.test_client()
    database.close()


def check_failure(answer: TestResponse) -> None:
    check_answer(answer)
    assert answer.status_code == 500
    assert PLANTED not in answer.text
    assert "RuntimeError" not in answer.text
    assert "<h1" in answer.text


def test_an_error_of_ours_shows_no_internals(broken: FlaskClient) -> None:
    check_failure(broken.get("/planted", base_url=HOST))


def test_a_database_that_is_gone_shows_no_internals(broken: FlaskClient, tmp_path: Path) -> None:
    token = token_in(broken.get("/sign-in", base_url=HOST).text)
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as connection, connection:
        connection.execute("DROP TABLE attempt")
    typed = {"email": "alice@example.org", "password": "of no account", "csrf_token": token}
    check_failure(broken.post("/sign-in", data=typed, base_url=HOST))
