"""Passwords: which may be taken, how they are kept, and how many are worked on at once."""

import os
import threading
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from eiassess.errors import InvalidInputError

AT_LEAST = 12
AT_MOST_LETTERS, AT_MOST_BYTES = 256, 1024
LOOKED_AT = 72  # letters: the estimate takes quadratic time, and what follows makes no password easier to guess
GUESSES_AT_LEAST = 3  # zxcvbn's score of 3: more than a hundred million guesses
OWN_WORDS = ("eiassess", "emotional", "intelligence")
# OWASP ASVS 5.0, 11.4.2: at least 64 MiB and three passes
PASSWORD_HASHER = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=1)


def normalised(password: str) -> str:
    """Return a password as sign-in compares it: the same letter is typed in two ways; NFKD is Flask-Security's form."""
    return unicodedata.normalize("NFKD", password)


def is_too_long(password: str) -> bool:
    """Whether no account can have this password: one rule for those who set one and those who sign in.

    Letters and bytes are counted as they are compared, so that no way of typing gets past what the hash can take.
    """
    password = normalised(password)
    return len(password) > AT_MOST_LETTERS or len(password.encode("utf-8", "replace")) > AT_MOST_BYTES


def hash_password(password: str, about: Collection[str] = ()) -> str:
    """Return what is stored of a password that somebody may take.

    Parameters
    ----------
    password
        As it was typed.
    about
        Words that belong to the person, such as name and address; they make a password easy to guess.

    Raises
    ------
    InvalidInputError
        It is too short, too long, or among the first that people guess.
    """
    problem = _problem(password, about)
    if problem:
        raise InvalidInputError(problem, "password")
    return PASSWORD_HASHER.hash(normalised(password))


def fits(password: str, hashed: str) -> bool:
    """Tell whether a password is the one whose hash is stored; without a hash none is."""
    if is_too_long(password):
        return False
    try:
        return PASSWORD_HASHER.verify(hashed, normalised(password))
    except (VerificationError, InvalidHashError):
        return False


def _problem(password: str, about: Collection[str]) -> str:
    if min(len(password), len(normalised(password))) < AT_LEAST:
        return f"A password needs at least {AT_LEAST} characters"
    if is_too_long(password):
        return f"A password has at most {AT_MOST_LETTERS} characters and {AT_MOST_BYTES:,} bytes"
    if zxcvbn(normalised(password)[:LOOKED_AT], [*OWN_WORDS, *about])["score"] < GUESSES_AT_LEAST:
        return (
            "This password is among the first that people guess. Take another, such as three or four words that do "
            "not belong together"
        )
    return ""


class HashingTurns:
    """Lets few passwords be hashed at once: each takes a processor and 64 MiB, and candidates' saves need both.

    Parameters
    ----------
    at_once
        How many are worked on at the same time.
    waiting
        How many more may wait for their turn; each of them holds a thread of the server.
    """

    def __init__(self, at_once: int, waiting: int) -> None:
        self.at_once = at_once
        self._places = at_once + waiting
        self._counting = threading.Lock()
        self._turns = threading.Semaphore(at_once)

    @property
    def is_full(self) -> bool:
        """Whether nobody more may wait."""
        return self._places == 0

    @contextmanager
    def taken(self) -> Iterator[bool]:
        """Wait for a turn; gives ``False`` at once, and no turn, where too many wait already."""
        with self._counting:
            has_place = not self.is_full
            self._places -= has_place
        if not has_place:
            yield False
            return
        try:
            with self._turns:
                yield True
        finally:
            with self._counting:
                self._places += 1


def usual_turns() -> HashingTurns:
    """Return turns for one process of this machine: half of its processors stay with everybody else."""
    return HashingTurns(at_once=max(1, (os.cpu_count() or 1) // 2), waiting=3)
