"""Turns at hashing a password, which whoever signs in waits for."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

from flask import Flask, current_app
from flask.typing import ResponseReturnValue

from eiassess.services.people.passwords import HashingTurns
from eiassess.web.auth.tries import come_back

MOMENT = timedelta(seconds=5)
"""How long to wait when more people sign in at once than this machine hashes passwords for."""
_NAME = "eiassess hashing turns"


def attach_turns(app: Flask, turns: HashingTurns) -> None:
    """Give the application its turns."""
    app.extensions[_NAME] = turns


def with_turn(view: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Answer while holding a turn.

    Whoever finds all turns taken is asked to come back before anything is counted: it was no wrong password. The
    answers of candidates need the processor and the threads too.
    """
    turns: HashingTurns = current_app.extensions[_NAME]
    with turns.taken() as has_turn:
        if not has_turn:
            message = "Many people sign in right now. Wait a few seconds and try again."
            return come_back(HTTPStatus.SERVICE_UNAVAILABLE, message, MOMENT)
        return view()
