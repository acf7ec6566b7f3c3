"""The outbox, one mail, and what mails say."""

import re
from collections.abc import Sequence
from dataclasses import replace
from email.headerregistry import Address

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.config import Encryption, MailServer
from eiassess.domain.mail_kinds import INVITATION, ONE_USE_CODE, REMINDER, REQUEST_ANSWERED, MailKind
from eiassess.domain.mail_states import MailState
from eiassess.persistence.tables import AssessmentSessionRecord, CandidateRecord, MessageRecord
from eiassess.services.outbox.queueing import MailOrder, queue_mails
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.web.pages import check_page
from tests.web.people import press, sign_in
from tests.web.staff import HOSTILE, Office

SERVER = MailServer("127.0.0.1", 25, Encryption.NEVER, Address("Hiring", "jobs", "example.org"))
GIVEN = {"answer": "You have 50 minutes.", "code": "482 913", "purpose": "x", "minutes": "15"}


@pytest.fixture
def with_server(installation: Installation) -> FlaskClient:
    settings = replace(installation.settings, mail=SERVER)
    app: Flask = create_app(replace(installation, settings=settings))
    return app.test_client()


def ask(
    installation: Installation,
    office: Office,
    kind: MailKind = INVITATION,
    names: Sequence[str] = ("Casey",),
    state: MailState = MailState.WAITING,
    **values: object,
) -> list[str]:
    given = {name: GIVEN[name] for name in kind.placeholders if name in GIVEN and kind.is_secret}
    orders = [
        MailOrder(name, "casey@example.org", opening_id=office.opening, session_id=office.invited, given=given)
        for name in names
    ]
    with installation.database.writing() as db:
        ids = list(queue_mails(db, kind, orders, installation.clock()))
        for mail_id in ids:
            record = db.get_one(MessageRecord, mail_id)
            record.state = state.value
            for name, value in values.items():
                setattr(record, name, value)
    return ids


def outbox(office: Office, more: str = "") -> str:
    return f"/openings/{office.opening}/mail{more}"


def wording(office: Office, kind: str = "invitation") -> str:
    return f"/openings/{office.opening}/wording/{kind}"


def post(client: FlaskClient, path: str, **fields: str) -> tuple[int, str]:
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/openings").text)
    assert token
    answer = client.post(path, data={"csrf_token": token[1], **fields}, follow_redirects=True)
    return answer.status_code, answer.text


class TestOutbox:
    def test_an_empty_one_says_what_it_is_for(self, client: FlaskClient, office: Office) -> None:
        sign_in(client, "alice")
        page = client.get(outbox(office)).text
        assert "Each invitation, reminder and receipt of this opening is listed here" in page
        check_page(page)

    def test_mails_are_listed_with_states_words_and_counts(
        self, with_server: FlaskClient, office: Office, installation: Installation
    ) -> None:
        ask(installation, office, names=("Ann", HOSTILE))
        ask(installation, office, names=("Bea",), state=MailState.REFUSED, words="550 5.1.1 <x>: User unknown")
        ask(installation, office, names=("Cleo",), state=MailState.UNKNOWN)
        ask(installation, office, names=("Dora",), state=MailState.SENT, sent_at=installation.clock())
        sign_in(with_server, "alice")
        page = with_server.get(outbox(office)).text
        assert "1 of 5 sent, 2 on their way, 1 not delivered, 1 not known." in page
        assert "550 5.1.1 &lt;x&gt;: User unknown" in page
        assert "Try 1 mail again that the server did not take" in page
        assert "<script>alert" not in page
        check_page(page)
        undelivered = with_server.get(outbox(office, "?state=undelivered")).text
        assert "Bea" in undelivered
        assert "Cleo" not in undelivered
        assert 'aria-current="page">Not delivered: 1</a>' in undelivered
        none = with_server.get(outbox(office, "?state=not-needed")).text
        assert "No mail stands there" in none
        check_page(none)

    def test_an_odd_address_shows_the_first_page(self, client: FlaskClient, office: Office) -> None:
        sign_in(client, "alice")
        assert client.get(outbox(office, "?state=x&page=-3")).status_code == 200

    def test_many_are_paged(self, client: FlaskClient, office: Office, installation: Installation) -> None:
        ask(installation, office, names=[f"Person {number}" for number in range(120)])
        sign_in(client, "alice")
        first, last = client.get(outbox(office)).text, client.get(outbox(office, "?page=3")).text
        assert "Page 1 of 3" in first
        assert 'rel="next"' in first
        assert 'rel="prev"' not in first
        assert "Page 3 of 3" in last
        assert 'rel="next"' not in last
        check_page(last)

    def test_dead_letters_are_tried_again_together(
        self, with_server: FlaskClient, office: Office, installation: Installation
    ) -> None:
        ask(installation, office, names=("Ann", "Bea"), state=MailState.REFUSED)
        ask(installation, office, names=("Cleo",), state=MailState.BOUNCED)
        sign_in(with_server, "alice")
        code, page = post(with_server, outbox(office, "/retry"))
        assert code == 200
        assert "0 of 3 sent, 2 on their way, 1 not delivered." in page
        assert "did not take" not in page

    def test_hidden_names_stay_hidden(self, client: FlaskClient, office: Office, installation: Installation) -> None:
        (mail_id,) = ask(installation, office, names=("Annabel",))
        sign_in(client, "alice")
        post(client, "/blind", hide="yes")
        for path in (outbox(office), outbox(office, f"/{mail_id}")):
            page = client.get(path).text
            assert "Annabel" not in page
            assert "casey@" not in page
            check_page(page)

    def test_codes_and_answers_to_requests_are_not_for_recruiters(
        self, with_server: FlaskClient, client: FlaskClient, office: Office, installation: Installation
    ) -> None:
        (code,) = ask(installation, office, ONE_USE_CODE)
        (answer,) = ask(installation, office, REQUEST_ANSWERED)
        sign_in(with_server, "alice")
        page = with_server.get(outbox(office)).text
        assert "No mail was asked for yet." in page
        for mail_id in (code, answer):
            assert with_server.get(outbox(office, f"/{mail_id}")).status_code == 404
        sign_in(client, "alice")  # without a server somebody has to pass the code on
        assert "482 913" in client.get(outbox(office, f"/{code}")).text
        assert client.get(outbox(office, f"/{answer}")).status_code == 404


