"""/openings/<id>/decisions and /candidates/<id>/file: stages, notes and decisions in the browser."""

import re

import pytest
from flask.testing import FlaskClient

from eiassess.web.shell.context import Installation
from tests.hiring_story import rows, switch_on
from tests.web.pages import check_page
from tests.web.people import hidden, invite, press, sign_in
from tests.web.staff import HOSTILE, Office


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


def ask(client: FlaskClient, office: Office, do: str, *people: str) -> str:
    chosen = "&".join(f"c={each}" for each in people)
    return client.get(f"/openings/{office.opening}/decisions/ask?{chosen}&do={do}").text


def record(client: FlaskClient, office: Office, do: str, *people: str, **fields: str):  # noqa: ANN201 - Flask's own
    page = ask(client, office, do, *people)
    once = hidden(page, "once") if 'name="once"' in page else ""
    where = f"/openings/{office.opening}/decisions/ask"
    return press(
        client, f"/openings/{office.opening}/decisions", where, do=do, people=" ".join(people), once=once, **fields
    )


def test_the_page_lists_who_stands_where(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/openings/{office.opening}/decisions").text
    assert "8 people of 8 still to review" in page
    assert "Casey Zwart" in page
    assert HOSTILE not in page
    assert "shortlist" not in page
    check_page(page)
    empty = alice.get(f"/openings/{office.opening}/decisions?stage=hired&page=x").text
    assert "Nobody stands here" in empty
    check_page(empty)
    nobody = alice.get(f"/openings/{office.empty_opening}/decisions").text
    assert "Nobody is invited yet" in nobody
    check_page(nobody)


def test_several_are_moved_after_their_number_was_named(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    page = ask(alice, office, "interview", office.casey, office.nora)
    assert "Move 2 people to" in page
    assert "Nora Quizenberry" in page
    assert rows(installation.database, "stage_move") == []
    check_page(page)
    answer = record(alice, office, "interview", office.casey, office.nora, tell="y")
    assert answer.status_code == 303
    page = alice.get(answer.location).text
    assert "2 people moved. 2 people will be told by mail." in page
    assert "6 people of 8 still to review" in page
    check_page(page)
    told = [each["kind"] for each in rows(installation.database, "message")]
    assert told == ["told_interview", "told_interview"]
    again = record(alice, office, "tell", office.casey, office.nora, office.random)
    assert "0 people will be told by mail" in alice.get(again.location).text


def test_a_decision_without_person_and_reason_is_asked_again(alice: FlaskClient, office: Office) -> None:
    page = ask(alice, office, "not_taken", office.casey)
    assert 'value="Alice"' in page
    check_page(page)
    answer = record(alice, office, "not_taken", office.casey, person="Hanna Head", reason="")
    assert answer.status_code == 400
    assert answer.text.count("Say why; the person whom it is about may ask for it.") == 2
    assert 'value="Hanna Head"' in answer.text
    check_page(answer.text)
    done = record(alice, office, "not_taken", office.casey, person="Hanna Head", reason="Too few evenings.")
    assert "1 person moved." in alice.get(done.location).text
    kept = alice.get(f"/candidates/{office.casey}/file").text
    assert "decided by" in kept
    assert "Too few evenings." in kept
    check_page(kept)
    block = alice.get(f"/candidates/{office.casey}").text
    assert "Where they stand" in block
    assert "Not taken" in block


def test_the_same_form_pressed_twice_is_done_once(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    once = hidden(ask(alice, office, "interview", office.casey), "once")
    where, page = f"/openings/{office.opening}/decisions/ask", f"/openings/{office.opening}/decisions"
    for _ in range(2):
        answer = press(alice, page, where, do="interview", people=office.casey, once=once, tell="y")
    assert "This was already done at" in alice.get(answer.location).text
    assert len(rows(installation.database, "stage_move")) == len(rows(installation.database, "message")) == 1


def test_nobody_chosen_is_said(alice: FlaskClient, office: Office) -> None:
    page = ask(alice, office, "offer")
    assert "Nobody is chosen" in page
    check_page(page)
    answer = record(alice, office, "offer")
    assert answer.status_code == 400
    assert "Choose at least one person." in answer.text
    check_page(answer.text)
    assert alice.get(f"/openings/{office.opening}/decisions/ask?c={office.casey}&do=anything").status_code == 400


def test_people_of_other_openings_are_neither_named_nor_moved(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    assert "Zoe" not in ask(alice, office, "interview", office.elsewhere)
    assert "0 people moved." in alice.get(record(alice, office, "interview", office.elsewhere).location).text
    assert rows(installation.database, "stage_move") == []


def test_the_shortlist_is_there_where_it_is_switched_on_and_refused_elsewhere(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    refused = record(alice, office, "mark", office.casey)
    assert refused.status_code == 409
    assert "There is no shortlist here" in refused.text
    check_page(refused.text)
    switch_on(installation.database, office.opening)
    assert "Put on the shortlist" in alice.get(f"/openings/{office.opening}/decisions").text
    page = ask(alice, office, "mark", office.casey)
    assert "Put 1 person on the shortlist?" in page
    page = alice.get(record(alice, office, "mark", office.casey).location).text
    assert "1 person put on the shortlist." in page
    assert len(re.findall("<td>on the shortlist</td>", page)) == 1
    assert "1 person taken off the shortlist." in alice.get(record(alice, office, "unmark", office.casey).location).text


def test_a_stage_of_ones_own(alice: FlaskClient, office: Office) -> None:
    page, where = f"/openings/{office.opening}/decisions", f"/openings/{office.opening}/stages"
    assert press(alice, page, where, stage_name="Trial day").location == page
    assert "Move to: Trial day" in alice.get(page).text
    taken = press(alice, page, where, stage_name="trial day")
    assert taken.status_code == 400
    assert taken.text.count("There is a stage of this name already.") == 2
    check_page(taken.text)


def test_notes_are_kept_with_their_author_and_escaped(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    address = f"/candidates/{office.casey}/file"
    page = alice.get(address).text
    assert "Nobody wrote a note yet." in page
    check_page(page)
    once = hidden(page, "once")
    for _ in range(2):
        answer = press(alice, address, f"/candidates/{office.casey}/notes", words=f"{HOSTILE}\n\nsecond", once=once)
        assert answer.location == f"{address}#notes"
    page = alice.get(address).text
    assert HOSTILE not in page
    assert "<p>second</p>" in page.replace("\u2068", "").replace("\u2069", "")
    assert len(rows(installation.database, "candidate_note")) == 1
    check_page(page)
    empty = press(alice, address, f"/candidates/{office.casey}/notes", words=" ")
    assert empty.status_code == 400
    assert "Write a note of 1 to 4000 characters" in empty.text
    check_page(empty.text)
    assert "1 note." in alice.get(f"/candidates/{office.casey}").text


def test_names_stay_hidden(alice: FlaskClient, office: Office) -> None:
    press(alice, "/openings", "/blind", hide="yes")
    for page in (
        alice.get(f"/openings/{office.opening}/decisions").text,
        alice.get(f"/candidates/{office.casey}/file").text,
        ask(alice, office, "interview", office.casey),
    ):
        assert "Casey" not in page
        assert "Candidate 01" in page


def test_of_many_the_first_fifty_are_named_and_there_are_pages(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    people = [
        invite(installation, office.empty_opening, f"N {n}", email=f"n{n}@example.org").session_id for n in range(52)
    ]
    chosen = "&".join(f"c={each}" for each in people)
    page = alice.get(f"/openings/{office.empty_opening}/decisions/ask?{chosen}&do=tell").text
    assert "and 2 more" in page
    assert "Tell 52 people by mail where they stand?" in page
    check_page(page)
    first = alice.get(f"/openings/{office.empty_opening}/decisions").text
    assert "Page 1 of 2" in first
    second = alice.get(f"/openings/{office.empty_opening}/decisions?page=2").text
    assert "Page 2 of 2" in second
    check_page(second)
