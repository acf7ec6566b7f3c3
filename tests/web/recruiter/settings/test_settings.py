"""Openings are made, changed and copied in the browser."""

import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from eiassess.domain.mails.wording import MailWording
from eiassess.domain.openings import ScoreUse
from eiassess.persistence.tables import MessageRecord
from eiassess.services.hiring.moving import MoveReach
from eiassess.services.hiring.opening_settings import get_opening
from eiassess.services.outbox.wordings import get_wording, save_wording
from eiassess.services.people.accounts import find_account
from eiassess.services.upkeep.foretelling import Foretold
from eiassess.web.recruiter.settings.keeping import foretold_in_words
from eiassess.web.recruiter.settings.presenters import moving_in_words
from eiassess.web.shell.context import Installation
from tests.web.pages import check_page
from tests.web.people import press, sign_in
from tests.web.staff import HOSTILE, Office

SETTINGS = {
    "title": "Adviser", "keep_days": "180", "time_zone": "Europe/Berlin", "hand_in_at_deadline": "y",
}  # fmt: skip


def make(client: FlaskClient, title: str = "Night desk", form: str = "short", **more: str) -> str:
    """Make an opening and return its id."""
    answer = press(client, "/openings/new", title=title, form=form, **more)
    assert answer.status_code == 303, answer.text
    return re.fullmatch(r"/openings/(\w+)/settings\?made=yes", answer.location)[1]  # type: ignore[index]  # it matches


def found(installation: Installation, opening: str, who: str = "alice"):  # noqa: ANN201 - the service's own
    account = find_account(installation.database, f"{who}@example.org")
    assert account
    return get_opening(installation.database, account.id, opening)


@pytest.mark.parametrize("who", ["alice", "grace"])
def test_recruiters_and_administrators_make_openings(client: FlaskClient, installation: Installation, who: str) -> None:
    sign_in(client, who)
    page = client.get("/openings/new").text
    check_page(page)
    assert "frozen" in page
    assert re.search(r"About \d+ minutes, 24 scenarios, in trial, scored with the key theory-1\.", page)
    assert "For preparing interviews only." in page
    opening = make(client)
    assert found(installation, opening, who).settings.title == "Night desk"
    listed = client.get("/openings").text
    assert "Night desk" in listed
    settings = client.get(f"/openings/{opening}/settings?made=yes").text
    assert "you recruit for it" in settings
    check_page(settings)


def test_an_opening_without_title_or_form_is_not_made_and_nothing_typed_is_lost(client: FlaskClient) -> None:
    sign_in(client, "frank")
    without_form = press(client, "/openings/new", title="Night desk")
    assert without_form.status_code == 400
    assert '<a href="#form">Choose one of the forms.</a>' in without_form.text
    assert 'value="Night desk"' in without_form.text
    check_page(without_form.text)
    without_title = press(client, "/openings/new", title=" ", form="short@nothing")
    assert without_title.status_code == 400
    assert "cannot be used any more" in without_title.text
    without_title = press(client, "/openings/new", title=" ", form="short")
    assert '<a href="#title">Give a title' in without_title.text
    assert re.search(r'value="short"[^>]* checked', without_title.text)
    assert "<title>Error: New opening" in without_title.text
    assert "You have no openings yet" in client.get("/openings").text


