"""The progress page, its live part, and what is done for many after the number was named."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient

from eiassess.persistence.tables import AssessmentSessionRecord, OpeningRecord
from eiassess.web.shell.context import Installation
from tests.candidates import add_many
from tests.hiring_story import rows
from tests.web.pages import check_page
from tests.web.people import Clock, invite, press, sign_in, token_in
from tests.web.staff import Office


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


def people_in(page: str) -> list[str]:
    """The sessions that a page of confirmation would act on."""
    found = re.search(r'name="people" value="([^"]*)"', page)
    return found[1].split() if found else []


def counts(page: str) -> dict[str, int]:
    return {label: int(n.replace(",", "")) for n, label in re.findall(r"<b>([\d,]+)</b> <span>([^<]+)</span>", page)}


def test_the_page_counts_who_is_where_and_names_them(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/openings/{office.opening}/progress").text
    check_page(page)
    assert counts(page) == {
        "Mail not sent yet": 0, "Invited": 1, "Mail not delivered": 0, "Opened": 0, "Started": 1,
        "Handed in by themselves": 6, "Handed in by us at the end": 0, "Expired": 0, "Withdrawn": 0,
    }  # fmt: skip
    assert "6 of 8 have handed in, 2 can still do so." in page
    assert "Started, scenario 8 of 16" in page
    assert re.search(r"took \d+ minutes in the middle \(median\)", page)
    assert "may need a nudge" not in page


def test_a_filter_is_in_the_address_and_shows_some(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/openings/{office.opening}/progress?stage=started").text
    check_page(page)
    assert "Ilka Half" in page
    assert "Xanthe Invited" not in page
    assert "1 started" in page
    assert "Show all 8" in page
    none = alice.get(f"/openings/{office.opening}/progress?stage=expired").text
    assert "Nobody stands here now." in none
    check_page(none)
    odd = alice.get(f"/openings/{office.opening}/progress?stage=odd&page=0&nudge=odd").text
    assert "Xanthe Invited" in odd


def test_the_live_part_is_sent_alone_and_follows(
    alice: FlaskClient, installation: Installation, office: Office
) -> None:
    page = alice.get(f"/openings/{office.opening}/progress").text
    address = unescape(re.search(r'data-live="([^"]+)"', page)[1])  # type: ignore[index]  # it is there
    part = alice.get(address).text
    assert part.strip() in page
    assert "<html" not in part
    invite(installation, office.opening, "Newcomer")
    assert counts(alice.get(address).text)["Invited"] == 2


def test_without_candidates_the_page_says_what_it_is_for(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/openings/{office.empty_opening}/progress").text
    assert "Nobody is invited yet" in page
    assert f'href="/openings/{office.empty_opening}/invite"' in page
    check_page(page)


def test_who_needs_a_nudge_has_the_button_beside_it(alice: FlaskClient, office: Office, clock: Clock) -> None:
    clock.move(days=4)
    sign_in(alice, "alice")  # the session has ended meanwhile
    page = alice.get(f"/openings/{office.opening}/progress").text
    check_page(page)
    assert "<b>2</b> may need a nudge</a>" in page
    one = alice.get(f"/openings/{office.opening}/progress/remind?c={office.invited}").text
    assert people_in(one) == [office.invited]
    assert f"remind?c={office.invited}" in page
    both = alice.get(f"/openings/{office.opening}/progress/remind?nudge=yes").text
    assert "Remind 2 people?" in both
    assert people_in(both) == [office.half, office.invited]
    check_page(both)


def do(client: FlaskClient, address: str, **fields: str):  # noqa: ANN201 - Flask's test response
    """Look at the question, then press its button."""
    page = client.get(address).text
    check_page(page)
    path = address.partition("?")[0]
    return client.post(path, data={"csrf_token": token_in(page), "people": " ".join(people_in(page)), **fields})


def test_reminding_the_filtered_choice_queues_a_mail_for_each(
    alice: FlaskClient, installation: Installation, office: Office
) -> None:
    address = f"/openings/{office.opening}/progress"
    answer = do(alice, f"{address}/remind?stage=started", stage="started")
    assert (answer.status_code, answer.location) == (303, f"{address}?done=yes&stage=started")
    assert "Reminders to 1 person are on their way." in alice.get(answer.location).text
    assert "Reminders to" not in alice.get(address).text
    mails = [(row["kind"], row["session_id"]) for row in rows(installation.database, "message")]
    assert mails == [("reminder", office.half)]


@pytest.mark.parametrize(
    ("action", "fields"), [("remind", {}), ("new_link", {}), ("extend", {"day": "2026-12-24", "time": "17:00"})]
)
def test_a_form_posted_again_does_nothing_and_says_so(
    alice: FlaskClient, installation: Installation, office: Office, action: str, fields: dict[str, str]
) -> None:
    page = alice.get(f"/openings/{office.opening}/progress").text
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once
    # a browser asks for the question again when one goes back to it, and so does this
    address = f"/openings/{office.opening}/progress/{action}?c={office.half}&once={once[1]}"
    do(alice, address, once=once_in(alice.get(address).text), **fields)
    before = [{**row} for row in rows(installation.database, "invitation")]
    again = do(alice, address, once=once_in(alice.get(address).text), **fields)
    assert again.status_code == 303
    assert re.search(r"already done at \d\d:\d\d UTC, so nothing was done", alice.get(again.location).text)
    assert len(rows(installation.database, "message")) == 1
    assert rows(installation.database, "invitation") == before
    anew = f"/openings/{office.opening}/progress/{action}?c={office.half}"
    do(alice, anew, once=once_in(alice.get(anew).text), **fields)
    assert len(rows(installation.database, "message")) == (1 if action == "extend" else 2)


def once_in(page: str) -> str:
    """The value that one showing of a question carries."""
    return re.findall(r'name="once" value="([^"]+)"', page)[0]


def test_more_time_a_new_link_withdrawing_and_releasing(
    alice: FlaskClient, installation: Installation, office: Office
) -> None:
    address = f"/openings/{office.opening}/progress"
    for action, fields, said in (
        ("extend", {"day": "2026-12-24", "time": "17:00"}, "2 people got more time."),
        (
            "extend",
            {"day": "2026-12-20", "time": "17:00"},
            "0 people got more time. For 2 people nothing changed: they have that long already.",
        ),
        ("new_link", {}, "New links to 2 people are on their way"),
        ("withdraw", {}, "2 people withdrawn."),
        ("release", {}, "6 people released to the hiring managers"),
    ):
        answer = do(alice, f"{address}/{action}", **fields)
        assert answer.status_code == 303, action
        page = alice.get(answer.location).text
        assert said in page
        assert page.count("has until Thursday 24 December 2026, 17:00 (UTC)") == 2 * (action in {"extend", "new_link"})
    stored = {row["id"]: row for row in rows(installation.database, "assessment_session")}
    assert str(stored[office.half]["ends_at"]).startswith("2026-12-24 17:00")
    assert stored[office.invited]["withdrawn_by"] == "recruiter"
    assert stored[office.casey]["released_at"]
    assert not stored[office.elsewhere]["released_at"]


def test_where_a_limit_ends_somebodys_time_it_is_said_before_and_nobody_is_told_of_more(
    alice: FlaskClient, installation: Installation, office: Office
) -> None:
    address = f"/openings/{office.opening}/progress/extend"
    assert "time limit" not in alice.get(address).text
    with installation.database.writing() as db:
        db.get_one(OpeningRecord, office.opening).time_limit_minutes = 30
        db.get_one(AssessmentSessionRecord, office.half).practised_at = installation.clock() - timedelta(minutes=31)
    page = alice.get(address).text
    assert people_in(page) == [office.invited]
    assert "1 person whom you chose has begun, and the limit ends their time before the deadline does" in page
    check_page(page)
    alone = alice.get(f"{address}?c={office.half}").text
    assert "There is nobody for this" in alone
    assert "a longer limit, in the settings, gives time" in alone
    check_page(alone)
    sent = {
        "csrf_token": token_in(page),
        "people": f"{office.invited} {office.half}",
        "day": "2026-12-24",
        "time": "17:00",
    }
    answer = alice.post(address, data=sent)
    said = alice.get(answer.location).text
    assert "1 person got more time. For 1 person nothing changed: the time limit ends their time." in said
    assert [row["session_id"] for row in rows(installation.database, "message")] == [office.invited]
    assert "it stays 30 minutes" in alice.get(f"{address}?c={office.invited}").text


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"day": "24.12.2026", "time": "17:00"},
        {"day": "2026-12-24", "time": "25:00"},
        {"day": "2026-11-01", "time": "17:00"},
    ],
)
def test_a_time_that_cannot_be_given_is_said_and_stays_typed(
    alice: FlaskClient, office: Office, fields: dict[str, str]
) -> None:
    answer = do(alice, f"/openings/{office.opening}/progress/extend", **fields)
    assert answer.status_code == 400
    assert '<a href="#day">' in answer.text
    for name, kind in (("day", "date"), ("time", "time")):
        typed = fields.get(name, "")
        shown = "text" if typed in {"24.12.2026", "25:00"} else kind
        assert f'name="{name}" type="{shown}" value="{typed}"' in answer.text
    assert "Give 2 people more time?" in answer.text
    check_page(answer.text)


def test_an_action_leaves_out_whom_it_does_not_fit_and_asks_nobody_for_nothing(
    alice: FlaskClient, office: Office
) -> None:
    address = f"/openings/{office.opening}/progress"
    mixed = alice.get(f"{address}/withdraw?c={office.casey}&c={office.half}&c={office.elsewhere}").text
    assert people_in(mixed) == [office.half]
    nobody = alice.get(f"{address}/remind?c={office.casey}").text
    assert "There is nobody for this" in nobody
    check_page(nobody)
    empty = press(alice, address, f"{address}/remind", people="")
    assert empty.status_code == 400
    check_page(empty.text)
    assert alice.get(f"{address}/odd").status_code == 404
    assert press(alice, address, f"{address}/odd").status_code == 404


def test_nobody_of_another_opening_is_acted_on(alice: FlaskClient, installation: Installation, office: Office) -> None:
    address = f"/openings/{office.opening}/progress"
    for action in ("remind", "new_link", "withdraw", "release"):
        press(alice, address, f"{address}/{action}", people=office.elsewhere)
    assert rows(installation.database, "message") == []
    stored = {row["id"]: row for row in rows(installation.database, "assessment_session")}
    assert not stored[office.elsewhere]["released_at"]
    assert not stored[office.elsewhere]["withdrawn_at"]
    assert alice.get(f"/openings/{office.other_opening}/progress").status_code == 404


def test_hidden_names_stay_hidden(alice: FlaskClient, office: Office) -> None:
    press(alice, "/openings", "/blind", hide="yes")
    for path in ("progress", "progress/withdraw"):
        page = alice.get(f"/openings/{office.opening}/{path}").text
        assert "Ilka Half" not in page
        assert "Candidate 06" in page


def test_many_people_are_paged_and_named_to_a_hundred(
    alice: FlaskClient, installation: Installation, office: Office
) -> None:
    names = [f"Nora {n}" for n in range(120)]
    ids = add_many(installation.database, office.empty_opening, names, installation.clock())
    address = f"/openings/{office.empty_opening}/progress"
    page = alice.get(f"{address}?page=2").text
    check_page(page)
    assert "51 to 100 of 120" in page
    assert 'rel="prev"' in page
    assert f'href="{address}?page=3" rel="next"' in page
    last = alice.get(f"{address}?page=3").text
    assert "101 to 120 of 120" in last
    asked = alice.get(f"{address}/withdraw").text
    assert "Withdraw 120 people?" in asked
    assert "and 20 more" in asked
    assert people_in(asked) == ids
    assert do(alice, f"{address}/withdraw").status_code == 303
    assert counts(alice.get(address).text)["Withdrawn"] == 120