class TestMail:
    def test_without_a_server_it_is_shown_whole(
        self, client: FlaskClient, office: Office, installation: Installation
    ) -> None:
        (mail_id,) = ask(installation, office)
        sign_in(client, "alice")
        page = client.get(outbox(office, f"/{mail_id}")).text
        assert re.search(r"http://localhost/i/[\w-]{43}", page)
        assert "how you can pass it on" in page
        assert "Send it again" not in page
        check_page(page)

    def test_with_one_the_link_is_its_persons_alone(
        self, with_server: FlaskClient, office: Office, installation: Installation
    ) -> None:
        (mail_id,) = ask(installation, office)
        sign_in(with_server, "alice")
        page = with_server.get(outbox(office, f"/{mail_id}")).text
        assert "(the link, which only they see)" in page
        assert "/i/" not in page
        check_page(page)

    def test_one_that_is_not_needed_says_why(
        self, client: FlaskClient, office: Office, installation: Installation
    ) -> None:
        with installation.database.writing() as db:
            order = MailOrder("Casey", "c@example.org", opening_id=office.opening, session_id=office.casey)
            (mail_id,) = queue_mails(db, REMINDER, [order], installation.clock())
        sign_in(client, "alice")
        page = client.get(outbox(office, f"/{mail_id}")).text
        assert "It would not be sent now: They have handed in meanwhile." in page
        check_page(page)

    def test_one_of_which_nobody_knows_is_sent_again_by_a_person(
        self, with_server: FlaskClient, office: Office, installation: Installation
    ) -> None:
        (mail_id,) = ask(installation, office, state=MailState.UNKNOWN)
        sign_in(with_server, "alice")
        page = with_server.get(outbox(office, f"/{mail_id}")).text
        assert "It may have arrived, so it is not sent again by itself." in page
        check_page(page)
        code, page = post(with_server, outbox(office, f"/{mail_id}/again"))
        assert code == 200
        assert ">waiting</span>" in page
        assert post(with_server, outbox(office, f"/{mail_id}/again"))[0] == 409

    def test_one_that_came_back_is_marked(
        self, with_server: FlaskClient, office: Office, installation: Installation
    ) -> None:
        (mail_id,) = ask(installation, office, state=MailState.SENT)
        sign_in(with_server, "alice")
        code, page = post(with_server, outbox(office, f"/{mail_id}/bounced"), words="550 unknown")
        assert code == 200
        assert ">bounced</span>" in page
        assert "550 unknown" in page
        assert post(with_server, outbox(office, f"/{mail_id}/bounced"))[0] == 409

    def test_a_mail_stands_under_its_own_opening(
        self, client: FlaskClient, office: Office, installation: Installation
    ) -> None:
        (mail_id,) = ask(installation, office)
        sign_in(client, "alice")
        assert client.get(f"/openings/{office.empty_opening}/mail/{mail_id}").status_code == 404
        assert client.get(outbox(office, "/nowhere")).status_code == 404


