"""What of a request the limits on guessing passwords look at."""

from datetime import timedelta

from flask import Flask, g, request
from flask_security import MailUtil

from eiassess.services.people.sign_in_tries import SignInTry, begin_try, end_try_well
from eiassess.web.shell.context import Installation
from eiassess.web.shell.origins import origin_of


def count_try(app: Flask, installation: Installation) -> timedelta:
    """Count this try to sign in, or return how long its sender has to wait first."""
    trying, now = SignInTry(_account(app), origin_of(request.remote_addr)), installation.clock()
    left = begin_try(installation.database, installation.secret_key, trying, now)
    g.counted_try = (trying, now)
    return left


def take_try_back(installation: Installation) -> None:
    """Whoever gave the right password was not guessing: an office behind one address must not lock itself out."""
    if "counted_try" in g:
        trying, began = g.pop("counted_try")
        end_try_well(installation.database, installation.secret_key, trying, began, installation.clock())


def _account(app: Flask) -> str | None:
    """Return the address as sign-in will look it up, since it can be written in many ways; ``None`` if it is none."""
    try:
        return str(MailUtil(app).normalize(request.form.get("email", "").strip())).lower()
    except ValueError:
        return None
