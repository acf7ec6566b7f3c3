"""GET /openings/<id>/compare.pdf: the very view that its page has."""

import re
import subprocess
from html import unescape

import pytest
from flask.testing import FlaskClient

from eiassess.domain.openings import OpeningSettings, ProfileRow
from eiassess.reporting.setting.pdf import RenderingError
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services.hiring.opening_settings import change_settings
from eiassess.services.people.accounts import find_account
from eiassess.web.shell.context import Installation
from tests.hiring_story import standard_form
from tests.web.pages import check_page
from tests.web.people import sign_in
from tests.web.staff import HOSTILE, Office


def words_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


def address(office: Office, *who: str) -> str:
    return f"/openings/{office.opening}/compare?" + "&".join(f"c={getattr(office, name)}" for name in who)


def test_the_pdf_says_what_the_page_says(alice: FlaskClient, installation: Installation, office: Office) -> None:
    account = find_account(installation.database, "alice@example.org")
    assert account
    first = standard_form().bank.model.competency_ids[0]
    row = ProfileRow(first, 3, "Most calls are complaints.", 61, 83, "So the last team did.")
    settings = OpeningSettings("Adviser", profile=(row,))
    change_settings(installation.database, account.id, office.opening, settings, installation.clock())
    plain = alice.get(address(office, "nora", "hostile", "random")).text
    scenario, title = re.findall(r'name="scenario" value="([^"]+)"[^>]*> <span>([^<]+)<', plain)[3]
    page = alice.get(f"{address(office, 'nora', 'hostile', 'random')}&scenario={scenario}").text
    (link,) = re.findall(r'href="(/openings/[^"]*/compare\.pdf[^"]*)"', page)
    answer = alice.get(unescape(link))
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Comparison Adviser.pdf"'
    words = words_of(answer.data)
    sentences = re.findall(r'(?:<b>|class="lead">|<dd>|<p>)([^<]{40,})<', page)
    assert len(sentences) > 8
    for said in sentences:
        if not said.startswith(("They are", "You ")):
            assert "".join(unescape(said).split()) in "".join(words.split()), said
    assert unescape(title) in words
    assert "61 to 83" in words
    assert "So the last team did." in words
    assert "23 November 2026" in words
    assert HOSTILE in words
    assert "SIMULATED" not in words


def test_the_same_view_is_not_made_twice_on_a_day(
    alice: FlaskClient, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PdfRenderer, "render", lambda *_: b"%PDF-")
    there = address(office, "nora", "casey").replace("compare?", "compare.pdf?")
    answer = alice.get(there)
    again = alice.get(there, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = alice.get(address(office, "casey", "nora").replace("compare?", "compare.pdf?"))
    assert other.headers["ETag"] != answer.headers["ETag"]


def test_hidden_names_are_hidden_on_paper(alice: FlaskClient, office: Office) -> None:
    page = alice.get("/openings").text
    (token,) = set(re.findall(r'name="csrf_token" value="([^"]+)"', page))
    alice.post("/blind", data={"csrf_token": token, "hide": "yes", "next": "/openings"})
    words = words_of(alice.get(address(office, "nora", "casey").replace("compare?", "compare.pdf?")).data)
    assert "Candidate 02" in words
    assert "Nora" not in words


def test_what_cannot_be_compared_or_made_is_said(
    alice: FlaskClient, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert alice.get(address(office, "casey", "half").replace("compare?", "compare.pdf?")).status_code == 409
    assert alice.get(address(office, "casey").replace("compare?", "compare.pdf?")).status_code == 400
    assert alice.get(address(office, "casey", "elsewhere").replace("compare?", "compare.pdf?")).status_code == 404

    def fail(*_: object) -> bytes:
        message = "It took too long"
        raise RenderingError(message)

    monkeypatch.setattr(PdfRenderer, "render", fail)
    answer = alice.get(address(office, "casey", "nora").replace("compare?", "compare.pdf?"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    check_page(answer.text)
