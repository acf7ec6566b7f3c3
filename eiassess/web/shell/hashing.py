"""Few passwords at once: the answers of candidates need the processor and the threads too."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from typing import ParamSpec

from flask import Flask, current_app
from flask.typing import ResponseReturnValue

from eiassess.services.people.passwords import HashingTurns
from eiassess.web.shell.tries import come_back

P = ParamSpec("P")
MOMENT = timedelta(seconds=5)
"""How long to wait when more passwords are to be hashed at once than this machine is given to."""
TOO_MANY = "Many people sign in right now. Wait a few seconds and try again."
_NAME = "eiassess-hashing"


def attach_turns(app: Flask, turns: HashingTurns) -> None:
    """Give the application the turns that all its pages with passwords share."""
    app.extensions[_NAME] = turns


def in_turn(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Have a view that hashes a password wait for its turn, or ask to come back where too many wait.

    Whoever is asked to come back typed no wrong password: nothing of theirs was counted.
    """

    @wraps(view)
    def waiting(*values: P.args, **names: P.kwargs) -> ResponseReturnValue:
        turns: HashingTurns = current_app.extensions[_NAME]
        with turns.taken() as has_turn:
            return view(*values, **names) if has_turn else come_back(HTTPStatus.SERVICE_UNAVAILABLE, TOO_MANY, MOMENT)

    return waiting