def test_settings_are_saved_whole(client: FlaskClient, installation: Installation, office: Office) -> None:
    sign_in(client, "alice")
    address = f"/openings/{office.empty_opening}/settings"
    page = client.get(address).text
    check_page(page)
    competency = re.search(r'name="weight-([\w-]+)"', page)[1]  # type: ignore[index]  # there are some
    answer = press(
        client, address,
        **SETTINGS | {
            "title": f" {HOSTILE} ", "text": "First.\r\n\r\nSecond.", "contact": "Alice, 030 1234",
            "deadline_day": "2026-12-04", "deadline_time": "17:00", "time_limit_minutes": "90", "keep_days": "30",
            f"weight-{competency}": "3", f"reason-{competency}": "Most calls are complaints.",
            f"expected_low-{competency}": "55", f"expected_high-{competency}": "80",
            f"expected_because-{competency}": "So the last team did.", "hand_in_at_deadline": "",
            "purpose": "selection", "state": "archived",
        },
    )  # fmt: skip
    assert answer.status_code == 400, "the key supports no selection"
    assert "does not support selection" in answer.text
    sent = dict(SETTINGS, title=HOSTILE, text="First.\r\n\r\nSecond.", deadline_day="2026-12-04", deadline_time="17:00")
    sent |= {
        f"weight-{competency}": "3",
        f"reason-{competency}": "Most calls are complaints.",
        "time_limit_minutes": "90",
    }
    sent |= {f"expected_low-{competency}": "55", f"expected_high-{competency}": "80", "keep_days": "30"}
    sent |= {f"expected_because-{competency}": "So the last team did.", "contact": "Alice, 030 1234"}
    sent["hand_in_at_deadline"] = ""
    assert press(client, address, **sent).status_code == 303
    settings = found(installation, office.empty_opening).settings
    assert (settings.title, settings.text, settings.contact) == (HOSTILE, "First.\n\nSecond.", "Alice, 030 1234")
    assert (settings.purpose, settings.keep_days, settings.time_limit_minutes) == (ScoreUse.INTERVIEWS, 30, 90)
    assert settings.hand_in_at_deadline is False
    ((row),) = settings.profile
    assert (row.competency, row.weight, row.expected_low, row.expected_high) == (competency, 3, 55, 80)
    page = client.get(f"{address}?saved=yes").text
    assert "Friday 4 December 2026, 17:00 (Europe/Berlin, UTC+01:00)" in page
    assert "The settings are saved." in page
    assert "<script>alert" not in page
    check_page(page)


def test_the_page_says_beforehand_how_many_a_moved_deadline_writes_to(
    client: FlaskClient, installation: Installation, office: Office
) -> None:
    sign_in(client, "alice")
    address = f"/openings/{office.opening}/settings"
    page = client.get(address).text
    check_page(page)
    (said,) = re.findall(r"If you change the deadline, (\d+) (?:person who is|people who are)", page)
    sent = SETTINGS | {"deadline_day": "2026-12-04", "deadline_time": "17:00"}
    assert press(client, address, **sent).status_code == 303
    with installation.database.reading() as db:
        kinds = db.exec(select(MessageRecord.kind).where(MessageRecord.opening_id == office.opening)).all()
    assert kinds.count("deadline_moved") == int(said)
    assert "If you change the deadline" not in client.get(f"/openings/{office.empty_opening}/settings").text


@pytest.mark.parametrize(
    ("reach", "words"),
    [
        (MoveReach(0, 0), ""),
        (MoveReach(1, 0), "If you change the deadline, 1 person who is still on their way is written to by mail."),
        (MoveReach(0, 1), "1 person has an end of their own: a mail goes to them only if that moves too."),
        (
            MoveReach(2, 3),
            (
                "If you change the deadline, 2 people who are still on their way are written to by mail. "
                "3 people have an end of their own: a mail goes to them only if that moves too."
            ),
        ),
    ],
)
def test_whom_a_moved_deadline_reaches_is_worded(reach: MoveReach, words: str) -> None:
    assert moving_in_words(reach) == words


def test_all_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(
    client: FlaskClient, installation: Installation, office: Office
) -> None:
    sign_in(client, "alice")
    address, before = f"/openings/{office.empty_opening}/settings", found(installation, office.empty_opening)
    competency = re.search(r'name="weight-([\w-]+)"', client.get(address).text)[1]  # type: ignore[index]  # there are some
    wrong = SETTINGS | {
        "title": "", "text": "x" * 5001, "keep_days": "many", "deadline_day": "4.12.2026", "deadline_time": "17:00",
        "time_limit_minutes": "1.5", f"weight-{competency}": "2", f"expected_low-{competency}": "low",
    }  # fmt: skip
    answer = press(client, address, **wrong)
    assert answer.status_code == 400
    linked = re.findall(r'<li><a href="#([\w-]+)">', answer.text)
    assert set(linked) == {
        "title", "text", "keep_days", "deadline_day", "time_limit_minutes", f"reason-{competency}",
        f"expected_low-{competency}",
    }  # fmt: skip
    for name in linked:
        assert f'id="{name}"' in answer.text
    for typed in ("many", "4.12.2026", "1.5", "low"):
        assert f'value="{typed}"' in answer.text
    check_page(answer.text)
    assert found(installation, office.empty_opening) == before


