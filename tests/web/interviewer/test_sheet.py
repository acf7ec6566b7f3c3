"""/interviews/<id>: what to ask, own ratings, and the gate before others' ratings."""

from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.banks.anchors import anchors_of
from eiassess.domain.openings import MemberPart
from eiassess.domain.roles import Role
from eiassess.persistence.tables import AssessmentSessionRecord
from eiassess.services.hiring.openings import assign_member
from eiassess.services.interviews.planning import call_off
from eiassess.services.own_page.own_data import get_own_data
from eiassess.services.people.accounts import find_account
from eiassess.services.results.for_managers import get_report_basis
from eiassess.web.shell.context import Installation
from tests.hiring_story import rows, standard_form
from tests.interviews import COMPETENCIES
from tests.web.interviewing import everything_of, plan, rate, sheet, signed_in
from tests.web.pages import check_page
from tests.web.people import hidden, hire_staff, press, sign_in
from tests.web.staff import HOSTILE, Office

SECRET = "xylophone"
MODEL = standard_form().bank.model


@pytest.fixture
def alice(app: Flask) -> FlaskClient:
    return signed_in(app, "alice")


@pytest.fixture
def interview(alice: FlaskClient, office: Office, installation: Installation) -> str:
    return plan(alice, installation, office.casey, "bob", "dana", day="2026-12-04")


@pytest.fixture
def dana(client: FlaskClient) -> FlaskClient:
    sign_in(client, "dana")
    return client


def test_a_manager_to_whom_no_competency_was_released_asks_in_the_banks_order(
    dana: FlaskClient, interview: str
) -> None:
    page = dana.get(f"/interviews/{interview}").text
    assert "What to ask</h2>" in page
    assert "If there is time" not in page
    assert [page.index(f'id="part-{each}"') for each in COMPETENCIES] == sorted(
        page.index(f'id="part-{each}"') for each in COMPETENCIES
    )
    check_page(page)


def test_the_sheet_asks_and_names_no_score(app: Flask, interview: str) -> None:
    page = signed_in(app, "bob").get(f"/interviews/{interview}").text
    assert "Casey Zwart" in page
    assert "What to ask first" in page
    assert "If there is time" in page
    for word in ("interval", "reaches lower", "Score "):
        assert word not in page
    for competency in COMPETENCIES:
        assert MODEL.competencies[competency].interview[0].question in unescape(page)
        for words in anchors_of("service-ei")[competency]:
            assert words in unescape(page)
    assert page.count(" checked>") == len(COMPETENCIES) - page.partition("If there is time")[0].count("<fieldset")
    check_page(page)


def test_before_handing_in_everything_is_asked_alike(
    alice: FlaskClient, dana: FlaskClient, office: Office, installation: Installation
) -> None:
    page = dana.get(f"/interviews/{plan(alice, installation, office.invited, 'dana')}").text
    assert "What to ask</h2>" in page
    assert "If there is time" not in page
    check_page(page)


def _call_off(installation: Installation, interview: str) -> None:
    alice = find_account(installation.database, "alice@example.org")
    assert alice
    call_off(installation.database, alice.id, interview, installation.clock())


