"""Links that nobody was sent: who tries many is held up."""

from datetime import timedelta

from flask import request

from eiassess.services.people.guess_limits import count_attempt
from eiassess.web.shell.context import database, installation, now
from eiassess.web.shell.origins import origin_of

FAILURES_AN_HOUR = 30


def guesses_too_often() -> bool:
    """Count a link that let nobody in, and tell whether its sender has tried too many."""
    # Only failures count: whoever holds a good link gets in, whatever others behind the same address do.
    who, secret = origin_of(request.remote_addr), installation().secret_key
    return count_attempt(database(), secret, "link", who, timedelta(hours=1), now()) > FAILURES_AN_HOUR
