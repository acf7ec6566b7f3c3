"""/sit/voluntary: questions after handing in that nobody has to answer."""

import re
from dataclasses import replace
from email.headerregistry import Address

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import expect

from eiassess.config import Encryption, MailServer
from eiassess.domain.erasures import ErasedBy, ErasureReason
from eiassess.persistence.tables import AssessmentSessionRecord
from eiassess.services.upkeep.erasure import erase_candidate
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.fairness_story import LAW, ask_in, kept_answers
from tests.hiring_story import everything_stored, rows
from tests.web.browsing import check_everywhere, opened, started
from tests.web.candidate.test_own_page import get_code
from tests.web.pages import check_page
from tests.web.people import Casey, begin, hand_in, press

ADDRESS = "/sit/voluntary"


@pytest.fixture
def asked(client: FlaskClient, installation: Installation, casey: Casey) -> Casey:
    """Casey, who has handed in where it is asked."""
    ask_in(installation.database, casey.opening_id)
    begin(client, casey)
    hand_in(client)
    return casey


def test_where_nothing_is_asked_there_is_no_page(client: FlaskClient, sitting: Casey) -> None:
    assert sitting
    assert client.get(ADDRESS).location == "/sit"
    hand_in(client)
    assert client.get(ADDRESS).status_code == 404
    assert press(client, "/sit/done", ADDRESS, **{"answer-q1": "1"}).status_code == 404
    for page in ("/sit/done", "/sit/own"):
        assert "oluntary" not in client.get(page).text


def test_the_notice_says_it_before_anybody_agrees(
    client: FlaskClient, installation: Installation, casey: Casey
) -> None:
    client.get(casey.link)
    assert "about yourself, if you like" not in client.get("/sit/notice").text
    ask_in(installation.database, casey.opening_id, LAW)
    page = client.get("/sit/notice").text
    assert "you may answer 2 questions about yourself, if you like" in page
    assert "by race or ethnicity, and by both together" in page
    ask_in(installation.database, casey.opening_id, asks=False)
    assert "about yourself, if you like" not in client.get("/sit/notice").text


def test_nobody_answers_before_handing_in(client: FlaskClient, installation: Installation, sitting: Casey) -> None:
    ask_in(installation.database, sitting.opening_id)
    assert client.get(ADDRESS).location == "/sit"
    assert "oluntary" not in client.get("/sit/own").text
    early = press(client, "/sit/review", ADDRESS, **{"answer-q1": "1"})
    assert early.status_code == 409
    assert "These questions come after handing in" in early.text
    assert kept_answers(installation.database) == []


@pytest.mark.usefixtures("asked")
def test_it_is_offered_after_handing_in_and_can_be_skipped(client: FlaskClient) -> None:
    done = client.get("/sit/done").text
    assert "If you like: 2 questions about yourself" in done
    assert f'href="{ADDRESS}"' in done
    check_page(done)
    own = client.get("/sit/own").text
    assert "2 questions about yourself. Nobody who decides is shown the answers." in own
    check_page(own)
    page = client.get(ADDRESS).text
    check_page(page)
    assert "You do not have to answer. It changes nothing for you, either way." in page
    assert "Nobody who decides is shown what you answer, or whether you do." in page
    assert "from 10 people on" in page
    assert "New York" not in page
    assert "checked" not in page, "nothing is chosen beforehand"
    assert re.search(r'<a class="button button-primary" href="/sit/done">Skip these questions</a>', page)
    assert page.count("I would rather not say") == 2


@pytest.mark.usefixtures("asked")
def test_answers_are_kept_changed_and_taken_back(client: FlaskClient, installation: Installation) -> None:
    sent = press(client, ADDRESS, **{"answer-q1": "1", "answer-q2": "0"})
    assert sent.location == "/sit/own?sent=voluntary"
    assert "Your answers are kept apart from all the rest" in client.get(sent.location).text
    assert kept_answers(installation.database) == [{"q1": "Woman"}]
    press(client, ADDRESS, **{"answer-q1": "3"})
    assert kept_answers(installation.database) == [{"q1": "In another way"}]
    gone = press(client, ADDRESS, take_back="yes")
    assert "Nothing that you answered to the voluntary questions is kept." in client.get(gone.location).text
    assert kept_answers(installation.database) == []
    press(client, ADDRESS, take_back="yes")


def without_token(page: str) -> str:
    return re.sub(r'name="csrf_token"[^>]*>', "", page)


@pytest.mark.usefixtures("asked")
def test_whoever_holds_the_link_reads_neither_an_answer_nor_whether_there_is_one(client: FlaskClient) -> None:
    """A link is forwarded, and where no mail server is set recruiters see it: the pages say the same either way."""
    pages = (ADDRESS, "/sit/own", "/sit/done")
    before = [without_token(client.get(each).text) for each in pages]
    press(client, ADDRESS, **{"answer-q1": "1", "answer-q2": "0"})
    assert [without_token(client.get(each).text) for each in pages] == before
    assert "checked" not in before[0]
    assert "If you have answered already, what you send now replaces it." in before[0]
    press(client, ADDRESS, take_back="yes")
    assert [without_token(client.get(each).text) for each in pages] == before