@pytest.mark.parametrize(
    ("day", "hour", "wrong"),
    [
        ("31 foo", "", ["deadline_day", "deadline_time"]),
        ("31 foo", "17:00", ["deadline_day"]),
        ("31 foo", "five", ["deadline_day", "deadline_time"]),
        ("2026-12-04", "25:00", ["deadline_time"]),
    ],
)
def test_what_is_no_day_or_time_is_refused_and_stands_where_it_was_typed(
    client: FlaskClient, installation: Installation, office: Office, day: str, hour: str, wrong: list[str]
) -> None:
    sign_in(client, "alice")
    answer = press(client, f"/openings/{office.opening}/settings", **SETTINGS, deadline_day=day, deadline_time=hour)
    assert answer.status_code == 400
    assert found(installation, office.opening).settings.deadline is None
    assert re.findall(r'<li><a href="#([\w-]+)">', answer.text) == wrong
    for name, typed in (("deadline_day", day), ("deadline_time", hour)):
        kind = "text" if typed and name in wrong else {"deadline_day": "date"}.get(name, "time")
        # a browser empties a field for dates whose value is none, and the next press would save no deadline
        assert f'name="{name}" type="{kind}" value="{typed}"' in answer.text
    check_page(answer.text)


def test_a_day_that_is_typed_by_half_is_held_back_by_the_browser(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    page = client.get(f"/openings/{office.opening}/settings").text
    assert 'name="deadline_day" type="date"' in page
    assert " novalidate" not in page, "the browser would send a day typed by half as none"


def test_no_field_cuts_a_number_down_to_one_that_would_be_taken(client: FlaskClient, office: Office) -> None:
    """A limit of 1200 minutes was typed, and 120 saved."""
    sign_in(client, "alice")
    page = client.get(f"/openings/{office.opening}/settings").text
    lengths = re.findall(r'<input [^>]*inputmode="numeric"[^>]*maxlength="(\d+)"', page)
    assert lengths
    assert set(lengths) == {"6"}


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"deadline_day": "2026-12-04"}, "deadline_time", "such as 17:00"),
        ({"deadline_time": "17:00"}, "deadline_day", "such as 2026-12-04"),
        ({"deadline_day": "2026-11-01", "deadline_time": "09:00"}, "deadline_day", "lies ahead"),
        ({"deadline_day": "2027-03-28", "deadline_time": "02:30"}, "deadline_time", "skip 02:30"),
        ({"deadline_day": "2026-12-04", "deadline_time": "17:00", "time_zone": "Mars"}, "time_zone", "no time zone"),
        ({"time_limit_minutes": "601"}, "time_limit_minutes", "5 to 600"),
        ({"keep_days": "181"}, "keep_days", "were told 180 days"),
        ({"title": "\u200b"}, "title", "nothing that can be seen"),
    ],
)
def test_what_cannot_be_used_is_named_at_its_field(
    client: FlaskClient, office: Office, more: dict[str, str], field: str, words: str
) -> None:
    sign_in(client, "alice")
    answer = press(client, f"/openings/{office.opening}/settings", **SETTINGS | more)
    assert answer.status_code == 400
    assert f'<a href="#{field}">' in answer.text
    assert words in unescape(answer.text)
    assert f'id="{field}"' in answer.text
    assert f'id="{field}-error"' in answer.text
    check_page(answer.text)


def test_unknown_values_of_choices_are_as_if_not_sent(
    client: FlaskClient, installation: Installation, office: Office
) -> None:
    sign_in(client, "alice")
    page = client.get(f"/openings/{office.empty_opening}/settings").text
    competency = re.search(r'name="weight-([\w-]+)"', page)[1]  # type: ignore[index]  # there are some
    odd = SETTINGS | {
        "combination": "odd",
        "purpose": "odd",
        f"weight-{competency}": "9",
        f"reason-{competency}": "Why",
    }
    assert press(client, f"/openings/{office.empty_opening}/settings", **odd).status_code == 303
    settings = found(installation, office.empty_opening).settings
    assert (settings.combination, settings.purpose) == ("apart", "interviews")
    assert settings.profile[0].weight == 0


def test_the_rule_of_test_and_interview_is_offered_once_somebody_answers_for_sorting(
    client: FlaskClient, installation: Installation, office: Office
) -> None:
    sign_in(client, "alice")
    address = f"/openings/{office.empty_opening}/settings"
    assert 'name="combination"' not in client.get(address).text
    press(client, f"/openings/{office.empty_opening}/use", person="Hanna Head", reason="Many applicants.")
    page = client.get(address).text
    check_page(page)
    assert 'value="equal"' in page
    assert "kept apart" not in page
    sent = SETTINGS | {"purpose": "selection", "combination": "equal"}
    assert press(client, address, **sent).status_code == 303
    settings = found(installation, office.empty_opening).settings
    assert (settings.purpose, settings.combination) == ("selection", "equal")


