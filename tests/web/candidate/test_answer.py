"""POST /sit/scenario/<number>: saving a page without scripts."""

import json

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from eiassess.services.hiring.invitations import revoke_invitation
from eiassess.web.shell.context import Installation
from tests.web.people import Casey, Clock, first_option, hand_in, hidden, press, rate, rated, save, stored, token_in


@pytest.mark.parametrize(
    ("number", "go", "to"),
    [
        (3, "save", "/sit/scenario/3"),
        (3, "continue", "/sit/scenario/4"),
        (3, "back", "/sit/scenario/2"),
        (3, "review", "/sit/review"),
        (3, "elsewhere", "/sit/scenario/3"),
        (1, "back", "/sit/practice"),
        (16, "continue", "/sit/review"),
    ],
)
def test_it_saves_and_goes_where_the_button_says(
    client: FlaskClient, sitting: Casey, installation: Installation, number: int, go: str, to: str
) -> None:
    answer = rate(client, number, {"a": 4}, go=go)
    assert (answer.status_code, answer.location) == (303, to)
    record = stored(installation, sitting, number)
    assert record is not None
    assert json.loads(record.ratings) == {"a": 4}
    assert record.revision == 1


def test_nothing_rated_is_allowed(client: FlaskClient, sitting: Casey) -> None:
    del sitting
    assert rate(client, 1, {}, go="continue").location == "/sit/scenario/2"


def test_a_doubled_post_is_one(client: FlaskClient, sitting: Casey, installation: Installation) -> None:
    page = client.get("/sit/scenario/1").text
    assert [rate(client, 1, {"a": 4}, page=page).status_code for _ in range(2)] == [303, 303]
    record = stored(installation, sitting, 1)
    assert record is not None
    assert record.revision == 1


