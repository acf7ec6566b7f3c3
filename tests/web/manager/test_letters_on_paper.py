"""A name whose letters no font of the machine has: pages say so beside the PDF."""

from flask import Flask
from flask.testing import FlaskClient

from eiassess.web.shell.context import Installation
from tests.web.pages import check_page
from tests.web.people import invite, press, sign_in
from tests.web.staff import Office, sit

BOXES = "boxes in the"
NOBODYS = "\U00030ede"
"""A letter so rare that no font that we install has it."""


def handed_in(installation: Installation, office: Office, name: str) -> str:
    issued = invite(installation, office.opening, name)
    sit(installation, issued, noise=0.7)
    return issued.session_id


def test_recruiter_and_manager_are_told_of_letters_that_no_font_has(
    app: Flask, client: FlaskClient, installation: Installation, office: Office
) -> None:
    readable, rare = (handed_in(installation, office, name) for name in ("Анна <b> 王", f"Li {NOBODYS} <b>"))
    recruiter = app.test_client()
    sign_in(recruiter, "alice")
    for session_id in (readable, rare):
        page = recruiter.get(f"/candidates/{session_id}").text
        assert (BOXES in page) == (session_id == rare)
        check_page(page)
        assert press(recruiter, f"/candidates/{session_id}", f"/candidates/{session_id}/release").status_code == 303
    sign_in(client, "dana")
    page = client.get("/hiring").text
    assert page.count(BOXES) == 1
    assert f"no font on this machine has CJK ({NOBODYS}). On Debian: apt-get install fonts-noto-cjk" in page
    check_page(page)


def test_who_hides_names_is_not_told_their_letters(
    client: FlaskClient, installation: Installation, office: Office
) -> None:
    rare = handed_in(installation, office, NOBODYS)
    sign_in(client, "alice")
    assert press(client, "/openings", "/blind", hide="yes").status_code == 303
    page = client.get(f"/candidates/{rare}").text
    assert BOXES not in page
    assert NOBODYS not in page


def test_while_reports_cannot_be_made_the_pages_are_there_all_the_same(
    client: FlaskClient, installation: Installation, office: Office
) -> None:
    rare = handed_in(installation, office, NOBODYS)
    sign_in(client, "alice")
    places = installation.renderer._places  # noqa: SLF001 - as full as with four reports at once
    taken = [places.acquire(blocking=False) for _ in range(4)]
    page = client.get(f"/candidates/{rare}")
    assert all(taken)
    assert page.status_code == 200
    assert BOXES not in page.text
