"""GET and POST /sit/notice: what is measured, who sees it, and consent."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from eiassess.domain.names import isolated
from eiassess.persistence.tables import AssessmentSessionRecord, MessageRecord, OpeningRecord
from eiassess.services.hiring.inviting import Invitee, queue_invitations
from eiassess.services.mailing.making import make_mail
from eiassess.services.mailing.sources import MailSources
from eiassess.web.shell.context import Installation
from tests.hiring_story import standard_form
from tests.web.people import Casey, Clock, looking_into, make_casey, press


def session_of(installation: Installation, casey: Casey) -> AssessmentSessionRecord:
    query = select(AssessmentSessionRecord).where(AssessmentSessionRecord.id == casey.session_id)
    with looking_into(installation.database) as db:
        record = db.exec(query).one()
        db.expunge(record)
        return record


@pytest.fixture
def page(client: FlaskClient, casey: Casey) -> str:
    client.get(casey.link)
    return client.get("/sit/notice").text


def test_it_says_all_that_somebody_must_know_before_agreeing(page: str) -> None:
    notice = standard_form().bank.notice
    for text in (notice.measures, *notice.sees, notice.decides, notice.key_status, notice.adjustments, *notice.rights):
        assert text in page
    assert "Hello Casey Moreau" in page
    assert "Customer service adviser" in page
    assert "also ask help@example.org" in page
    assert "kept for 180 days" in page
    assert "minutes, no time limit." in page
    assert "So far nobody is named here who only takes care of such requests, so this does not hold yet" in page


def test_it_says_until_when_the_link_works(page: str) -> None:
    assert "Monday 7 December 2026, 14:02 UTC" in page


def test_the_time_is_reckoned_and_rounded_up(page: str) -> None:
    form = standard_form().form
    seconds = form.expected_seconds((*form.practice, *form.scenarios))
    minutes = timedelta(seconds=seconds) // timedelta(minutes=1) + 1
    assert f"takes about {minutes} minutes" in page
    assert "200 words a minute for reading and 8 seconds for each rating" in page


def test_without_the_tick_nothing_starts(client: FlaskClient, casey: Casey, installation: Installation) -> None:
    client.get(casey.link)
    answer = press(client, "/sit/notice")
    assert answer.status_code == 400
    assert "<title>Error: Before you start" in answer.text
    assert 'href="#agree"' in answer.text
    assert session_of(installation, casey).consented_at is None
    assert client.get("/sit/scenario/1").location == "/sit/notice"


def test_agreeing_keeps_when_and_to_which_notice(
    client: FlaskClient, casey: Casey, installation: Installation, clock: Clock
) -> None:
    client.get(casey.link)
    clock.move(minutes=3)
    assert press(client, "/sit/notice", agree="y").location == "/sit/practice"
    record = session_of(installation, casey)
    assert record.consented_at == clock()
    assert record.notice_digest == standard_form().bank.notice.digest


def test_after_agreeing_it_can_be_read_again(client: FlaskClient, sitting: Casey) -> None:
    del sitting
    page = client.get("/sit/notice").text
    assert "You have agreed to this page already" in page
    assert "Agree and continue" not in page


def test_a_simulated_candidate_is_marked(client: FlaskClient, installation: Installation) -> None:
    client.get(make_casey(installation, simulated=True).link)
    assert "SIMULATED" in client.get("/sit/notice").text


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7 * 7 }} {% raise %}",
        "Zoë Đặng Nguyễn-Thị",
        "عمر بن الخطاب",
        "山田 太郎",
        "W" * 200,
    ],
)
def test_names_are_shown_as_they_are_and_do_nothing(client: FlaskClient, installation: Installation, name: str) -> None:
    client.get(make_casey(installation, name).link)
    page = client.get("/sit/notice").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    escaped = name.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")
    assert f"<h1>Hello {isolated(escaped)}</h1>" in page  # one written from right to left is closed off


def test_without_scripts_the_end_is_said_in_the_words_of_the_mail(
    client: FlaskClient, casey: Casey, installation: Installation, clock: Clock
) -> None:
    with installation.database.writing() as db:
        opening = db.get_one(OpeningRecord, casey.opening_id)
        opening.deadline_at, opening.time_zone = clock() + timedelta(days=9), "Europe/Berlin"
        db.add(opening)
        person = Invitee("Casey Moreau", "casey@example.org")
        queue_invitations(db, casey.opening_id, [person], [casey.session_id], clock())
        record = db.exec(select(MessageRecord)).one()
        mail = make_mail(db, record, MailSources(installation.links, "help@example.org"), clock())
    said = "Wednesday 2 December 2026, 15:02 (Europe/Berlin)"
    assert said in mail.mail.text
    client.get(casey.link)
    assert f"{said}</time>; after that" in client.get("/sit/notice").text
