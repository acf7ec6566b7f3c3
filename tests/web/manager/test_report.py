"""GET /hiring/<session>.pdf."""

import io
from urllib.parse import quote

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.errors import SetupError
from eiassess.reporting.setting.pdf import RenderingError
from eiassess.reporting.setting.renderer import PdfRenderer
from tests.web.pages import check_page
from tests.web.people import Clock, press, sign_in
from tests.web.staff import Office


@pytest.fixture
def dana(app: Flask, client: FlaskClient, office: Office) -> FlaskClient:
    """Dana, to whom Nora and one with a hostile name are released."""
    alice = app.test_client()
    sign_in(alice, "alice")
    for session_id in (office.nora, office.hostile):
        press(alice, "/openings", f"/candidates/{session_id}/release")
    sign_in(client, "dana")
    return client


def test_the_report_is_downloaded_and_not_made_again_for_the_same_content(
    dana: FlaskClient, office: Office, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/hiring/{office.nora}.pdf"
    answer = dana.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Hiring report Nora Quizenberry.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert 2 <= len(pdf.pages) <= 5  # with the areas
    monkeypatch.setattr(PdfRenderer, "render", lambda *_: pytest.fail("made again"))
    clock.move(minutes=5)
    again = dana.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "no-store"


def test_any_name_makes_a_file_name(dana: FlaskClient, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PdfRenderer, "render", lambda *_: b"%PDF-")
    header = dana.get(f"/hiring/{office.hostile}.pdf").headers["Content-Disposition"]
    assert header.isascii()
    assert f"filename*=UTF-8''{quote('Hiring report script alert')}" in header
    assert quote("Söhne.pdf") in header
    assert "Sohne.pdf" in header


def test_what_is_not_released_or_not_ones_own_is_not_there(
    app: Flask, dana: FlaskClient, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PdfRenderer, "render", lambda *_: b"%PDF-")
    charlie, erin, alice = app.test_client(), app.test_client(), app.test_client()
    for client, name in ((charlie, "charlie"), (erin, "erin"), (alice, "alice")):
        sign_in(client, name)
    press(charlie, "/openings", f"/candidates/{office.elsewhere}/release")
    for session_id in (office.casey, office.half, office.elsewhere, "nobody"):
        assert dana.get(f"/hiring/{session_id}.pdf").status_code == 404
    for client in (erin, alice, charlie):
        assert client.get(f"/hiring/{office.nora}.pdf").status_code == 404
    assert erin.get(f"/hiring/{office.elsewhere}.pdf").status_code == 200
    assert app.test_client().get(f"/hiring/{office.nora}.pdf").status_code == 303


@pytest.mark.parametrize("error", [RenderingError("Other reports are being made"), SetupError("apt install libpango")])
def test_a_renderer_that_fails_gives_a_clear_page(
    dana: FlaskClient, office: Office, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> bytes:
        raise error

    monkeypatch.setattr(PdfRenderer, "render", fail)
    answer = dana.get(f"/hiring/{office.nora}.pdf")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "could not be made just now" in answer.text
    assert str(error) not in answer.text
    check_page(answer.text)
