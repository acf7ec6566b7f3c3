"""Sessions of browsers: an ended one is never opened again."""

from datetime import timedelta

import pytest

from eiassess.services import Database
from eiassess.services.people.browser_sessions import LIMITS, end_web_session, find_web_session, store_web_session
from tests.hiring_story import NOON, after, at_once, rows

TOKEN = "token-of-a-browser"
BOTH = pytest.mark.parametrize("audience", ["staff", "candidate"])


def begin(database: Database, audience: str = "staff", data: str = '{"a": 1}') -> None:
    store_web_session(database, TOKEN, audience, data, NOON, is_new=True)


def test_a_session_is_found_by_its_token_and_audience_only(database: Database) -> None:
    begin(database)
    assert find_web_session(database, TOKEN, "staff", NOON) == '{"a": 1}'
    assert find_web_session(database, TOKEN, "candidate", NOON) is None
    assert find_web_session(database, "another", "staff", NOON) is None
    (row,) = rows(database, "web_session")
    assert TOKEN not in str(row)


def test_limits_are_those_that_were_promised() -> None:
    assert LIMITS["staff"].idle == timedelta(minutes=30)
    assert LIMITS["staff"].absolute == timedelta(hours=12)


@BOTH
def test_a_session_ends_when_nobody_uses_it(database: Database, audience: str) -> None:
    begin(database, audience)
    idle = LIMITS[audience].idle
    assert find_web_session(database, TOKEN, audience, NOON + idle) is not None
    assert find_web_session(database, TOKEN, audience, NOON + idle * 2) is not None
    assert find_web_session(database, TOKEN, audience, NOON + idle * 3 + timedelta(seconds=1)) is None


@BOTH
def test_a_session_ends_however_much_it_is_used(database: Database, audience: str) -> None:
    begin(database, audience)
    limits, at = LIMITS[audience], NOON
    while at + limits.idle <= NOON + limits.absolute:
        at += limits.idle
        assert find_web_session(database, TOKEN, audience, at) is not None
        store_web_session(database, TOKEN, audience, "{}", at, is_new=False)
    assert find_web_session(database, TOKEN, audience, NOON + limits.absolute + timedelta(seconds=1)) is None


def test_being_seen_is_noted_once_a_minute(database: Database) -> None:
    begin(database)
    for seconds, noted in ((59, "12:00:00"), (61, "12:01:01"), (70, "12:01:01")):
        find_web_session(database, TOKEN, "staff", after(seconds=seconds))
        assert noted in str(rows(database, "web_session")[0]["seen_at"])


def test_what_a_session_holds_can_change(database: Database) -> None:
    begin(database)
    store_web_session(database, TOKEN, "staff", '{"a": 2}', after(minutes=5), is_new=False)
    assert find_web_session(database, TOKEN, "staff", after(minutes=34)) == '{"a": 2}'


def test_an_ended_session_opens_nothing(database: Database) -> None:
    begin(database)
    end_web_session(database, TOKEN)
    end_web_session(database, TOKEN)
    assert find_web_session(database, TOKEN, "staff", NOON) is None


def test_a_request_that_is_still_under_way_does_not_bring_an_ended_session_back(database: Database) -> None:
    begin(database)
    assert find_web_session(database, TOKEN, "staff", NOON) is not None
    end_web_session(database, TOKEN)
    store_web_session(database, TOKEN, "staff", '{"_user_id": "alice"}', NOON, is_new=False)
    assert find_web_session(database, TOKEN, "staff", NOON) is None


def test_sessions_that_ended_by_themselves_are_cleared_away(database: Database) -> None:
    begin(database)
    store_web_session(database, "another", "staff", "{}", after(days=2), is_new=True)
    assert len(rows(database, "web_session")) == 1


def test_everything_at_once_leaves_no_session_and_no_error(database: Database) -> None:
    begin(database)

    def work(number: int) -> object:
        if number % 3 == 0:
            return end_web_session(database, TOKEN)
        if number % 3 == 1:
            return store_web_session(database, TOKEN, "staff", "{}", NOON, is_new=False)
        find_web_session(database, TOKEN, "staff", after(minutes=5))
        return None

    assert at_once(9, work) == [None] * 9
    assert find_web_session(database, TOKEN, "staff", NOON) is None