def test_a_stale_page_is_shown_both_versions_and_changes_nothing(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    page = client.get("/sit/scenario/1").text
    rate(client, 1, {"a": 2, "b": 5, "c": 1})
    answer = rate(client, 1, {"a": 6, "b": 5}, page=page)
    assert answer.status_code == 409
    assert f"{escape(first_option('a'))} <strong>{rated(2)}</strong>" in answer.text
    assert f"{escape(first_option('a'))} <strong>{rated(6)}</strong>" in answer.text
    assert f"{escape(first_option('c'))} <strong>{rated(1)}</strong>" in answer.text
    assert f"{escape(first_option('c'))} <strong>not rated</strong>" in answer.text
    assert escape(first_option("b")) not in answer.text, "what is the same in both is left out"
    record = stored(installation, sitting, 1)
    assert record is not None
    assert json.loads(record.ratings) == {"a": 2, "b": 5, "c": 1}


@pytest.mark.parametrize("kept", ["Keep what is saved", "Keep what I gave here"])
def test_either_version_can_be_kept(client: FlaskClient, sitting: Casey, installation: Installation, kept: str) -> None:
    page = client.get("/sit/scenario/1").text
    rate(client, 1, {"a": 2})
    conflict = rate(client, 1, {"a": 6, "b": 3}, page=page).text
    form = next(part for part in conflict.split("<form") if kept in part)
    fields = {name: hidden(form, name) for name in ("revision", "sitting")}
    ratings = {"a": 2} if kept == "Keep what is saved" else {"a": 6, "b": 3}
    for option in "ab":
        assert (f'name="rating-{option}" value="{ratings.get(option)}"' in form) == (option in ratings)
    data = fields | {"csrf_token": token_in(form)} | {f"rating-{option}": str(each) for option, each in ratings.items()}
    assert client.post("/sit/scenario/1", data=data).location == "/sit/scenario/1"
    record = stored(installation, sitting, 1)
    assert record is not None
    assert json.loads(record.ratings) == ratings


def test_a_stale_page_on_which_nothing_was_changed_just_goes_on(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    page = client.get("/sit/scenario/1").text
    rate(client, 1, {"a": 2})
    assert rate(client, 1, {}, page=page, go="continue").location == "/sit/scenario/2"
    record = stored(installation, sitting, 1)
    assert record is not None
    assert json.loads(record.ratings) == {"a": 2}


def test_the_time_on_a_page_is_the_servers(
    client: FlaskClient, sitting: Casey, installation: Installation, clock: Clock
) -> None:
    clock.move(seconds=40)
    rate(client, 1, {"a": 2}, go="continue")
    clock.move(seconds=15)
    rate(client, 2, {"a": 2}, go="back")
    clock.move(seconds=5)
    rate(client, 1, {"a": 3})
    first, second = (stored(installation, sitting, number) for number in (1, 2))
    assert first is not None
    assert second is not None
    assert (first.seconds, second.seconds) == (45, 15)
    assert first.saved_at == clock()


@pytest.mark.parametrize("value", ["0", "7", "x", "3.5", "-1", "٣", "1" * 30])
def test_ratings_off_the_scale_are_refused(
    client: FlaskClient, sitting: Casey, installation: Installation, value: str
) -> None:
    answer = press(client, "/sit/scenario/1", **{"rating-a": value, "revision": "0"})
    assert answer.status_code == 400
    assert "Whatever was shown as saved before is kept" in answer.text
    assert stored(installation, sitting, 1) is None


def test_fields_that_are_not_on_the_page_change_nothing(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    extra = {"rating-z": "6", "session_id": "other", "seconds": "1", "user_agent": "spy", "location": "52.5,13.4"}
    answer = press(client, "/sit/scenario/1", **{"rating-a": "2", "revision": "0"}, **extra)
    assert answer.status_code == 303
    record = stored(installation, sitting, 1)
    assert record is not None
    assert json.loads(record.ratings) == {"a": 2}
    assert "spy" not in repr(record)


def test_after_handing_in_answers_are_refused_in_plain_words(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    page = client.get("/sit/scenario/1").text
    rate(client, 1, {"a": 2})
    hand_in(client)
    answer = rate(client, 1, {"a": 6}, page=page)
    assert answer.status_code == 403
    assert "Your answers are handed in already, so they cannot be changed any more." in answer.text
    record = stored(installation, sitting, 1)
    assert record is not None
    assert json.loads(record.ratings) == {"a": 2}


def test_after_the_end_answers_stay_in_sight_to_be_copied(
    client: FlaskClient, sitting: Casey, installation: Installation, clock: Clock
) -> None:
    clock.move(days=13, hours=23.9)
    client.get(sitting.link)
    page = client.get("/sit/scenario/1").text
    clock.move(hours=0.2)
    answer = rate(client, 1, {"a": 6, "b": 2}, page=page)
    assert answer.status_code == 410
    assert "Your time ended on Monday 7 December 2026 at 14:02 UTC" in answer.text
    assert "are told that 2 answers came late, not what they were" in answer.text
    assert f"Scenario 1: {escape(first_option('a'))} - {rated(6)}" in answer.text
    assert stored(installation, sitting, 1) is None
    assert client.get("/sit/scenario/1").location == "/sit/own"
    assert "2 answers came after the end and are not scored" in client.get("/sit/own").text


def test_after_the_link_is_closed_answers_are_refused_in_plain_words(
    client: FlaskClient, sitting: Casey, installation: Installation, clock: Clock
) -> None:
    page = client.get("/sit/scenario/1").text
    revoke_invitation(installation.database, sitting.session_id, clock())
    answer = rate(client, 1, {"a": 6}, page=page)
    assert answer.status_code == 410
    assert "What you sent just now was not saved." in answer.text
    assert stored(installation, sitting, 1) is None


def test_a_page_that_outlived_its_browser_session_is_not_lost(
    client: FlaskClient, sitting: Casey, installation: Installation, clock: Clock
) -> None:
    page = client.get("/sit/scenario/1").text
    clock.move(hours=25)
    answer = rate(client, 1, {"a": 6, "b": 2}, page=page)
    assert answer.status_code == 400
    assert "Open your invitation link again" in answer.text
    kept = {name: hidden(answer.text, name) for name in ("revision", "sitting", "shown", "rating-a", "rating-b")}
    client.get(sitting.link)
    again = client.post("/sit/scenario/1", data=kept)
    assert again.status_code == 400
    assert f"{escape(first_option('a'))} <strong>{rated(6)}</strong>" in again.text
    form = next(part for part in again.text.split("<form") if "Keep what I gave here" in part)
    names = ("csrf_token", "revision", "sitting", "rating-a", "rating-b")
    assert client.post("/sit/scenario/1", data={name: hidden(form, name) for name in names}).status_code == 303
    record = stored(installation, sitting, 1)
    assert record is not None
    assert json.loads(record.ratings) == {"a": 6, "b": 2}


def test_a_page_of_an_earlier_session_that_gave_nothing_new_just_goes_on(client: FlaskClient, sitting: Casey) -> None:
    page = client.get("/sit/scenario/1").text
    assert client.post("/sit/scenario/1", data={"sitting": hidden(page, "sitting")}).location == "/sit/scenario/1"
    assert sitting.session_id == hidden(page, "sitting")


def test_a_page_of_an_earlier_session_is_told_when_it_is_too_late(
    client: FlaskClient, sitting: Casey, installation: Installation, clock: Clock
) -> None:
    data = {"sitting": sitting.session_id, "rating-a": "3"}
    assert client.post("/sit/scenario/1", data=data | {"rating-a": "?"}).status_code == 400
    assert client.post("/sit/scenario/99", data=data).status_code == 400
    hand_in(client)
    assert client.post("/sit/scenario/1", data=data).status_code == 403
    revoke_invitation(installation.database, sitting.session_id, clock())
    assert client.post("/sit/scenario/1", data=data).status_code == 410


def test_a_page_and_the_script_know_each_others_revisions(client: FlaskClient, sitting: Casey) -> None:
    del sitting
    page = client.get("/sit/scenario/1").text
    assert save(client, 1, {"a": 2}, 0).json["revision"] == 1
    assert rate(client, 1, {"a": 5}, page=page).status_code == 409