def test_the_form_changes_until_the_first_invitation(
    client: FlaskClient, installation: Installation, office: Office
) -> None:
    sign_in(client, "alice")
    address = f"/openings/{office.empty_opening}/form"
    page = client.get(address).text
    assert "With the first invitation form and key are frozen" in page
    assert re.search(r'value="screening"[^>]* checked', page)
    check_page(page)
    assert press(client, address, form="short").status_code == 303
    assert found(installation, office.empty_opening).form.id == "short"
    nothing = press(client, address, form="nothing")
    assert nothing.status_code == 400
    check_page(nothing.text)
    frozen = client.get(f"/openings/{office.opening}/form").text
    assert re.search(r"Form and key are frozen: \d people are invited", frozen)
    assert 'name="form"' not in frozen
    check_page(frozen)
    refused = press(client, f"/openings/{office.opening}/form", form="short")
    assert refused.status_code == 409
    assert "frozen since the first invitation" in refused.text
    check_page(refused.text)


def test_a_copy_begins_with_what_the_earlier_one_had(
    client: FlaskClient, installation: Installation, office: Office
) -> None:
    sign_in(client, "alice")
    sent = dict(
        SETTINGS, title="Adviser", text="Mornings.", deadline_day="2026-12-04", deadline_time="17:00", keep_days="9"
    )
    assert press(client, f"/openings/{office.opening}/settings", **sent).status_code == 303
    page = client.get(f"/openings/new?from={office.opening}").text
    assert 'value="Adviser"' in page
    assert re.search(r'value="screening"[^>]* checked', page)
    check_page(page)
    own = MailWording("Welcome to ((opening))", "Dear ((name)),\n\n((link))")
    (alice,) = (each.user_id for each in found(installation, office.opening).members if each.name == "Alice")
    save_wording(installation.database, alice, office.opening, "invitation", own, installation.clock())
    copy = make(client, "Adviser, spring", "screening", **{"from": office.opening})
    assert get_wording(installation.database, alice, copy, "invitation").wording == own
    assert found(installation, copy).time_zone == "Europe/Berlin"
    assert "<option selected>Europe/Berlin</option>" in client.get(f"/openings/{copy}/settings").text
    settings = found(installation, copy).settings
    assert (settings.title, settings.text, settings.keep_days) == ("Adviser, spring", "Mornings.", 9)
    assert settings.deadline is None
    assert [each.name for each in found(installation, copy).members] == ["Alice"]
    assert client.get(f"/openings/new?from={office.other_opening}").status_code == 404


def test_a_missing_title_and_a_missing_form_are_said_together(client: FlaskClient) -> None:
    sign_in(client, "alice")
    page = press(client, "/openings/new", title=" ")
    assert page.status_code == 400
    check_page(page.text)
    assert 'href="#title"' in page.text
    assert 'href="#form"' in page.text


def test_other_peoples_openings_do_not_exist(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    for room in ("settings", "form", "members", "close"):
        assert client.get(f"/openings/{office.other_opening}/{room}").status_code == 404
        assert (
            press(
                client, f"/openings/{office.opening}/settings", f"/openings/{office.other_opening}/{room}"
            ).status_code
            == 404
        )


def test_without_banks_the_page_says_what_is_missing(client: FlaskClient, installation: Installation) -> None:
    sign_in(client, "frank")
    (folder,) = installation.settings.bank_folders
    object.__setattr__(installation.settings, "bank_folders", (folder / "nowhere",))
    page = client.get("/openings/new").text
    assert "There is no form to choose" in page
    check_page(page)


def test_the_settings_say_beforehand_what_will_be_deleted(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    assert "Nobody&#39;s data are stored yet." in client.get(f"/openings/{office.empty_opening}/settings").text
    page = client.get(f"/openings/{office.opening}/settings").text
    check_page(page)
    assert "Stored now: 8 people." in page
    assert "Within 30 days: 0 people." in page


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((3, 2, None, 0, 2, 1), ("1 person", "2 people within the hour. Within 30 days: 2 people.")),
        ((1, 0, None, 0, 0, 1), ("Stored now: 1 person.", "deleted when it ends: 1 person.")),
    ],
)
def test_who_goes_at_once_and_who_is_held_is_said(numbers: tuple[Any, ...], said: tuple[str, ...]) -> None:
    words = " ".join(foretold_in_words(Foretold("id", "Adviser", *numbers)))
    for each in said:
        assert each in words