class TestWhatComesTooLate:
    def test_after_calling_off_everything_typed_is_shown_again(
        self, dana: FlaskClient, interview: str, installation: Installation
    ) -> None:
        fields = sheet(4, note=f"{HOSTILE} second")
        fields[f"rating-{COMPETENCIES[0]}"], fields[f"rating-{COMPETENCIES[1]}"] = "not-asked", "6"
        fields[f"note-{COMPETENCIES[1]}"] = "A note alone"
        token = hidden(dana.get(f"/interviews/{interview}").text, "csrf_token")
        _call_off(installation, interview)
        answer = dana.post(f"/interviews/{interview}", data={**fields, "csrf_token": token})
        assert answer.status_code == 409
        page = unescape(answer.text)
        assert "This interview was called off before you sent your ratings" in page
        assert page.count(f"\n{HOSTILE} second</textarea>") == page.count("\nA note alone</textarea>") == 1
        assert page.count("<p>Point 4</p>") == len(COMPETENCIES) - 2
        assert page.count("<p>Not asked</p>") == page.count("<p>No point chosen</p>") == 1
        assert rows(installation.database, "interview_rating") == []
        check_page(answer.text)
        assert dana.get(f"/interviews/{interview}").status_code == 404

    def test_after_a_withdrawal_too(
        self, dana: FlaskClient, interview: str, office: Office, installation: Installation
    ) -> None:
        token = hidden(dana.get(f"/interviews/{interview}").text, "csrf_token")
        with installation.database.writing() as db:
            db.get_one(AssessmentSessionRecord, office.casey).withdrawn_at = installation.clock()
        answer = dana.post(f"/interviews/{interview}", data={"csrf_token": token})
        assert answer.status_code == 409
        assert "This person withdrew before you sent your ratings" in answer.text
        assert "You had chosen and written nothing." in answer.text
        check_page(answer.text)

    def test_whoever_is_not_named_learns_nothing(
        self, app: Flask, alice: FlaskClient, interview: str, installation: Installation
    ) -> None:
        _call_off(installation, interview)
        for client in (alice, signed_in(app, "charlie")):
            token = hidden(client.get("/openings").text, "csrf_token")
            answer = client.post(f"/interviews/{interview}", data={**sheet(4), "csrf_token": token})
            assert answer.status_code == 404


def test_what_is_missing_is_said_and_everything_typed_stays(
    dana: FlaskClient, interview: str, installation: Installation
) -> None:
    fields = sheet(4, note=f"{HOSTILE} second")
    missing = fields.pop(f"rating-{COMPETENCIES[3]}")
    assert missing
    answer = press(dana, f"/interviews/{interview}", **fields)
    assert answer.status_code == 400
    assert "Choose a point from 1 to 5, or say that it was not asked." in answer.text
    assert f"{MODEL.competencies[COMPETENCIES[3]].name}: choose a point" in answer.text
    assert f'href="#part-{COMPETENCIES[3]}"' in answer.text
    assert answer.text.count(" checked>") == len(COMPETENCIES) - 1
    assert "second</textarea>" in answer.text
    assert HOSTILE not in answer.text
    check_page(answer.text)
    assert rows(installation.database, "interview_rating") == []
    nothing = press(dana, f"/interviews/{interview}", **sheet("not-asked"))
    assert nothing.status_code == 400
    assert "Rate at least one part" in nothing.text


def test_ratings_are_kept_once_however_often_the_button_is_pressed(
    dana: FlaskClient, interview: str, installation: Installation
) -> None:
    once = hidden(dana.get(f"/interviews/{interview}").text, "once")
    for _ in range(2):
        answer = press(dana, f"/interviews/{interview}", **sheet(4, 3, "not-asked"), once=once)
        assert answer.location == f"/interviews/{interview}?saved=yes"
    assert len(rows(installation.database, "interview_rating")) == len(COMPETENCIES)
    page = dana.get(answer.location).text
    assert "Your ratings are kept." in page
    assert "Keep the changes" in page
    assert "Nobody else has rated yet." in page
    check_page(page)


def test_the_gate(app: Flask, dana: FlaskClient, office: Office, interview: str) -> None:
    bob = signed_in(app, "bob")
    rate(bob, interview, 2, note=SECRET)
    assert SECRET not in everything_of(dana, office, office.casey, f"/interviews/{interview}")
    refused = press(dana, f"/interviews/{interview}", f"/interviews/{interview}/others")
    assert refused.status_code == 409
    assert "Give your own ratings first" in refused.text
    check_page(refused.text)
    rate(dana, interview, 5)
    page = dana.get(f"/interviews/{interview}").text
    assert SECRET not in page
    assert "Show what others rated" in page
    check_page(page)
    assert press(dana, f"/interviews/{interview}", f"/interviews/{interview}/others").location.endswith("#others")
    page = dana.get(f"/interviews/{interview}").text
    assert SECRET in page
    check_page(page)


