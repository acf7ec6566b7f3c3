"""Who guesses waits; whoever belongs here does not."""

from datetime import timedelta

import pytest

from eiassess.services import Database
from eiassess.services.people.sign_in_tries import (
    AT_AN_ACCOUNT,
    FROM_A_PLACE,
    LONGEST_PAUSE,
    NO_PAUSE,
    SignInTry,
    begin_try,
    end_try_well,
    pause_after,
)
from tests.hiring_story import NOON, after, at_once, rows

SECRET = "a secret of the installation"
ALICE_AT_HOME = SignInTry("alice@example.org", "192.0.2.1")


def begin(database: Database, trying: SignInTry = ALICE_AT_HOME, **later: float) -> timedelta:
    return begin_try(database, SECRET, trying, after(**later) if later else NOON)


def test_pauses_grow_to_a_quarter_of_an_hour_and_no_further() -> None:
    assert [pause_after(wrong).total_seconds() for wrong in range(4, 8)] == [0, 4, 8, 16]
    assert pause_after(13) == pause_after(10_000) == LONGEST_PAUSE


def test_a_try_during_a_pause_makes_it_no_longer(database: Database) -> None:
    assert [begin(database) for _ in range(5)] == [NO_PAUSE] * 5
    assert [begin(database).total_seconds() for _ in range(3)] == [4] * 3
    assert begin(database, seconds=3).total_seconds() == 1
    assert begin(database, seconds=4) == NO_PAUSE
    assert begin(database, seconds=4).total_seconds() == 8


def test_a_day_after_the_last_wrong_try_all_begins_anew(database: Database) -> None:
    for _ in range(5):
        begin(database)
    assert begin(database, hours=24.1) == NO_PAUSE
    assert begin(database, hours=24.1) == NO_PAUSE


def test_a_right_password_ends_the_pauses(database: Database) -> None:
    for _ in range(5):
        begin(database)
    end_try_well(database, SECRET, ALICE_AT_HOME, NOON, NOON)
    assert [begin(database) for _ in range(5)] == [NO_PAUSE] * 5


def test_tries_at_once_are_all_counted(database: Database) -> None:
    lefts = at_once(10, lambda _: begin(database))
    assert lefts.count(NO_PAUSE) == 5


def guessed_at(database: Database) -> None:
    """Alice's account, guessed at from as many places as are let in at once."""
    for number in range(AT_AN_ACCOUNT):
        assert begin(database, SignInTry("alice@example.org", f"198.51.100.{number}")) == NO_PAUSE


def test_many_places_that_guess_at_one_account_leave_it_open_where_its_owner_signs_in(database: Database) -> None:
    begin(database)
    end_try_well(database, SECRET, ALICE_AT_HOME, NOON, NOON)
    guessed_at(database)
    assert begin(database) == NO_PAUSE


def test_and_elsewhere_its_owner_waits_a_minute(database: Database) -> None:
    guessed_at(database)
    assert [begin(database).total_seconds() for _ in range(3)] == [64] * 3
    assert begin(database, seconds=64) == NO_PAUSE
    end_try_well(database, SECRET, ALICE_AT_HOME, after(seconds=64), after(seconds=64))
    assert begin(database, seconds=64) == NO_PAUSE


def test_right_passwords_at_the_same_time_all_get_in(database: Database) -> None:
    def sign_in(_number: int) -> timedelta:
        left = begin(database)
        end_try_well(database, SECRET, ALICE_AT_HOME, NOON, NOON)
        return left

    assert at_once(4, lambda number: [sign_in(number) for _ in range(10)]) == [[NO_PAUSE] * 10] * 4


def test_tries_that_wait_store_nothing(database: Database) -> None:
    for _ in range(FROM_A_PLACE):
        begin(database, SignInTry(None, "192.0.2.1"))
    before = len(rows(database, "attempt"))
    for number in range(20):
        assert begin(database, SignInTry(f"a{number}@example.org", "192.0.2.1")) > NO_PAUSE
    assert len(rows(database, "attempt")) == before


def test_one_place_that_guesses_at_many_accounts_waits(database: Database) -> None:
    lefts = [begin(database, SignInTry(None, "192.0.2.1")) for _ in range(FROM_A_PLACE + 1)]
    assert lefts[:-1] == [NO_PAUSE] * FROM_A_PLACE
    assert NO_PAUSE < lefts[-1] <= timedelta(minutes=15)
    assert begin(database, SignInTry(None, "192.0.2.2")) == NO_PAUSE
    assert begin(database, SignInTry(None, "192.0.2.1"), minutes=15) == NO_PAUSE


def test_the_place_where_somebody_signed_in_stays_known_for_a_month(database: Database) -> None:
    begin(database)
    end_try_well(database, SECRET, ALICE_AT_HOME, NOON, NOON)
    for days, is_let_in in ((29, True), (31, False)):
        for number in range(FROM_A_PLACE):
            begin(database, SignInTry(f"a{number}@example.org", "192.0.2.1"), days=days)
        assert (begin(database, days=days) == NO_PAUSE) == is_let_in


def test_a_good_end_that_comes_after_the_window_takes_nothing_below_zero(database: Database) -> None:
    begin(database)
    begin(database, SignInTry(None, "192.0.2.9"), hours=1)
    end_try_well(database, SECRET, ALICE_AT_HOME, NOON, after(hours=1))
    assert begin(database, hours=1) == NO_PAUSE


@pytest.mark.usefixtures("database")
def test_no_address_is_stored(database: Database) -> None:
    begin(database)
    end_try_well(database, SECRET, ALICE_AT_HOME, NOON, NOON)
    begin(database)
    stored = rows(database, "attempt")
    assert len(stored) == 4
    assert all(len(row["bucket"]) == 64 for row in stored)
    assert "alice" not in str(stored)
    assert "192.0" not in str(stored)
