"""Signing in with Flask-Security: how passwords are kept, what of it we leave out, and the limit on guesses."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from math import ceil
from typing import Any, cast

from flask import Flask, Response, request, session
from flask.typing import ResponseReturnValue
from flask_security import Security, user_authenticated

from eiassess.services.people.passwords import HashingTurns, usual_turns
from eiassess.web.auth.datastore import AccountDatastore
from eiassess.web.auth.forms import SignInForm
from eiassess.web.auth.tries import count_try, take_try_back
from eiassess.web.shell.auditing import enter_sign_in
from eiassess.web.shell.context import Installation
from eiassess.web.shell.errors import error_page
from eiassess.web.shell.sessions import renew_session

MOMENT = timedelta(seconds=5)
"""How long to wait when more people sign in at once than this machine hashes passwords for."""
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
SECURITY = {
    "SECURITY_PASSWORD_SALT": "unused: argon2 makes its own",  # Flask-Security asks for one
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__rounds": 3,
        "argon2__memory_cost": 65536,
        "argon2__parallelism": 1,
    },
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_POST_LOGIN_VIEW": "/",
    "SECURITY_POST_LOGOUT_VIEW": "/",
    "SECURITY_LOGIN_USER_TEMPLATE": "auth/sign_in.html",
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_SEND_REGISTER_EMAIL": False,
    "SECURITY_DEFAULT_REMEMBER_ME": False,
}


def set_up_sign_in(app: Flask, installation: Installation, user_model: type) -> None:
    """Let people with an account sign in; a browser session is the only thing that stands for them."""
    app.config.update(SECURITY)
    security = Security(app, AccountDatastore(user_model, installation.database), login_form=SignInForm)
    _leave_sessions_only(app, security)

    def signed_in(_sender: Flask, user: Any, **_details: Any) -> None:  # noqa: ANN401 - the signal's signature
        renew_session(session)
        enter_sign_in(app, installation, user.id)
        take_try_back(installation)

    user_authenticated.connect(signed_in, app, weak=False)

    @app.before_request
    def _take_forms_only() -> ResponseReturnValue | None:
        if request.endpoint == "security.login" and request.method == "POST" and request.mimetype not in FORM_TYPES:
            return error_page(400)
        return None

    _limit_tries(app, installation, usual_turns())


def _limit_tries(app: Flask, installation: Installation, turns: HashingTurns) -> None:
    """Let few passwords be guessed, and few be hashed at once.

    Whoever finds all turns taken is asked to come back before anything is counted: it was no wrong password. The
    answers of candidates need the processor and the threads too.
    """
    view = cast("Callable[[], ResponseReturnValue]", app.view_functions["security.login"])

    def sign_in_within_limits() -> ResponseReturnValue:
        if request.method != "POST":
            return view()
        with turns.taken() as has_turn:
            if not has_turn:
                message = "Many people sign in right now. Wait a few seconds and try again."
                return _come_back(app, HTTPStatus.SERVICE_UNAVAILABLE, message, MOMENT)
            left = count_try(app, installation)
            if left > timedelta(0):
                message = f"Too many tries to sign in. Wait {_in_words(left)} and try again."
                return _come_back(app, HTTPStatus.TOO_MANY_REQUESTS, message, left)
            return view()

    app.view_functions["security.login"] = sign_in_within_limits


def _come_back(app: Flask, code: HTTPStatus, message: str, after: timedelta) -> Response:
    answer = app.make_response(error_page(code, message))
    answer.headers["Retry-After"] = str(ceil(after.total_seconds()))
    return answer


def _in_words(time: timedelta) -> str:
    seconds = ceil(time.total_seconds())
    if seconds == 1:
        return "a second"
    minutes = ceil(seconds / 60)
    return f"{seconds} seconds" if seconds <= 60 else f"{minutes} minutes"  # noqa: PLR2004 - a minute has as many


def _leave_sessions_only(app: Flask, security: Security) -> None:
    """Take away Flask-Security's API: its tokens stand for somebody for ever, also after signing out."""
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]  # Flask-Login hangs it on
    security.want_json(lambda _request: False)
