"""GET /i/<token>: the way in."""

import logging
import re
import sqlite3
from contextlib import closing
from typing import NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.services.hiring.invitations import replace_invitation, revoke_invitation
from eiassess.web.shell.context import Installation
from eiassess.web.shell.security import HEADERS
from tests.web.people import Casey, Clock, begin, first_scenario, make_casey, rate, stored


def everything_in(installation: Installation) -> dict[str, list[tuple[object, ...]]]:
    path = installation.settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: list(db.execute(f"SELECT * FROM {table}")) for table in tables}  # noqa: S608 - our own tables


def test_the_token_leaves_the_address(client: FlaskClient, casey: Casey) -> None:
    answer = client.get(casey.link)
    assert (answer.status_code, answer.location) == (303, "/sit/notice")
    assert casey.token not in answer.text
    page = client.get("/sit", follow_redirects=True)
    assert page.request.path == "/sit/notice"
    assert casey.token not in page.text


@pytest.mark.parametrize(
    "tail",
    [
        ".", ")", ">", ",", ";", '"', "'", "]", "%3E", "%253E", ").", "%20", "%0A", "%C2%A0", "%E2%80%9D", "!", ":",
        "%22%3E", "|", "/", ">/", "%E3%80%82", "*", "%5D%28https:",
        "</a>", "%3C/a%3E", "</a></p>", "//", "/.",
    ],
)  # fmt: skip
def test_what_a_mail_program_takes_along_behind_the_link_does_not_matter(
    client: FlaskClient, casey: Casey, tail: str
) -> None:
    answer = client.get(casey.link + tail)
    assert (answer.status_code, answer.location) == (303, "/sit/notice")
    assert client.get(casey.link + tail, follow_redirects=True).status_code == 200


@pytest.mark.parametrize("tail", ["A", "-", "_", "0."])
def test_what_could_be_part_of_a_token_is_not_dropped(client: FlaskClient, casey: Casey, tail: str) -> None:
    assert client.get(casey.link + tail).status_code == 410
    assert client.get(f"{casey.link[:-1]}.").status_code == 410


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_mail_scanner_changes_nothing_but_a_browser_session(
    client: FlaskClient, casey: Casey, installation: Installation, method: str
) -> None:
    before = everything_in(installation)
    assert client.open(casey.link, method=method).status_code == 303
    for page in ("/sit", "/sit/notice", "/sit/practice", "/sit/scenario/1", "/sit/review", "/sit/done"):
        client.open(page, method=method)
    after = everything_in(installation)
    sessions = after.pop("web_session")
    before.pop("web_session")
    assert after == before
    assert len(sessions) == 1


def test_reading_pages_does_not_write_the_session_again(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    del sitting
    pages = ("/sit", "/sit/notice", "/sit/practice", "/sit/scenario/1", "/sit/review")
    for page in pages:  # a scenario's first showing is kept, once
        client.get(page)
    before = everything_in(installation)
    for page in pages:
        client.get(page)
    assert everything_in(installation) == before


def test_the_token_is_stored_and_logged_nowhere(
    client: FlaskClient, casey: Casey, installation: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    begin(client, casey)
    rate(client, 1, {"a": 3})
    client.get(casey.link + "x")
    assert casey.token not in repr(everything_in(installation))
    assert casey.token not in caplog.text
    assert all(casey.token.encode() not in file.read_bytes() for file in installation.settings.instance.iterdir())


@pytest.mark.parametrize("service", ["find_web_session", "store_web_session", "end_web_session"])
def test_a_failure_while_a_link_is_opened_does_not_log_the_token(
    client: FlaskClient,
    casey: Casey,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    service: str,
) -> None:
    def fail(*_given: object, **_named: object) -> NoReturn:
        message = "database or disk is full"
        raise sqlite3.OperationalError(message)

    client.get(casey.link)
    monkeypatch.setattr(f"eiassess.web.shell.sessions.{service}", fail)
    caplog.set_level(logging.DEBUG)
    answer = client.get(casey.link)
    assert answer.status_code == 500
    assert HEADERS.items() <= dict(answer.headers).items()
    assert "database or disk is full" in caplog.text
    assert re.search("A request to (candidate.follow_link|a route not looked up yet) failed", caplog.text)
    assert casey.token not in caplog.text + answer.text + str(answer.headers)


def closed_pages(client: FlaskClient, installation: Installation, clock: Clock) -> dict[str, tuple[int, str]]:
    links = {reason: make_casey(installation) for reason in ("revoked", "replaced")}
    revoke_invitation(installation.database, links["revoked"].session_id, clock())
    replace_invitation(installation.database, installation.links, links["replaced"].session_id, clock())
    pages = {reason: client.get(links[reason].link) for reason in ("revoked", "replaced")}
    pages["unknown"] = client.get("/i/no-such-token")
    return {reason: (page.status_code, page.text) for reason, page in pages.items()}


def test_all_links_that_do_not_work_look_the_same(
    client: FlaskClient, installation: Installation, clock: Clock
) -> None:
    pages = closed_pages(client, installation, clock)
    assert len(set(pages.values())) == 1
    status, html = pages["unknown"]
    assert status == 410
    assert "ask help@example.org for a new link" in html


def test_guessing_is_limited_and_a_good_link_still_opens(
    app: Flask, client: FlaskClient, casey: Casey, installation: Installation, clock: Clock
) -> None:
    statuses = [client.get(f"/i/guess-{i}").status_code for i in range(32)]
    assert statuses == [410] * 30 + [429] * 2
    assert client.get(casey.link).status_code == 303
    elsewhere = app.test_client().get("/i/guess", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 410
    assert "127.0.0.1" not in repr(everything_in(installation))
    clock.move(hours=1)
    assert client.get("/i/guess").status_code == 410


def test_the_cookie_is_renewed_and_its_predecessor_is_dead(client: FlaskClient, casey: Casey, app: Flask) -> None:
    client.get(casey.link)
    first = client.get_cookie("eiassess-candidate")
    client.get(casey.link)
    second = client.get_cookie("eiassess-candidate")
    assert first is not None
    assert second is not None
    assert first.value != second.value
    assert second.http_only
    assert second.same_site == "Lax"
    thief = app.test_client()
    thief.set_cookie("eiassess-candidate", first.value)
    assert thief.get("/sit").location == "/sit/no-link"


def test_another_persons_link_ends_the_first_persons_session(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    page = client.get("/sit/scenario/1").text
    robin = make_casey(installation, "Robin Okafor")
    begin(client, robin)
    answer = rate(client, 1, {"a": 3}, page=page)
    assert answer.status_code == 400
    assert "Not saved yet: please open your link again" in answer.text
    assert stored(installation, robin, 1) is None
    assert stored(installation, sitting, 1) is None


def test_the_same_link_again_leaves_the_pages_of_other_tabs_working(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    page = client.get("/sit/scenario/1").text
    client.get(sitting.link)
    assert rate(client, 1, {"a": 3}, page=page).status_code == 303
    assert stored(installation, sitting, 1) is not None


def test_a_replacing_link_leads_to_the_same_answers(
    client: FlaskClient, sitting: Casey, installation: Installation, clock: Clock
) -> None:
    rate(client, 1, {"a": 3})
    issued = replace_invitation(installation.database, installation.links, sitting.session_id, clock())
    assert client.get("/sit/scenario/1").status_code == 410
    client.get(f"/i/{issued.token}")
    assert f'id="{first_scenario().id}-a-3" value="3" checked' in client.get("/sit/scenario/1").text