def test_who_changes_after_reading_is_marked(app: Flask, dana: FlaskClient, interview: str) -> None:
    bob = signed_in(app, "bob")
    rate(bob, interview, 2)
    rate(dana, interview, 5)
    press(dana, f"/interviews/{interview}", f"/interviews/{interview}/others")
    rate(dana, interview, 3, 5)
    press(bob, f"/interviews/{interview}", f"/interviews/{interview}/others")
    page = bob.get(f"/interviews/{interview}").text
    assert "3 (not blind; 5 counts)" in page
    assert "after reading others&#39; ratings" in page
    check_page(page)


def test_ratings_reach_nobody_else(
    app: Flask, client: FlaskClient, alice: FlaskClient, office: Office, interview: str, installation: Installation
) -> None:
    """A manager who does not interview, a released report on paper, and the candidate's own file hold none of it."""
    bob = signed_in(app, "bob")
    rate(bob, interview, 2, note=SECRET)
    press(alice, "/openings", f"/candidates/{office.casey}/release", fields=["overall", "competencies", "notes"])
    hire_staff(installation, "heidi", Role.MANAGER, office.opening)
    sign_in(client, "heidi")
    assert client.get(f"/hiring/{office.casey}").status_code == 200
    assert SECRET not in everything_of(client, office, office.casey, f"/interviews/{interview}")
    invitation = next(
        each["id"] for each in rows(installation.database, "invitation") if each["session_id"] == office.casey
    )
    heidi = find_account(installation.database, "heidi@example.org")
    assert heidi
    assert SECRET not in repr(get_report_basis(installation.database, heidi.id, office.casey))  # page and PDF alike
    assert SECRET not in repr(get_own_data(installation.database, invitation))
    assert SECRET not in everything_of(alice, office, office.casey)
    charlie = signed_in(app, "charlie")
    assert charlie.get(f"/interviews/{interview}").status_code == 404
    assert press(charlie, "/openings", f"/candidates/{office.casey}/ratings").status_code == 404


def test_an_analyst_can_be_named_and_finds_the_way(
    app: Flask, alice: FlaskClient, client: FlaskClient, office: Office, installation: Installation
) -> None:
    assign_member(installation.database, office.opening, "avery@example.org", [MemberPart.INTERVIEWS])
    sign_in(client, "avery")
    assert '<a href="/interviews"' in client.get("/analysis").text
    named = plan(alice, installation, office.casey, "avery")
    rate(client, named, 3)
    again = plan(alice, installation, office.casey, "avery", "bob")
    rate(signed_in(app, "bob"), again, 4)
    page = client.get(f"/interviews/{named}").text
    assert "You are named for another interview with this person." in page
    check_page(page)


def test_who_read_first_is_warned(
    app: Flask, alice: FlaskClient, office: Office, interview: str, installation: Installation
) -> None:
    rate(signed_in(app, "bob"), interview, 2)
    press(alice, "/openings", f"/candidates/{office.casey}/ratings")
    second = plan(alice, installation, office.casey, "alice")
    page = alice.get(f"/interviews/{second}").text
    assert "Yours will be marked as given after reading" in page
    check_page(page)


def test_another_sheet_of_the_same_interview_does_not_replace_what_it_has_not_seen(
    app: Flask, interview: str, installation: Installation
) -> None:
    bob = signed_in(app, "bob")
    stale = bob.get(f"/interviews/{interview}").text
    rate(bob, interview, 4, note="On the telephone.")
    fields = {"csrf_token": hidden(stale, "csrf_token"), "once": hidden(stale, "once"), "seen": hidden(stale, "seen")}
    answer = bob.post(f"/interviews/{interview}", data={**fields, **sheet(2, note="On paper.")})
    assert answer.status_code == 409
    assert "You gave other ratings meanwhile" in answer.text
    assert "On paper." in answer.text
    assert {row["rating"] for row in rows(installation.database, "interview_rating")} == {4}
    again = {name: hidden(answer.text, name) for name in fields}
    assert bob.post(f"/interviews/{interview}", data={**again, **sheet(2, note="On paper.")}).status_code == 303
    assert {row["rating"] for row in rows(installation.database, "interview_rating")} == {4, 2}
