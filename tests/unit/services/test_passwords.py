"""Which passwords may be taken, and how many are hashed at once."""

import threading

import pytest

from eiassess.errors import InvalidInputError
from eiassess.services.people.passwords import HashingTurns, hash_password, is_too_long, normalised, usual_turns


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("x" * 11, "at least 12 characters"),
        ("\ufdfa", "at least 12 characters"),  # one letter that is eighteen when normalised
        ("x" * 257, "at most 256 characters"),
        ("\ufdfa" * 15, "at most 256 characters"),
        ("\U0001f600" * 257, "at most 256 characters"),
        ("password1234", "first that people guess"),
        (" " * 12, "first that people guess"),
        ("qwerty123456", "first that people guess"),
        ("Administrator1", "first that people guess"),
        ("eiassess2026", "first that people guess"),
        ("Okonkwo20261", "first that people guess"),
    ],
)
def test_what_is_refused(password: str, said: str) -> None:
    with pytest.raises(InvalidInputError, match=said) as refused:
        hash_password(password, ["Ada", "Okonkwo"])
    assert refused.value.field == "password"


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "tall boats sing",
        "\u00e4rgerlich gro\u00dfe Schuhe",
        "seven lamps over quiet rivers " * 5,
    ],
)
def test_what_may_be_taken(password: str) -> None:
    assert hash_password(password, ["Ada"]).startswith("$argon2id$")


def test_bytes_are_counted_too() -> None:
    assert not is_too_long("\U0001f600" * 256)
    assert is_too_long(normalised("\U0001f600" * 257))
    assert not is_too_long("x" * 256)
    assert not is_too_long("\ud800" * 12)


def test_few_are_worked_on_at_once_and_few_wait() -> None:
    turns, inside, done = HashingTurns(at_once=1, waiting=1), threading.Event(), threading.Event()
    seen: list[bool] = []

    def hold() -> None:
        with turns.taken() as has_turn:
            seen.append(has_turn)
            inside.set()
            done.wait()

    def come_second() -> None:
        with turns.taken() as has_turn:
            seen.append(has_turn)

    first = threading.Thread(target=hold)
    first.start()
    inside.wait()
    second = threading.Thread(target=come_second)
    second.start()
    while not turns.is_full:
        second.join(0.001)
    with turns.taken() as third:
        assert not third
    assert seen == [True]
    done.set()
    first.join()
    second.join()
    assert seen == [True, True]
    with turns.taken() as again:
        assert again


def test_half_of_the_processors_stay_with_everybody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    for processors, at_once in ((None, 1), (1, 1), (2, 1), (8, 4)):
        monkeypatch.setattr("os.cpu_count", lambda processors=processors: processors)
        assert usual_turns().at_once == at_once