class TestWording:
    def test_all_that_an_opening_words_is_listed(self, client: FlaskClient, office: Office) -> None:
        sign_in(client, "alice")
        page = client.get(f"/openings/{office.opening}/wording").text
        assert "Invitation" in page
        assert "Receipt" in page
        assert "New password" not in page
        assert client.get(wording(office, "password_reset")).status_code == 404
        check_page(page)

    def test_wording_is_shown_with_what_can_stand_in_it(self, client: FlaskClient, office: Office) -> None:
        sign_in(client, "alice")
        page = client.get(wording(office)).text
        assert "<code>((link))</code>" in page
        assert "Preview with made-up values" in page
        assert "Go back to our wording" not in page
        check_page(page)

    def test_it_is_kept_and_taken_back(self, client: FlaskClient, office: Office) -> None:
        sign_in(client, "alice")
        code, page = post(client, wording(office), subject="Ours", text="Dear ((name))\n\n((link))", do="save")
        assert code == 200
        assert "own wording" in page
        page = client.get(wording(office)).text
        assert "Dear ((name))" in page
        check_page(page)
        code, page = post(client, wording(office) + "/reset")
        assert "Go back to our wording" not in page

    @pytest.mark.parametrize("do", ["save", "preview", "test"])
    def test_an_unknown_placeholder_is_named_and_nothing_typed_is_lost(
        self, client: FlaskClient, office: Office, installation: Installation, do: str
    ) -> None:
        sign_in(client, "alice")
        code, page = post(client, wording(office), subject="Ours", text="Hello ((nmae)) ((link))", do=do)
        assert code == 400
        assert "There is no ((nmae)) in this mail; it knows ((name)), ((opening))" in page
        assert "Hello ((nmae)) ((link))</textarea>" in page
        assert 'aria-invalid="true"' in page
        assert "<title>Error: " in page
        check_page(page)
        with installation.database.reading() as db:
            assert db.get(MessageRecord, "x") is None

    def test_an_empty_one_is_refused(self, client: FlaskClient, office: Office) -> None:
        sign_in(client, "alice")
        code, page = post(client, wording(office), subject="", text="")
        assert code == 400
        assert "Write a subject." in page
        check_page(page)

    def test_a_preview_keeps_nothing(self, client: FlaskClient, office: Office) -> None:
        sign_in(client, "alice")
        code, page = post(client, wording(office), subject="S", text="Dear ((name)),\n\n((link))", do="preview")
        assert code == 200
        assert "Dear Casey Berg," in page
        check_page(page)
        assert "Dear ((name))" not in client.get(wording(office)).text

    @pytest.mark.parametrize("by_hand", [True, False])
    def test_a_test_mail_goes_to_oneself(
        self,
        client: FlaskClient,
        with_server: FlaskClient,
        office: Office,
        by_hand: bool,  # noqa: FBT001 - a parameter
    ) -> None:
        browser = client if by_hand else with_server
        sign_in(browser, "alice")
        code, page = post(browser, wording(office), subject="Try", text="Dear ((name)),\n\n((link))", do="test")
        assert code == 200
        assert "A test mail to alice@example.org" in page
        assert ("stands in the outbox" in page) == by_hand
        check_page(page)
        listed = browser.get(outbox(office)).text
        (mail_id,) = re.findall(rf"/openings/{office.opening}/mail/([0-9a-f]{{24}})", listed)
        shown = browser.get(outbox(office, f"/{mail_id}")).text
        assert "Dear Casey Berg," in shown
        check_page(shown)

    def test_of_other_openings_nothing_is_said(self, client: FlaskClient, office: Office) -> None:
        sign_in(client, "charlie")
        for path in (outbox(office), wording(office), f"/openings/{office.opening}/wording"):
            assert client.get(path).status_code == 404


def test_a_simulated_persons_mail_is_shown_whole_and_said_to_go_to_nobody(
    client: FlaskClient, installation: Installation, office: Office
) -> None:
    (mail_id,) = ask(installation, office)
    with installation.database.writing() as db:
        session = db.get_one(AssessmentSessionRecord, office.invited)
        db.get_one(CandidateRecord, session.candidate_id).simulated = True
    sign_in(client, "alice")
    page = client.get(outbox(office, f"/{mail_id}")).text
    check_page(page)
    assert "Simulated people get no mail. This is what the person would be sent." in page
    assert "Hello Casey" in page
    assert "next step for" in page
    assert "It would not be sent now" not in page


def test_a_waiting_mail_names_its_next_try(client: FlaskClient, installation: Installation, office: Office) -> None:
    ask(installation, office)
    ask(installation, office, REMINDER, state=MailState.SENT)
    sign_in(client, "alice")
    page = client.get(outbox(office)).text
    assert page.count("next try ") == 1


def test_a_wording_with_an_error_says_so_once_in_the_title(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    address = f"/openings/{office.opening}/wording/invitation"
    answer = press(client, address, address, subject="", text="", do="save")
    assert answer.text.count("Error: Error:") == 0
    assert "<title>Error: Invitation" in answer.text
