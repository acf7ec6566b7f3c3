"""Showing people to managers, through the pages: fields, taking back, links that need sign-in."""

import re
import subprocess
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select

from eiassess.domain.roles import Role
from eiassess.persistence.tables import CandidateRecord
from eiassess.web.shell.context import Installation
from tests.web.pages import check_page
from tests.web.people import Clock, hire_staff, press, sign_in
from tests.web.staff import Office

FIELDS = {
    "overall": "Overall",
    "areas": "The areas",
    "competencies": "Speaking up",
    "answers": "What was answered",
    "notes": "Asked about shifts",
}
"""Words that stand on the manager's page and paper only where this field was released."""


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


@pytest.fixture
def dana(app: Flask) -> FlaskClient:
    manager = app.test_client()
    sign_in(manager, "dana")
    return manager


def ticked(*fields: str) -> dict[str, str]:
    return {"boxes": "yes"} | {f"field-{each}": "yes" for each in fields}


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def on_paper(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def release(alice: FlaskClient, session_id: str, *fields: str) -> None:
    page = f"/candidates/{session_id}"
    assert press(alice, page, f"{page}/release", **ticked(*fields)).status_code == 303


@pytest.mark.parametrize("fields", [("areas",), ("competencies",), ("answers", "notes"), tuple(FIELDS)])
def test_page_and_paper_show_what_was_released_and_no_more(
    alice: FlaskClient, dana: FlaskClient, office: Office, fields: tuple[str, ...]
) -> None:
    file = f"/candidates/{office.nora}/file"
    assert press(alice, file, f"/candidates/{office.nora}/notes", words="Asked about shifts").status_code == 303
    release(alice, office.nora, *fields)
    page = dana.get(f"/hiring/{office.nora}").text
    check_page(page)
    for raw in (text_of(page), on_paper(dana.get(f"/hiring/{office.nora}.pdf").data)):
        text = raw.replace("Whole area", "The areas")  # beside the competencies each area is a line of its own
        shown = {each for each, words in FIELDS.items() if each != "overall" and words in text}
        assert shown == {each for each in fields if each != "overall"}


def test_the_boxes_keep_what_was_chosen_and_none_is_refused(alice: FlaskClient, office: Office) -> None:
    page = f"/candidates/{office.nora}"
    release(alice, office.nora, "areas", "notes")
    html = alice.get(page).text
    check_page(html)
    assert set(re.findall(r'name="field-(\w+)"[^>]*checked', html)) == {"areas", "notes"}
    nothing = press(alice, page, f"{page}/release", **ticked())
    assert nothing.status_code == 400
    assert "Error: " in nothing.text


def test_many_are_released_and_taken_back_with_their_number_named_first(
    alice: FlaskClient, dana: FlaskClient, office: Office
) -> None:
    address = f"/openings/{office.opening}/progress"
    people = f"{office.nora} {office.casey}"
    asked = alice.get(f"{address}/release?c={office.nora}&c={office.casey}").text
    check_page(asked)
    assert "2 people" in text_of(asked)
    assert press(alice, address, f"{address}/release", people=people, **ticked("overall")).status_code == 303
    home = dana.get("/hiring").text
    check_page(home)
    assert "Nora Quizenberry" in home
    assert "Casey Zwart" in home
    assert press(alice, address, f"{address}/take_back", people=people).status_code == 303
    assert "Nora" not in dana.get("/hiring").text
    assert dana.get(f"/hiring/{office.nora}").status_code == 404


def test_who_is_new_since_the_visit_before_is_marked(
    alice: FlaskClient, dana: FlaskClient, office: Office, clock: Clock
) -> None:
    release(alice, office.nora, "overall")
    assert ">new<" not in dana.get("/hiring").text
    clock.move(minutes=31)
    sign_in(alice, "alice")
    sign_in(dana, "dana")
    release(alice, office.casey, "overall")
    page = dana.get("/hiring").text
    check_page(page)
    assert re.findall(
        r"(Casey|Nora)[^<]*</a></h3><p class=\"meta\"><span[^>]*>(?:<[^>]+>[^<]*</[^>]+>)*\s*new", page
    ) == ["Casey"]


def make_link(alice: FlaskClient, office: Office, **fields: str) -> str:
    address = f"/openings/{office.opening}/progress"
    answer = press(alice, address, f"{address}/share", people=office.nora, **{"days": "7", "given_to": "", **fields})
    assert answer.status_code == 303, text_of(answer.text)
    html = alice.get(f"/openings/{office.opening}/sharing").text
    check_page(html)
    found = re.search(r'readonly value="https?://[^/]+([^"]+)"', html)
    assert found
    return found[1]


def test_a_link_opens_for_those_it_is_for_once_they_signed_in(
    app: Flask, alice: FlaskClient, dana: FlaskClient, office: Office
) -> None:
    release(alice, office.nora, "areas")
    link = make_link(alice, office)
    assert "sign-in" in app.test_client().get(link).location
    led = dana.get(link)
    assert led.status_code == 303
    listed = dana.get(led.location).text
    check_page(listed)
    assert "Nora Quizenberry" in listed
    page = dana.get(f"{led.location}/{office.nora}").text
    check_page(page)
    assert "The areas" in page
    assert "Speaking up" not in page
    erin = app.test_client()
    sign_in(erin, "erin")
    foreign, unknown = erin.get(link), erin.get("/s/never-was")
    assert foreign.status_code == unknown.status_code == 404
    assert text_of(foreign.text) == text_of(unknown.text)
    assert "Nora" not in foreign.text


def test_a_link_ends_when_its_days_are_over_and_when_it_is_revoked(
    alice: FlaskClient, dana: FlaskClient, office: Office, clock: Clock
) -> None:
    release(alice, office.nora, "areas")
    link = make_link(alice, office)
    room = f"/openings/{office.opening}/sharing"
    shown = dana.get(link).location
    revoke = re.search(rf'action="({room}/[^"]+/revoke)"', alice.get(room).text)
    assert revoke
    assert press(alice, room, revoke[1]).status_code == 303
    assert dana.get(link).status_code == dana.get(shown).status_code == 404
    check_page(alice.get(room).text)
    second = make_link(alice, office)
    assert dana.get(second).status_code == 303
    clock.move(days=8)
    sign_in(dana, "dana")
    assert dana.get(second).status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"days": "0"}, "1 to 90"),
        ({"days": "91"}, "1 to 90"),
        ({"given_to": "nobody@example.org"}, "with this address can sign in here"),
    ],
)
def test_a_link_that_cannot_be_made_says_what_to_mend(
    alice: FlaskClient, office: Office, fields: dict[str, str], said: str
) -> None:
    release(alice, office.nora, "areas")
    address = f"/openings/{office.opening}/progress"
    answer = press(alice, address, f"{address}/share", people=office.nora, **{"days": "7", "given_to": "", **fields})
    assert answer.status_code == 400
    check_page(answer.text)
    assert said in text_of(answer.text)


def test_a_link_given_to_one_account_opens_for_nobody_else(
    app: Flask, installation: Installation, alice: FlaskClient, dana: FlaskClient, office: Office
) -> None:
    hire_staff(installation, "heidi", Role.MANAGER)
    release(alice, office.nora, "areas")
    link = make_link(alice, office, given_to="heidi@example.org")
    heidi = app.test_client()
    sign_in(heidi, "heidi")
    assert heidi.get(link).status_code == 303
    assert dana.get(link).status_code == 404


def test_simulated_people_are_marked_on_the_managers_pages(
    installation: Installation, alice: FlaskClient, dana: FlaskClient, office: Office
) -> None:
    with installation.database.writing() as db:
        for each in db.exec(select(CandidateRecord)):
            each.simulated = True
            db.add(each)
    release(alice, office.nora, "areas")
    home = dana.get("/hiring").text
    check_page(home)
    assert "SIMULATED" in home
