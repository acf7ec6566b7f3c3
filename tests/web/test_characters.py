"""Control characters that somebody sends never come back in a page."""

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from eiassess.web.shell.access import Permission, requires
from tests.web.pages import check_page

CONTROLS = [chr(each) for each in (*range(1, 9), 11, 12, *range(14, 32), *range(127, 160))]


def planted(app: Flask, text: str, mimetype: str = "text/html") -> FlaskClient:
    app.add_url_rule("/planted", "planted", requires(Permission.PUBLIC)(lambda: Response(text, mimetype=mimetype)))
    return app.test_client()


@pytest.mark.parametrize("mimetype", ["text/html", "text/csv"])
def test_a_page_has_no_control_characters_and_a_file_stays_as_it_is(app: Flask, mimetype: str) -> None:
    text = f"Zo\u00eb\t{''.join(CONTROLS)}\r\n\u00a0\u4e00\U0001f33b"
    found = planted(app, text, mimetype).get("/planted").text
    assert found == ("Zo\u00eb\t\r\n\u00a0\u4e00\U0001f33b" if mimetype == "text/html" else text)


def test_what_was_typed_with_a_control_character_gives_a_valid_page(client: FlaskClient) -> None:
    token = client.get("/sign-in").text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    typed = {"email": "al\x01ice\x85@example.org", "password": "no"}
    page = client.post("/sign-in", data={"csrf_token": token, **typed}).text
    assert "alice@example.org" in page
    check_page(page)
