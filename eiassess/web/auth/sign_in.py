"""Signing in with Flask-Security: how passwords are kept, what of it we leave out, and the limit on guesses."""

from collections.abc import Callable, Collection
from typing import Any, cast

from flask import Flask, request, session
from flask.typing import ResponseReturnValue
from flask_security import Security, user_authenticated

from eiassess.services.people.accounts import record_sign_in
from eiassess.services.people.passwords import usual_turns
from eiassess.web.auth.datastore import AccountDatastore
from eiassess.web.auth.forms import SignInForm
from eiassess.web.auth.second_step import SecondStep
from eiassess.web.shell.access import BY_PROVIDER, PROVIDER
from eiassess.web.shell.auditing import enter_sign_in
from eiassess.web.shell.context import Installation
from eiassess.web.shell.errors import error_page
from eiassess.web.shell.fresh import note_who
from eiassess.web.shell.hashing import attach_turns, in_turn
from eiassess.web.shell.sessions import renew_session
from eiassess.web.shell.tries import account_in_form, refuse_guesses, take_try_back, try_at

BROWSER = "_id"
"""Where Flask-Login keeps a hash of address and browser; here no session says where it is from."""
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
    security.two_factor_plugins = SecondStep(installation)

    def signed_in(_sender: Flask, user: Any, authn_via: Collection[str] | None = None, **_details: Any) -> None:  # noqa: ANN401 - the signal's signature
        session.pop(BROWSER, None)
        session[BY_PROVIDER] = PROVIDER in (authn_via or ())
        renew_session(session)
        note_who()
        enter_sign_in(app, installation, user.id)
        take_try_back(installation)
        record_sign_in(installation.database, user.id, installation.clock())

    user_authenticated.connect(signed_in, app, weak=False)

    @app.before_request
    def _take_forms_only() -> ResponseReturnValue | None:
        if request.endpoint == "security.login" and request.method == "POST" and request.mimetype not in FORM_TYPES:
            return error_page(400)
        return None

    attach_turns(app, usual_turns())
    _limit_tries(app)
    _leave_nothing_behind(app)


def _limit_tries(app: Flask) -> None:
    """Let few passwords be guessed, and few be hashed at once."""
    view = cast("Callable[[], ResponseReturnValue]", app.view_functions["security.login"])

    @in_turn
    def try_to_sign_in() -> ResponseReturnValue:
        return refuse_guesses(try_at(account_in_form()), "sign in") or view()

    def sign_in_within_limits() -> ResponseReturnValue:
        return try_to_sign_in() if request.method == "POST" else view()

    app.view_functions["security.login"] = sign_in_within_limits


def _leave_nothing_behind(app: Flask) -> None:
    """End the whole session with signing out: Flask-Security takes out of it only what is its own."""
    view = cast("Callable[[], ResponseReturnValue]", app.view_functions["security.logout"])

    def sign_out() -> ResponseReturnValue:
        answer = view()
        session.clear()
        return answer

    app.view_functions["security.logout"] = sign_out


def _leave_sessions_only(app: Flask, security: Security) -> None:
    """Take away Flask-Security's API: its tokens stand for somebody for ever, also after signing out."""
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]  # Flask-Login hangs it on
    security.want_json(lambda _request: False)
    app.login_manager.session_protection = None  # type: ignore[attr-defined]  # it compares what we do not keep, BROWSER
