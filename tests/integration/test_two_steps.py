"""The second step: set up with a code, taken once also by two at once, and no way round it but the terminal."""

import re
from base64 import b32decode
from collections.abc import Sequence

import pytest

from eiassess.domain.one_time_codes import code_of, step_at
from eiassess.errors import NotFoundError, RefusedError
from eiassess.services.people.accounts import find_user_record
from eiassess.services.people.recovery_codes import CODES
from eiassess.services.people.two_steps import (
    WrongCodeError,
    begin_two_steps,
    find_app_secret,
    get_two_steps,
    has_two_steps,
    renew_recovery_codes,
    rescue_from_two_steps,
    take_second_step,
    turn_two_steps_off,
    turn_two_steps_on,
)
from tests.hiring_story import NOON, Story, after, at_once, rows

SECRET = "the installation's secret, long enough to be one"


def app_secret(story: Story, secret: str = SECRET) -> bytes:
    found = find_app_secret(story.database, secret, story.alice)
    assert found
    return b32decode(found.text.replace(" ", ""))


def code(secret: bytes, steps: int = 0) -> str:
    return code_of(secret, step_at(NOON) + steps)


def set_up(story: Story) -> tuple[bytes, Sequence[str]]:
    """Turn it on with the code of noon."""
    begin_two_steps(story.database, story.alice, NOON)
    secret = app_secret(story)
    return secret, turn_two_steps_on(story.database, SECRET, story.alice, code(secret), NOON)


def take(story: Story, typed: str, seconds: float = 30) -> bool:
    return take_second_step(story.database, SECRET, story.alice, typed, after(seconds=seconds))


def uniquifier(story: Story) -> str:
    user = find_user_record(story.database, id=story.alice)
    assert user
    return user.fs_uniquifier


def test_it_counts_from_the_first_code_and_ends_all_sessions(story: Story) -> None:
    before = uniquifier(story)
    begin_two_steps(story.database, story.alice, NOON)
    assert not has_two_steps(story.database, story.alice)
    secret = app_secret(story)
    with pytest.raises(WrongCodeError):
        turn_two_steps_on(story.database, SECRET, story.alice, "000000", NOON)
    with pytest.raises(WrongCodeError):
        turn_two_steps_on(story.database, SECRET, story.alice, "no code", NOON)
    assert uniquifier(story) == before
    codes = turn_two_steps_on(story.database, SECRET, story.alice, code(secret), NOON)
    assert has_two_steps(story.database, story.alice)
    assert uniquifier(story) != before
    assert get_two_steps(story.database, story.alice).since == NOON
    assert (len(set(codes)), get_two_steps(story.database, story.alice).codes_left) == (CODES, CODES)
    assert all(re.fullmatch(r"([0-9a-hjkmnp-tv-z]{4}-){5}[0-9a-hjkmnp-tv-z]{4}", each) for each in codes)
    assert find_app_secret(story.database, SECRET, story.alice) is None


def test_each_installation_and_each_beginning_has_a_secret_of_its_own(story: Story) -> None:
    begin_two_steps(story.database, story.alice, NOON)
    secrets = {app_secret(story), app_secret(story, "another secret of an installation")}
    begin_two_steps(story.database, story.alice, NOON)
    assert len(secrets | {app_secret(story)}) == 3
    assert get_two_steps(story.database, story.bob).since is None
    assert find_app_secret(story.database, SECRET, story.bob) is None


def test_the_code_that_turned_it_on_does_not_sign_in(story: Story) -> None:
    secret, _ = set_up(story)
    assert not take(story, code(secret), seconds=1)
    assert take(story, code(secret, 1))


def test_a_code_is_taken_once_also_by_two_at_once(story: Story) -> None:
    secret, _ = set_up(story)
    assert sorted(map(bool, at_once(4, lambda _: take(story, code(secret, 1))))) == [False, False, False, True]


def test_a_recovery_code_is_taken_once_also_by_two_at_once(story: Story) -> None:
    _, codes = set_up(story)
    assert sorted(map(bool, at_once(4, lambda _: take(story, codes[0])))) == [False, False, False, True]
    assert get_two_steps(story.database, story.alice).codes_left == CODES - 1


def test_letters_that_look_alike_are_read_as_meant(story: Story) -> None:
    _, codes = set_up(story)
    mistyped = codes[0].upper().replace("0", "O").replace("1", "l").replace("V", "u").replace("-", "")
    assert take(story, mistyped)


def test_codes_of_somebody_else_open_nothing(story: Story) -> None:
    secret, codes = set_up(story)
    begin_two_steps(story.database, story.bob, NOON)
    for typed in (code(secret, 1), codes[0]):
        assert not take_second_step(story.database, SECRET, story.bob, typed, after(seconds=30))
        assert not take_second_step(story.database, SECRET, story.dana, typed, after(seconds=30))
    assert take(story, codes[0])


def test_new_recovery_codes_end_the_old_ones(story: Story) -> None:
    with pytest.raises(RefusedError, match="nothing to recover"):
        renew_recovery_codes(story.database, story.alice, NOON)
    _, old = set_up(story)
    new = renew_recovery_codes(story.database, story.alice, NOON)
    assert (take(story, old[0]), take(story, new[0])) == (False, True)


def test_it_is_begun_and_confirmed_once(story: Story) -> None:
    with pytest.raises(RefusedError, match="nothing to confirm"):
        turn_two_steps_on(story.database, SECRET, story.alice, "000000", NOON)
    secret, _ = set_up(story)
    with pytest.raises(RefusedError, match="in two steps already"):
        begin_two_steps(story.database, story.alice, NOON)
    with pytest.raises(RefusedError, match="on already"):
        turn_two_steps_on(story.database, SECRET, story.alice, code(secret, 1), after(seconds=30))


def test_two_who_begin_at_once_make_one(story: Story) -> None:
    assert at_once(3, lambda _: begin_two_steps(story.database, story.alice, NOON)) == [None] * 3
    assert len(rows(story.database, "two_steps")) == 1


def test_turning_it_off_forgets_all_and_ends_all_sessions(story: Story) -> None:
    set_up(story)
    before = uniquifier(story)
    turn_two_steps_off(story.database, story.alice)
    turn_two_steps_off(story.database, story.alice)
    assert uniquifier(story) != before
    assert rows(story.database, "two_steps") == rows(story.database, "recovery_code") == []


def test_the_rescue_on_the_terminal(story: Story) -> None:
    set_up(story)
    assert rescue_from_two_steps(story.database, "Alice@Example.org")
    assert not rescue_from_two_steps(story.database, "alice@example.org")
    with pytest.raises(NotFoundError, match=r"no account for nobody@example\.org"):
        rescue_from_two_steps(story.database, "nobody@example.org")
