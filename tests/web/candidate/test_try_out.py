"""GET /practice: every kind of question for anybody, without an invitation, stored nowhere."""

import html
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess._resources import data_folder
from eiassess.services.content.practice import get_practice_form
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.hiring_story import rows, tables
from tests.web.candidate.test_without_scripts import FormReader
from tests.web.mixed import PRACTICE, Mixed, write_mixed_bank
from tests.web.people import Casey


def app_with(installation: Installation, *folders: Path) -> Flask:
    return create_app(replace(installation, settings=replace(installation.settings, bank_folders=folders)))


@pytest.fixture
def client(installation: Installation, mixed: Mixed) -> FlaskClient:
    return app_with(installation, mixed.folder).test_client()


def test_each_way_is_asked_and_looked_at(client: FlaskClient) -> None:
    for number, scenario in enumerate(PRACTICE, 1):
        page = client.get(f"/practice/{number}").text
        assert f"<h1>Practice scenario {number} of 5</h1>" in page
        assert "The key on" not in page
        sheet = FormReader(page)
        given = {name: values[place % len(values)] for place, (name, values) in enumerate(sheet.choices.items())}
        looked = client.get(sheet.action, query_string=sheet.fields | given | {"check": "yes"})
        assert looked.status_code == 200
        assert f"The key on a of {scenario}." in looked.text
        assert ("Next practice scenario" in looked.text) == (number < 5)
    assert ">Begin again</a>" in looked.text


def test_the_first_is_where_one_comes_in(client: FlaskClient) -> None:
    page = client.get("/practice").text
    assert "<h1>Practice scenario 1 of 5</h1>" in page
    assert "nothing is stored or counted here" in page


def test_everybody_sees_the_same_order(client: FlaskClient, installation: Installation, mixed: Mixed) -> None:
    other = app_with(installation, mixed.folder).test_client()
    assert client.get("/practice/4").text == other.get("/practice/4").text


def test_nothing_is_stored_and_no_cookie_given(client: FlaskClient, installation: Installation) -> None:
    before = [rows(installation.database, table) for table in tables(installation.database)]
    for address in ("/practice", "/practice/3", "/practice/3?check=yes&best=a&worst=b", "/practice?from=invitation"):
        answer = client.get(address)
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert '<meta name="robots" content="noindex">' in answer.text
        assert "csrf" not in answer.text
    assert [rows(installation.database, table) for table in tables(installation.database)] == before


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("/practice/3?check=yes&best=a&worst=a", 400, "is chosen as best and as worst"),
        ("/practice/4?check=yes&rating-a=1&rating-b=1", 400, "Place 1 is given to"),
        ("/practice/4?check=yes&rating-a=9", 400, "Each place is a whole number from 1 to 4"),
        ("/practice/1?check=yes&rating-a=<b>", 400, "could not be read"),
        ("/practice/3?check=yes&best=z", 400, "for an option on the page"),
        ("/practice/0", 404, "There is no page here"),
        ("/practice/6", 404, "There is no page here"),
    ],
)
def test_what_cannot_be_is_answered_in_words(client: FlaskClient, address: str, code: int, said: str) -> None:
    answer = client.get(address)
    assert answer.status_code == code
    assert said in html.unescape(answer.text)
    assert "The key on" not in answer.text


def test_the_notice_leads_there_and_back(client: FlaskClient, mixed_casey: Casey) -> None:
    client.get(mixed_casey.link)
    notice = client.get("/sit/notice").text
    assert '<a href="/practice?from=invitation">Try every kind of question first</a>' in notice
    for number in range(1, 6):
        page = client.get(f"/practice/{number}?from=invitation").text
        assert '<a href="/sit">Back to your invitation</a>' in page
        looked = client.get(f"/practice/{number}", query_string=FormReader(page).fields | {"check": "yes"}).text
        assert 'href="/sit">Back to your invitation</a>' in looked
        assert f'href="/practice/{number}?from=invitation">Practise again</a>' in looked
    assert client.get("/sit").location == "/sit/notice"
    assert "Back to your invitation" not in client.get("/practice").text


def test_a_bank_without_one_offers_none(app: Flask, casey: Casey) -> None:
    client = app.test_client()
    assert client.get("/practice").status_code == 404
    client.get(casey.link)
    assert "Try every kind of question" not in client.get("/sit/notice").text


def test_a_broken_bank_does_not_stop_the_notice(installation: Installation, tmp_path: Path, mixed_casey: Casey) -> None:
    bank = write_mixed_bank(tmp_path, "broken-bank")
    (bank / "forms" / "practice.toml").write_text("id = ", encoding="utf-8")
    client = app_with(installation, tmp_path).test_client()
    client.get(mixed_casey.link)
    assert client.get("/sit/notice").status_code == 200
    answer = client.get("/practice")
    assert answer.status_code == 500
    assert "broken-bank" not in answer.text


def test_the_first_bank_that_has_one_is_taken(tmp_path: Path, mixed: Mixed) -> None:
    write_mixed_bank(tmp_path / "without", "a-bank")
    (tmp_path / "without" / "a-bank" / "forms" / "practice.toml").unlink()
    form = get_practice_form((tmp_path / "without", mixed.folder, data_folder("question_banks")))
    assert form.bank == "mixed-bank"


def test_the_shipped_bank_shows_each_way_once(installation: Installation) -> None:
    form = get_practice_form((data_folder("question_banks"),))
    assert sorted(form.format_of(each) for each in form.practice) == sorted(PRACTICE.values())
    client = app_with(installation, data_folder("question_banks")).test_client()
    for number, scenario in enumerate(form.practice, 1):
        looked = html.unescape(client.get(f"/practice/{number}?check=yes").text)
        assert all(option.feedback in looked for option in scenario.options)
        assert all(option.feedback.startswith("Our answer key ") for option in scenario.options)
