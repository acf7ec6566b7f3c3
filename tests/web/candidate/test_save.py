"""POST /sit/scenario/<number>/save: saving for the script."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.services.hiring.invitations import revoke_invitation
from eiassess.web.shell.context import Installation
from tests.web.people import Casey, Clock, hand_in, save, stored, token_in


def ratings_of(installation: Installation, casey: Casey, number: int = 1) -> dict[str, int]:
    record = stored(installation, casey, number)
    found: dict[str, int] = json.loads(record.ratings) if record else {}
    return found


def test_it_answers_after_the_commit_with_revision_and_time(
    client: FlaskClient, sitting: Casey, installation: Installation, clock: Clock
) -> None:
    clock.move(minutes=1)
    answer = save(client, 1, {"a": 2}, 0)
    assert answer.status_code == 200
    assert answer.json == {"revision": 1, "saved_at": "2026-11-23T14:03:00+00:00"}
    assert ratings_of(installation, sitting) == {"a": 2}


def test_a_repeated_save_succeeds_and_adds_nothing(client: FlaskClient, sitting: Casey) -> None:
    del sitting
    answers = [save(client, 1, {"a": 2}, 0).json for _ in range(3)]
    assert answers == [answers[0]] * 3


def test_a_stale_save_is_refused_and_shown_both(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    save(client, 1, {"a": 2}, 0)
    answer = save(client, 1, {"a": 5, "b": 1}, 0)
    assert answer.status_code == 409
    assert answer.json["saved"] == {"ratings": {"a": 2}, "revision": 1}
    assert answer.json["given"] == {"ratings": {"a": 5, "b": 1}}
    assert ratings_of(installation, sitting) == {"a": 2}


def test_a_late_save_does_not_undo_a_newer_one(client: FlaskClient, sitting: Casey, installation: Installation) -> None:
    save(client, 1, {"a": 2}, 0)
    save(client, 1, {"a": 3}, 1)
    assert save(client, 1, {"a": 2}, 0).status_code == 409
    assert ratings_of(installation, sitting) == {"a": 3}


def test_of_parallel_saves_one_wins_and_the_others_are_told(
    app: Flask, client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    cookie, token = client.get_cookie("eiassess-candidate"), token_in(client.get("/sit/review").text)
    assert cookie is not None

    def save_alone(rating: int) -> tuple[int, int]:
        tab = app.test_client()
        tab.set_cookie("eiassess-candidate", cookie.value)
        return rating, save(tab, 1, {"a": rating}, 0, token).status_code

    with ThreadPoolExecutor(6) as threads:
        outcomes = list(threads.map(save_alone, range(1, 7)))
    winners = [rating for rating, status in outcomes if status == 200]
    assert sorted(status for _, status in outcomes) == [200] + [409] * 5
    assert ratings_of(installation, sitting) == {"a": winners[0]}


def test_parallel_saves_of_many_scenarios_all_arrive(
    app: Flask, client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    cookie, token = client.get_cookie("eiassess-candidate"), token_in(client.get("/sit/review").text)
    assert cookie is not None

    def save_alone(number: int) -> int:
        tab = app.test_client()
        tab.set_cookie("eiassess-candidate", cookie.value)
        return save(tab, number, {"a": 1 + number % 6}, 0, token).status_code

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(save_alone, range(1, 17))) == {200}
    assert all(ratings_of(installation, sitting, number) == {"a": 1 + number % 6} for number in range(1, 17))


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"ratings": {"a": 2}},
        {"ratings": [2], "revision": 0},
        {"ratings": {"a": "2"}, "revision": 0},
        {"ratings": {"a": 2.5}, "revision": 0},
        {"ratings": {"a": True}, "revision": 0},
        {"ratings": {"a": 2}, "revision": False},
        {"ratings": {"a": 7}, "revision": 0},
        {"ratings": {"z": 2}, "revision": 0},
    ],
)
def test_what_cannot_be_read_is_refused_in_words(
    client: FlaskClient, sitting: Casey, installation: Installation, body: Any
) -> None:
    token = token_in(client.get("/sit/review").text)
    answer = client.post("/sit/scenario/1/save", json=body, headers={"X-CSRFToken": token})
    assert answer.status_code == 400
    assert answer.json["message"]
    assert stored(installation, sitting, 1) is None


@pytest.mark.parametrize(
    "body",
    [
        b"NaN",
        b'{"ratings": {"a": NaN}, "revision": 0}',
        b'{"ratings": {"a": %s}, "revision": 0}' % (b"9" * 5000),
        b'{"ratings": {"a": %s}, "revision": 0}' % (b"9" * 4000),
        b'{"ratings": %s' % (b"[" * 60_000),
        b'{"a":' * 30_000,
        b"\xff\xfe",
        b'{"ratings": {"\\ud800": 1, "\\u0000": 1}, "revision": 0}',
        b"",
    ],
    ids=lambda body: repr(body[:30]),
)
def test_what_no_script_of_ours_sends_is_refused_in_words(
    client: FlaskClient, sitting: Casey, installation: Installation, body: bytes
) -> None:
    headers = {"X-CSRFToken": token_in(client.get("/sit/review").text)}
    answer = client.post("/sit/scenario/1/save", data=body, headers=headers, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json
    assert answer.json["message"]
    assert stored(installation, sitting, 1) is None


def test_without_token_or_session_it_says_that_the_session_ended(
    client: FlaskClient, other_device: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    for browser in (client, other_device):
        answer = browser.post("/sit/scenario/1/save", json={"ratings": {"a": 2}, "revision": 0})
        assert answer.status_code == 401
        assert "open your invitation link again" in answer.json["message"]
    assert stored(installation, sitting, 1) is None


def test_after_handing_in_it_says_so(client: FlaskClient, sitting: Casey, installation: Installation) -> None:
    token = token_in(client.get("/sit/review").text)
    hand_in(client)
    answer = save(client, 1, {"a": 2}, 0, token)
    assert answer.status_code == 403
    assert answer.json["message"] == "Your answers are handed in already, so they cannot be changed any more."
    assert stored(installation, sitting, 1) is None


def test_after_the_link_is_closed_it_says_so(
    client: FlaskClient, sitting: Casey, installation: Installation, clock: Clock
) -> None:
    token = token_in(client.get("/sit/review").text)
    revoke_invitation(installation.database, sitting.session_id, clock())
    answer = save(client, 1, {"a": 2}, 0, token)
    assert answer.status_code == 410
    assert "cannot be used any more" in answer.json["message"]


def test_another_device_goes_on_where_the_first_is(
    client: FlaskClient, other_device: FlaskClient, sitting: Casey
) -> None:
    save(client, 1, {"a": 2}, 0)
    other_device.get(sitting.link)
    assert 'value="2" checked' in other_device.get("/sit/scenario/1").text
    assert save(other_device, 1, {"a": 3}, 1).status_code == 200
    assert save(client, 1, {"a": 4}, 1).status_code == 409


def test_there_is_no_other_scenario(client: FlaskClient, sitting: Casey) -> None:
    del sitting
    assert save(client, 17, {"a": 2}, 0).status_code == 404


def test_what_the_page_itself_sent_and_did_not_hear_of_is_no_conflict(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    save(client, 1, {"a": 2}, 0, number=1, sent=[])
    answer = save(client, 1, {"a": 4}, 0, number=2, sent=[{"a": 2}])
    assert (answer.status_code, answer.json["revision"]) == (200, 2)
    assert ratings_of(installation, sitting) == {"a": 4}


def test_what_got_lost_is_counted_too(client: FlaskClient, sitting: Casey, installation: Installation) -> None:
    answer = save(client, 1, {"a": 4}, 0, number=3, sent=[{"a": 2}, {"a": 3}])
    assert (answer.status_code, answer.json["revision"]) == (200, 3)
    assert ratings_of(installation, sitting) == {"a": 4}


def test_a_repeat_that_comes_late_changes_nothing_even_if_the_page_went_back_to_an_earlier_answer(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    save(client, 1, {"a": 2}, 0, number=1, sent=[])
    save(client, 1, {"a": 4}, 0, number=2, sent=[{"a": 2}])
    save(client, 1, {"a": 2}, 0, number=3, sent=[{"a": 2}, {"a": 4}])
    assert save(client, 1, {"a": 4}, 0, number=2, sent=[{"a": 2}]).status_code == 409
    assert ratings_of(installation, sitting) == {"a": 2}


def test_what_came_from_elsewhere_is_a_conflict_whatever_the_page_had_sent(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    save(client, 1, {"a": 2}, 0, number=1, sent=[])
    save(client, 1, {"a": 6}, 1)
    assert save(client, 1, {"a": 4}, 0, number=2, sent=[{"a": 2}]).status_code == 409
    save(client, 1, {"a": 2}, 2)  # elsewhere too, the same answer in the end, but seen by nobody here
    assert save(client, 1, {"a": 4}, 0, number=3, sent=[{"a": 2}, {"a": 3}]).status_code == 409
    assert ratings_of(installation, sitting) == {"a": 2}


@pytest.mark.parametrize(
    "more", [{"number": 1001}, {"number": True}, {"number": "2"}, {"sent": {}}, {"sent": [1]}, {"sent": [{"a": "2"}]}]
)
def test_a_number_or_tries_that_no_page_sends_are_refused(
    client: FlaskClient, sitting: Casey, more: dict[str, Any]
) -> None:
    del sitting
    assert save(client, 1, {"a": 2}, 0, **more).status_code == 400


def test_as_many_tries_as_a_page_may_send_are_taken(client: FlaskClient, sitting: Casey) -> None:
    del sitting
    assert save(client, 1, {"a": 2}, 0, number=1000, sent=[{"a": 1}] * 1000).json["revision"] == 1000
    assert save(client, 2, {"a": 2}, 0, sent=[{"a": 1}] * 1001).status_code == 400


def test_a_number_that_no_database_holds_is_refused(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    save(client, 1, {"a": 2}, 0)
    huge = save(client, 1, {"a": 4}, 1_000_000_001, number=1_000_000_001, sent=[{"a": 2}])
    assert (huge.status_code, ratings_of(installation, sitting)) == (400, {"a": 2})
    most = save(client, 1, {"a": 4}, 1_000_000_000, number=1_000_000_000, sent=[{"a": 2}])
    assert most.json["revision"] == 1_000_000_000
