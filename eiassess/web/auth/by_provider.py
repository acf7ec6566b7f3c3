"""Signing in by a provider that proves who somebody is: off to it, and back."""

import logging
from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, Flask, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user, login_user

from eiassess.oidc.beginning import beginning_of
from eiassess.oidc.failures import ProviderError
from eiassess.oidc.opening import COMES_BACK_TO, open_provider
from eiassess.services.identifiers import new_token
from eiassess.services.people.accounts import find_user_record
from eiassess.services.people.guess_limits import attempts_so_far, count_attempt
from eiassess.services.people.identities import find_account_of
from eiassess.web.auth.begun import note_begun, take_begun
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import Installation, database, installation, now
from eiassess.web.shell.errors import error_page
from eiassess.web.shell.origins import origin_of
from eiassess.web.shell.sessions import BEGUN

area = Blueprint("by_provider", __name__)
log = logging.getLogger(__name__)

_NAME = "eiassess-provider"
FAILURES_A_WINDOW, WINDOW = 20, timedelta(minutes=15)
CODE_AT_MOST = 4096


def set_up_provider(app: Flask, made_of: Installation) -> None:
    """Let people sign in by the provider that the settings name, and by nothing else if they say so."""
    provider = open_provider(made_of.settings, made_of.clock)
    app.extensions[_NAME] = provider
    shown = made_of.settings.provider
    app.extensions["security"].login_context_processor(lambda: {"provider": shown})

    @app.before_request
    def _take_no_password() -> ResponseReturnValue | None:
        if shown and shown.is_only_way and request.endpoint == "security.login" and request.method == "POST":
            return error_page(403, f"Nobody signs in by password here. Go back and sign in with {shown.name}.")
        return None


@area.get("/sign-in/provider")
@requires(Permission.PUBLIC)
def begin() -> ResponseReturnValue:
    """Send the browser to the provider; what it is to bring back stands in a cookie, and nothing is stored."""
    provider = current_app.extensions[_NAME] or abort(404)
    if current_user.is_authenticated:
        return redirect(url_for("auth.home"), 303)
    state = new_token()
    prompt = "select_account" if request.args.get("other") else ""
    address = provider.address_to_begin_at(beginning_of(state, installation().secret_key), prompt)
    note_begun(state, request.args.get("next", ""), now())
    return redirect(address, 303)


@area.get(COMES_BACK_TO)
@requires(Permission.PUBLIC)
def come_back() -> ResponseReturnValue:
    """Let in whom the provider has recognised, if an account is theirs."""
    provider = current_app.extensions[_NAME] or abort(404)
    state = request.args.get("state", "")
    wanted = None if current_user.is_authenticated else take_begun(state, now())
    if wanted is None:  # the Back button, or a page that lay open for long: nobody is accused of anything
        return redirect(url_for("security.login"), 303)
    if _fails_too_often():
        return _not_recognised("often", HTTPStatus.TOO_MANY_REQUESTS)
    code = request.args.get("code", "")
    if "error" in request.args or not 0 < len(code) <= CODE_AT_MOST:
        log.warning("The provider signed nobody in: %.80r", request.args.get("error"))
        return _not_recognised("declined", HTTPStatus.FORBIDDEN)
    beginning = beginning_of(state, installation().secret_key)
    identity = provider.identity_of(beginning, code, request.args.get("iss"))
    links = provider.settings.links_by_address
    account = find_account_of(database(), identity, now(), links_by_address=links)
    return _let_in(account, wanted) or _no_account(identity.subject)


def _let_in(account: str | None, wanted: str) -> ResponseReturnValue | None:
    """Sign somebody in whose account is in use; the signal that follows gives the session another id.

    Our own second step is not asked for: how surely somebody is recognised is the provider's matter, which has its own.
    """
    record = find_user_record(database(), id=account) if account else None
    if record is None or not record.active:
        return None
    session.pop(BEGUN, None)
    login_user(record, authn_via=["provider"])
    return redirect(wanted or url_for("auth.home"), 303)


@area.errorhandler(ProviderError)
def _failed(error: ProviderError) -> ResponseReturnValue:
    """Say that somebody was not recognised; why stands in the log, for it is nothing that they can mend."""
    log.warning("Nobody was signed in by the provider: %s", error)
    if error.is_away:
        return _not_recognised("away", HTTPStatus.SERVICE_UNAVAILABLE)
    who, secret = origin_of(request.remote_addr), installation().secret_key
    count_attempt(database(), secret, "provider", who, WINDOW, now())
    return _not_recognised("unclear", HTTPStatus.FORBIDDEN)


def _fails_too_often() -> bool:
    who, secret = origin_of(request.remote_addr), installation().secret_key
    return attempts_so_far(database(), secret, "provider", who, WINDOW, now()) >= FAILURES_A_WINDOW


def _not_recognised(reason: str, code: HTTPStatus) -> ResponseReturnValue:
    named = current_app.extensions[_NAME].settings.name
    return render_template("auth/not_recognised.html", reason=reason, provider=named), code


def _no_account(subject: str) -> ResponseReturnValue:
    named = current_app.extensions[_NAME].settings.name
    return render_template("auth/no_account.html", subject=subject, provider=named), HTTPStatus.FORBIDDEN
