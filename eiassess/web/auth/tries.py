"""Limits on guessing passwords: few tries for an account, more from an address that a whole office may share."""

from datetime import datetime, timedelta

from flask import Flask, g, request
from flask_security import MailUtil

from eiassess.services.people.guess_limits import count_attempt, take_attempt_back
from eiassess.web.shell.context import Installation

WINDOW = timedelta(minutes=15)
FOR_AN_ACCOUNT, FROM_AN_ADDRESS = 10, 50


def is_guessing(app: Flask, installation: Installation) -> bool:
    """Count a try to sign in; tell whether there were too many for its account or from its address."""
    now, email = installation.clock(), _account(app)
    limits = {f"sign-in from {request.remote_addr}": FROM_AN_ADDRESS}
    if email is not None:
        limits[f"sign-in for {email}"] = FOR_AN_ACCOUNT
    g.counted_tries = [(who, now) for who in limits]
    # Every one is counted, also when the first is over already.
    over = [_count(installation, who, now) > limit for who, limit in limits.items()]
    return any(over)


def take_tries_back(installation: Installation) -> None:
    """Whoever gave the right password was not guessing: an office behind one address must not lock itself out."""
    for who, now in g.pop("counted_tries", ()):
        take_attempt_back(installation.database, installation.secret_key, "sign-in", who, WINDOW, now)


def _count(installation: Installation, who: str, now: datetime) -> int:
    return count_attempt(installation.database, installation.secret_key, "sign-in", who, WINDOW, now)


def _account(app: Flask) -> str | None:
    """Return the address as sign-in will look it up, since it can be written in many ways; ``None`` if it is none."""
    try:
        return str(MailUtil(app).normalize(request.form.get("email", "").strip())).lower()
    except ValueError:
        return None
