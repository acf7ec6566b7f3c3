"""What of a request the limits on guessing look at, and what somebody reads who has to wait."""

from datetime import timedelta
from http import HTTPStatus
from math import ceil

from flask import Response, current_app, g, request
from flask_security import MailUtil

from eiassess.services.people.sign_in_tries import NO_PAUSE, SignInTry, begin_try, end_try_well
from eiassess.web.shell.context import Installation, installation
from eiassess.web.shell.errors import error_page
from eiassess.web.shell.origins import origin_of


def try_at(account: str | None) -> SignInTry:
    """Return a try at an account, or at something else of it, from where this request comes."""
    return SignInTry(account, origin_of(request.remote_addr))


def count_try(trying: SignInTry) -> timedelta:
    """Count a try, or return how long its sender has to wait first."""
    here = installation()
    now = here.clock()
    left = begin_try(here.database, here.secret_key, trying, now)
    g.counted_try = (trying, now)
    return left


def take_try_back(here: Installation) -> None:
    """Whoever gave the right password was not guessing: an office behind one address must not lock itself out."""
    if "counted_try" in g:
        trying, began = g.pop("counted_try")
        end_try_well(here.database, here.secret_key, trying, began, here.clock())


def refuse_guesses(trying: SignInTry, what: str) -> Response | None:
    """Count a try; whoever has to wait first gets a page that says how long."""
    left = count_try(trying)
    if left <= NO_PAUSE:
        return None
    message = f"Too many tries to {what}. Wait {_in_words(left)} and try again."
    return come_back(HTTPStatus.TOO_MANY_REQUESTS, message, left)


def come_back(code: HTTPStatus, message: str, after: timedelta) -> Response:
    """Ask somebody to come back later."""
    answer = current_app.make_response(error_page(code, message))
    answer.headers["Retry-After"] = str(ceil(after.total_seconds()))
    return answer


def account_in_form() -> str | None:
    """Return the address as sign-in will look it up, since it can be written in many ways; ``None`` if it is none."""
    try:
        return str(MailUtil(current_app).normalize(request.form.get("email", "").strip())).lower()
    except ValueError:
        return None


def _in_words(time: timedelta) -> str:
    seconds = ceil(time.total_seconds())
    if seconds == 1:
        return "a second"
    minutes = ceil(seconds / 60)
    return f"{seconds} seconds" if seconds <= 60 else f"{minutes} minutes"  # noqa: PLR2004 - a minute has as many