def test_where_links_are_passed_on_by_hand_candidates_read_what_that_means(
    client: FlaskClient, installation: Installation, asked: Casey
) -> None:
    said = "whoever recruits sees your link and your codes"
    assert said in client.get(ADDRESS).text
    assert asked
    server = MailServer("mail.example.org", 25, Encryption.REQUIRE, Address("Hiring", "a", "example.org"))
    served = create_app(replace(installation, settings=replace(installation.settings, mail=server)))
    other = served.test_client()
    other.get(asked.link)
    page = other.get(ADDRESS).text
    assert "Nobody who decides is shown what you answer" in page
    assert said not in page


@pytest.mark.usefixtures("asked")
def test_nothing_chosen_and_made_up_answers_are_refused(client: FlaskClient, installation: Installation) -> None:
    nothing = press(client, ADDRESS)
    assert nothing.status_code == 400
    assert nothing.text.count("Choose an answer, or skip these questions.") == 2
    check_page(nothing.text)
    wrong = press(client, ADDRESS, **{"answer-q1": "2", "answer-q2": "9"})
    assert wrong.status_code == 400
    assert re.search(r'id="q1-2"[^>]*checked', wrong.text), "what was chosen stands"
    check_page(wrong.text)
    assert kept_answers(installation.database) == []


def test_nothing_stored_leads_from_an_answer_to_its_person(
    client: FlaskClient, installation: Installation, asked: Casey
) -> None:
    press(client, ADDRESS, **{"answer-q1": "1"})
    (row,) = rows(installation.database, "fairness_answer")
    assert set(row) == {"person", "opening_id", "answers"}, "no time, no number"
    everything = everything_stored(installation.database)
    assert everything.count(row["person"]) == 1
    assert asked.session_id not in str(row)
    assert everything.count("Woman") == 2, "the question and the answer, in no session of a browser and no log"


def test_their_own_data_have_it_and_erasure_takes_it_along(
    client: FlaskClient, installation: Installation, asked: Casey
) -> None:
    press(client, ADDRESS, **{"answer-q1": "1"})
    press(client, "/sit/data", code=get_code(client, installation, "/sit/data"))
    page = client.get("/sit/data").text
    assert "How do you describe your gender?" in page
    assert "It is kept apart from all the rest" in page
    check_page(page)
    assert client.get("/sit/data/file").json["voluntary"] == {
        "How do you describe your gender?": "Woman", "How old are you?": "I would rather not say"
    }  # fmt: skip
    with installation.database.writing() as db:
        session = db.get_one(AssessmentSessionRecord, asked.session_id)
        erase_candidate(db, session, ErasedBy.CANDIDATE, ErasureReason.ASKED, installation.clock())
    assert kept_answers(installation.database) == []


def test_where_it_was_switched_off_an_answer_can_only_be_taken_back(
    client: FlaskClient, installation: Installation, asked: Casey
) -> None:
    press(client, ADDRESS, **{"answer-q1": "1"})
    ask_in(installation.database, asked.opening_id, asks=False)
    assert "Not asked any more. If you answered, you can take it back." in client.get("/sit/own").text
    assert "If you like" not in client.get("/sit/done").text
    page = client.get(ADDRESS).text
    assert "This company asks no more. If you have answered, you can take your answers back." in page
    assert "Send my answers" not in page
    check_page(page)
    press(client, ADDRESS, take_back="yes")
    assert kept_answers(installation.database) == []
    assert client.get(ADDRESS).text.count("If you have answered") == 1, "the same words, whether or not"


def test_on_a_phone_without_scripts_axe_finds_nothing(
    app: Flask, client: FlaskClient, installation: Installation, casey: Casey
) -> None:
    ask_in(installation.database, casey.opening_id, (*LAW,))
    begin(client, casey)
    hand_in(client)
    with started() as browser, opened(browser, app, java_script_enabled=True) as context:
        page = context.new_page()
        page.goto(casey.link)
        page.goto(ADDRESS)
        check_everywhere(page, "Voluntary questions")
        page.get_by_role("button", name="Send my answers").click()
        check_everywhere(page, "Voluntary questions")
    with (
        started() as browser,
        opened(browser, app, java_script_enabled=False, viewport={"width": 320, "height": 640}) as context,
    ):
        page = context.new_page()
        page.goto(casey.link)
        page.get_by_role("link", name="See the questions").click()
        page.get_by_role("group", name="What is your sex?").get_by_label("Female").check()
        page.get_by_role("button", name="Send my answers").click()
        expect(page.get_by_role("status")).to_contain_text("Your answers are kept apart")
    assert kept_answers(installation.database) == [{"law_sex": "Female"}]
