"""/candidates/<id>/data, correct, erase and hold: a candidate's rights by staff."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.services.deciding.notes import write_note
from eiassess.services.people.accounts import find_account
from eiassess.services.upkeep.erasure import carry_out_wishes
from eiassess.web.shell.context import Installation
from tests.hiring_story import everything_stored, rows
from tests.web.pages import check_page
from tests.web.people import Clock, press, sign_in
from tests.web.staff import HOSTILE, Office

DUTY = {"person": "Dana", "reason": "A complaint is under way.", "last_day": "2026-12-24"}


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


def of(session_id: str, what: str) -> str:
    return f"/candidates/{session_id}/{what}"


class TestData:
    def test_all_that_is_stored_stands_on_a_page_and_in_a_file(
        self, alice: FlaskClient, office: Office, installation: Installation
    ) -> None:
        account = find_account(installation.database, "alice@example.org")
        write_note(installation.database, account.id, office.casey, "Asked good questions.", installation.clock())
        assert of(office.casey, "data") in alice.get(f"/candidates/{office.casey}").text
        page = alice.get(of(office.casey, "data")).text
        check_page(page)
        for words in ("Casey Zwart", "caseyzwart@example.org", "Asked good questions.", "of 100, 95 % interval"):
            assert words in page
        file = alice.get(of(office.casey, "data.json"))
        assert file.headers["Content-Disposition"] == 'attachment; filename="candidate-01.json"'
        assert file.headers["Cache-Control"] == "no-store"
        kept = json.loads(file.text)
        assert (kept["name"], kept["number"], kept["notes"][0]["words"]) == ("Casey Zwart", 1, "Asked good questions.")
        assert len(kept["answers"]) == 16
        assert kept["answers"][0]["saved_at"] is None

    @pytest.mark.parametrize("who", ["invited", "half", "hostile"])
    def test_every_state_is_a_page(self, alice: FlaskClient, office: Office, who: str) -> None:
        for what in ("data", "correct", "erase", "hold"):
            page = alice.get(of(getattr(office, who), what)).text
            check_page(page)
            assert HOSTILE not in page

    def test_hidden_names_stay_hidden(self, alice: FlaskClient, office: Office) -> None:
        press(alice, "/openings", "/blind", hide="yes", next="/openings")
        for what in ("data", "correct", "erase", "hold"):
            page = alice.get(of(office.casey, what)).text
            check_page(page)
            assert "casey" not in page.lower().replace(office.casey, "")
        assert alice.get(of(office.casey, "data.json")).location == of(office.casey, "data")
        answer = press(alice, "/openings", of(office.casey, "correct"), name="X", email="x@example.org")
        assert answer.status_code == 400
        assert "Names are hidden" in answer.text
        check_page(answer.text)

    @pytest.mark.parametrize("what", ["data", "data.json", "correct", "erase", "hold"])
    def test_other_peoples_candidates_do_not_exist(self, app: Flask, office: Office, what: str) -> None:
        for who in ("charlie", "dana", "avery", "grace"):
            client = app.test_client()
            sign_in(client, who)
            assert client.get(of(office.casey, what)).status_code == 404


class TestCorrecting:
    def test_name_and_address_are_changed_everywhere(
        self, alice: FlaskClient, office: Office, installation: Installation
    ) -> None:
        page = alice.get(of(office.casey, "correct")).text
        assert 'value="Casey Zwart"' in page
        answer = press(alice, of(office.casey, "correct"), name=" Casey  Zwaart ", email="Casey@Example.com")
        assert answer.location == of(office.casey, "data") + "?corrected=address#done"
        page = alice.get(answer.location).text
        check_page(page)
        assert "Links that went to the old one still work" in page
        assert "Casey Zwaart" in page
        assert "Casey Zwaart" in alice.get(f"/openings/{office.opening}?q=zwaart").text
        assert "caseyzwart@" not in everything_stored(installation.database)
        answer = press(alice, of(office.casey, "correct"), name="Casey", email="casey@example.com")
        assert "The name is corrected." in alice.get(answer.location).text

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"name": "", "email": "c@example.org"}, "A name has 1 to 200 characters."),
            ({"name": "Casey", "email": "casey"}, "is not an e-mail address"),
            ({"name": "Casey", "email": "NoraQuizenberry@example.org"}, "Candidate 2 of this opening has this address"),
        ],
    )
    def test_what_cannot_be_used_is_said_and_changes_nothing(
        self, alice: FlaskClient, office: Office, fields: dict[str, str], said: str
    ) -> None:
        answer = press(alice, of(office.casey, "correct"), **fields)
        assert answer.status_code == 400
        assert said in answer.text
        check_page(answer.text)
        assert "Casey Zwart" in alice.get(of(office.casey, "data")).text


class TestErasing:
    @pytest.mark.parametrize("number", ["", " ", "0", "2", "1.0", "Casey Zwart", "¹", "None"])
    def test_nothing_is_erased_without_the_right_number(
        self, alice: FlaskClient, office: Office, installation: Installation, number: str
    ) -> None:
        answer = press(alice, of(office.casey, "erase"), number=number, why="asked")
        assert answer.status_code == 400
        assert 'href="#number"' in answer.text
        check_page(answer.text)
        assert rows(installation.database, "erasure_receipt") == []
        assert "Casey Zwart" in alice.get(of(office.casey, "data")).text

    def test_a_reason_is_chosen_among_those_there_are(self, alice: FlaskClient, office: Office) -> None:
        for why in ({}, {"why": "time over"}):
            answer = press(alice, of(office.casey, "erase"), number="1", **why)
            assert answer.status_code == 400
            assert "Choose why it is erased." in answer.text

    @pytest.mark.parametrize("number", ["1", "01", " 1 "])
    def test_with_it_everything_goes_but_a_receipt(
        self, alice: FlaskClient, office: Office, installation: Installation, number: str
    ) -> None:
        assert "candidate number 01 of Adviser" in alice.get(of(office.casey, "erase")).text
        answer = press(alice, of(office.casey, "erase"), number=number, why="mistake")
        assert answer.status_code == 200
        check_page(answer.text)
        (receipt,) = rows(installation.database, "erasure_receipt")
        assert receipt["id"] in answer.text
        assert (receipt["erased_by"], receipt["reason"]) == ("staff", "mistake")
        assert "Zwart" not in everything_stored(installation.database)
        elsewhere = everything_stored(installation.database, but={"audit_entry"})  # which holds ids, and nothing else
        assert office.casey not in elsewhere
        assert alice.get(of(office.casey, "data")).status_code == 404
        assert alice.get(f"/openings/{office.opening}").status_code == 200

    def test_it_takes_a_post_with_a_token_of_who_may(self, app: Flask, alice: FlaskClient, office: Office) -> None:
        assert alice.post(of(office.casey, "erase"), data={"number": "1", "why": "asked"}).status_code == 400
        charlie = app.test_client()
        sign_in(charlie, "charlie")
        answer = press(charlie, "/openings", of(office.casey, "erase"), number="1", why="asked")
        assert answer.status_code == 404
        assert alice.get(of(office.casey, "data")).status_code == 200


class TestDuties:
    def test_a_duty_holds_until_its_day_and_then_the_wish_is_carried_out(
        self, alice: FlaskClient, office: Office, installation: Installation, clock: Clock
    ) -> None:
        answer = press(alice, of(office.casey, "hold"), **DUTY)
        assert answer.location == of(office.casey, "data") + "#held"
        page = alice.get(answer.location).text
        assert "Kept until Fri 25 Dec 2026, 00:00 UTC. Dana answers for it: A complaint is under way." in page
        check_page(page)
        page = alice.get(of(office.casey, "hold")).text
        assert "End it now" in page
        assert 'value="2026-12-24"' in page
        check_page(page)
        check_page(alice.get(of(office.casey, "erase")).text)
        for _ in range(2):
            answer = press(alice, of(office.casey, "erase"), number="1", why="asked")
            assert "is erased later" in answer.text
            check_page(answer.text)
        page = alice.get(of(office.casey, "data")).text
        assert "They are to be erased" in page
        check_page(page)
        check_page(alice.get(of(office.casey, "hold")).text)
        check_page(alice.get(of(office.casey, "erase")).text)
        clock.move(days=20)
        assert carry_out_wishes(installation.database, clock()) == 0
        clock.move(days=12)
        assert carry_out_wishes(installation.database, clock()) == 1
        assert "Zwart" not in everything_stored(installation.database)

    def test_it_can_be_ended_before(self, alice: FlaskClient, office: Office, installation: Installation) -> None:
        press(alice, of(office.casey, "hold"), **DUTY)
        for _ in range(2):
            answer = press(alice, of(office.casey, "hold"), of(office.casey, "hold/end"))
            assert answer.location == of(office.casey, "data")
        assert rows(installation.database, "erasure_hold") == []

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"person": ""}, "A name has 1 to 200 characters."),
            ({"reason": " "}, "Say in 1 to 500 characters why"),
            ({"reason": "x" * 501}, "Say in 1 to 500 characters why"),
            ({"last_day": "soon"}, "Give the last day of keeping as a date"),
            ({"last_day": "9999-12-31"}, "Give the last day of keeping as a date"),
            ({"last_day": "2026-11-22"}, "This day is over"),
            ({"last_day": "2037-01-01"}, "at most 10 years"),
        ],
    )
    def test_what_is_missing_or_wrong_is_said(
        self, alice: FlaskClient, office: Office, installation: Installation, wrong: dict[str, str], said: str
    ) -> None:
        answer = press(alice, of(office.casey, "hold"), **(DUTY | wrong))
        assert answer.status_code == 400
        assert said in answer.text
        check_page(answer.text)
        assert rows(installation.database, "erasure_hold") == []
