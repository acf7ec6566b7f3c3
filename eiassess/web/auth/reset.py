"""A new password by mail: asking for it, following the link, choosing it. None of it signs anybody in."""

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from eiassess.errors import InvalidInputError
from eiassess.services.links import LinkClosedError
from eiassess.services.people.accounts import Account
from eiassess.services.people.resetting import ask_new_password, choose_password, find_reset, get_reset_account
from eiassess.services.people.sign_in_tries import end_try_well
from eiassess.web.auth.area import area
from eiassess.web.auth.forms import AskPasswordForm, ChoosePasswordForm
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, installation, now
from eiassess.web.shell.guessing import guesses_too_often
from eiassess.web.shell.hashing import in_turn
from eiassess.web.shell.sessions import renew_session
from eiassess.web.shell.tries import account_in_form, refuse_guesses, try_at

RESET = "reset"
"""Where a browser session keeps whose link it followed, until the password is chosen."""


@area.errorhandler(LinkClosedError)
def _closed(_error: LinkClosedError) -> ResponseReturnValue:
    return _no_way_in(410)


@area.get("/reset")
@requires(Permission.PUBLIC)
def ask_password() -> ResponseReturnValue:
    """Ask for the address that the mail is to go to."""
    return _ask(AskPasswordForm())


@area.post("/reset")
@requires(Permission.PUBLIC)
def send_reset() -> ResponseReturnValue:
    """Take the wish; the answer is the same for all addresses."""
    form, here = AskPasswordForm(), installation()
    if here.settings.mail is None:
        return _ask(form), 409
    if not form.is_valid():
        return _ask(form), 400
    refused = refuse_guesses(try_at(f"new password {account_in_form()}"), "get a new password")
    if refused is not None:
        return refused
    try:
        ask_new_password(here.database, here.links, form.email.data or "", here.clock())
    except InvalidInputError as error:
        form.blame(error, "email")
        return _ask(form), 400
    return redirect(url_for("auth.reset_sent"), 303)


@area.get("/reset/sent")
@requires(Permission.PUBLIC)
def reset_sent() -> ResponseReturnValue:
    """Say what happens next."""
    return render_template("auth/reset_sent.html")


@area.get("/reset/<token>/", strict_slashes=False)
@area.get("/reset/<path:token>")  # mail programs take "</a>" along, which has a slash
@requires(Permission.PUBLIC)
def follow_reset(token: str) -> ResponseReturnValue:
    """Let a browser choose a password by its link, and take the token out of the address."""
    try:
        session[RESET] = find_reset(database(), token, now())
    except LinkClosedError:
        return _no_way_in(429 if guesses_too_often() else 410)
    renew_session(session)
    return redirect(url_for("auth.new_password"), 303)


@area.get("/reset/new")
@requires(Permission.PUBLIC)
def new_password() -> ResponseReturnValue:
    """Ask for the new password."""
    if RESET not in session:
        return redirect(url_for("auth.ask_password"), 303)
    return _choose(ChoosePasswordForm())


@area.post("/reset/new")
@requires(Permission.PUBLIC)
@in_turn
def set_new_password() -> ResponseReturnValue:
    """Set the new password; whoever chose it signs in with it, in two steps if that is how they do."""
    if RESET not in session:
        return redirect(url_for("auth.ask_password"), 303)
    form = ChoosePasswordForm()
    if not form.is_valid():
        return _choose(form), 400
    try:
        account = choose_password(database(), session[RESET], form.password.data or "", now())
    except InvalidInputError as error:
        form.blame(error, "password")
        return _choose(form), 400
    _let_in_from_here(account)
    session.clear()
    return redirect(url_for("auth.password_is_new"), 303)


@area.get("/reset/done")
@requires(Permission.PUBLIC)
def password_is_new() -> ResponseReturnValue:
    """Say that it worked, and lead on to signing in."""
    return render_template("auth/reset_done.html")


def _no_way_in(code: int) -> ResponseReturnValue:
    """Say what to do; used, replaced, too old and made up all look the same."""
    session.pop(RESET, None)
    return render_template("auth/reset_closed.html"), code


def _ask(form: AskPasswordForm) -> str:
    return render_template("auth/reset_ask.html", form=form, sends_mail=installation().settings.mail is not None)


def _choose(form: ChoosePasswordForm) -> str:
    account = get_reset_account(database(), session[RESET], now())
    return render_template("auth/reset_new.html", form=form, email=account.email)


def _let_in_from_here(account: Account) -> None:
    """End the pauses of this account from here: whoever reads its mails does not guess."""
    here = installation()
    end_try_well(here.database, here.secret_key, try_at(account.email), here.clock(), here.clock())
