"""How much a request may send."""

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue

from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.form_sizes import MAX_FORM_BYTES, takes_up_to

LARGE = 1_000_000
"""More than the half megabyte that Flask lets a pasted text have."""
ROOM = 1000
"""For the names of fields and what stands between them."""


def count() -> ResponseReturnValue:
    """Say how much came."""
    text, file = request.form.get("text", ""), request.files.get("file")
    return str(len(text) + (len(file.read()) if file else 0))


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A browser of an application in which one view takes as much as all and another takes a file."""

    def usual() -> ResponseReturnValue:
        return count()

    @takes_up_to(LARGE)
    def upload() -> ResponseReturnValue:
        return count()

    app.config["WTF_CSRF_METHODS"] = []
    app.add_url_rule("/usual", "usual", requires(Permission.PUBLIC)(usual), methods=["POST"])
    app.add_url_rule("/upload", "upload", requires(Permission.PUBLIC)(upload), methods=["POST"])
    return app.test_client()


@pytest.mark.parametrize(("path", "limit"), [("/usual", 200_000), ("/upload", LARGE)])
def test_a_text_may_be_as_large_as_its_view_takes(browser: FlaskClient, path: str, limit: int) -> None:
    fits = browser.post(path, data={"text": "x" * (limit - ROOM)})
    assert (fits.status_code, fits.text) == (200, str(limit - ROOM))
    assert browser.post(path, data={"text": "x" * limit}).status_code == 413


@pytest.mark.parametrize("name", ['"text"', '"file"; filename="list.csv"'])
@pytest.mark.parametrize(("path", "limit"), [("/usual", 200_000), ("/upload", LARGE)])
def test_so_may_what_comes_in_parts(browser: FlaskClient, path: str, limit: int, name: str) -> None:
    def send(size: int) -> int:
        head = f"--part\r\nContent-Disposition: form-data; name={name}\r\n\r\n"
        body = f"{head}{'x' * size}\r\n--part--\r\n".encode()
        answer = browser.post(path, data=body, content_type="multipart/form-data; boundary=part")
        return int(answer.text) if answer.status_code == 200 else -answer.status_code

    assert send(limit - ROOM) == limit - ROOM
    assert send(limit) == -413


def test_one_large_request_makes_no_room_for_another(browser: FlaskClient) -> None:
    assert browser.post("/upload", data={"text": "x" * MAX_FORM_BYTES}).status_code == 200
    assert browser.post("/usual", data={"text": "x" * MAX_FORM_BYTES}).status_code == 413
