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
from eiassess.web.shell.access import PROVIDER, Permission, requires
from eiassess.web.shell.context import Installation, database, installation, now
from eiassess.web.shell.errors import error_page
from eiassess.web.shell.origins import origin_of
from eiassess.web.shell.sessions import BEGUN

area = Blueprint("by_provider", __name__)
log = logging.getLogger(__name__)

_NAME = "eiassess-provider"
FAILURES_A_WINDOW, WINDOW = 20, timedelta(minutes=15)
CODE_AT_MOST = 4096
OF_PASSWORDS = frozenset(
    {"security.login", "auth.send_reset", "auth.set_new_password", "auth.say_who", "account.change_password"}
)
"""Routes that take a password or set one, by POST: closed where nobody signs in by password."""


def set_up_provider(app: Flask, made_of: Installation) -> None:
    """Let people sign in by the provider that the settings name, and by nothing else if they say so."""
    provider = open_provider(made_of.settings, made_of.clock)
    app.extensions[_NAME] = provider
    shown = made_of.settings.provider
    app.extensions["security"].login_context_processor(lambda: {"provider": shown})

    @app.before_request
    def _take_no_password() -> ResponseReturnValue | None:
        if shown and shown.is_only_way and request.endpoint in OF_PASSWORDS and request.method == "POST":
            return error_page(403, f"Nobody signs in by password here. Go back and sign in with {shown.name}.")
        return None


@area.get("/sign-in/provider")
@requires(Permission.PUBLIC)
def begin() -> ResponseReturnValue:
    """Send the browser to the provider; what it is to bring back stands in a cookie, and nothing is stored.

    With ``again``, somebody who is in proves anew that it is still them, before they do what must not be done by
    whoever finds their screen.
    """
    provider = current_app.extensions[_NAME] or abort(404)
    again = current_user.is_authenticated
    if again and not request.args.get("again"):
        return redirect(url_for("auth.home"), 303)
    state = new_token()
    beginning, other = beginning_of(state, installation().secret_key), bool(request.args.get("other"))
    address = provider.address_to_begin_at(beginning, again=again, other=other)
    note_begun(state, request.args.get("next", ""), now(), again=again)
    return redirect(address, 303)


@area.get(COMES_BACK_TO)
@requires(Permission.PUBLIC)
def come_back() -> ResponseReturnValue:
    """Let in whom the provider has recognised, if an account is theirs."""
    provider = current_app.extensions[_NAME] or abort(404)
    begun = take_begun(request.args.get("state", ""), now())
    if begun is None or begun.again != current_user.is_authenticated:
        # the Back button, or a page that lay open for long: nobody is accused of anything
        return redirect(url_for("security.login"), 303)
    refusal = _refusal_of_return()
    if refusal is not None:
        return refusal
    beginning = beginning_of(request.args["state"], installation().secret_key)
    since = begun.at if begun.again else None
    identity = provider.identity_of(beginning, request.args["code"], request.args.get("iss"), since)
    links = provider.settings.links_by_address and not begun.again
    account = find_account_of(database(), identity, now(), links_by_address=links)
    if begun.again and account != current_user.id:
        message = "whoever is signed in here is somebody else there"
        raise ProviderError(message)
    return _let_in(account, begun.wanted) or _no_account(identity.subject)


def _refusal_of_return() -> ResponseReturnValue | None:
    if _fails_too_often():
        return _not_recognised("often", HTTPStatus.TOO_MANY_REQUESTS)
    if "error" in request.args or not 0 < len(request.args.get("code", "")) <= CODE_AT_MOST:
        log.warning("The provider signed nobody in: %.80r", request.args.get("error"))
        return _not_recognised("declined", HTTPStatus.FORBIDDEN)
    return None


def _let_in(account: str | None, wanted: str) -> ResponseReturnValue | None:
    """Sign somebody in whose account is in use; the signal that follows gives the session another id.

    Our own second step is not asked for: how surely somebody is recognised is the provider's matter, which has its own.
    """
    record = find_user_record(database(), id=account) if account else None
    if record is None or not record.active:
        return None
    session.pop(BEGUN, None)
    login_user(record, authn_via=[PROVIDER])
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
