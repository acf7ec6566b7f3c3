"""One's own page, and what is changed on it."""

from math import ceil

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError
from eiassess.services.people.own_account import change_own_name, change_own_password
from eiassess.services.people.sign_in_tries import NO_PAUSE
from eiassess.services.people.signed_in import end_others, end_signed_in, list_signed_in
from eiassess.web.account.forms import NameForm, PasswordForm
from eiassess.web.account.presenters import account_page
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, installation, now
from eiassess.web.shell.hashing import in_turn
from eiassess.web.shell.sessions import stay_signed_in, token_of
from eiassess.web.shell.tries import count_try, take_try_back, try_at

area = Blueprint("account", __name__)


@area.get("/account")
@requires(Permission.OWN_ACCOUNT)
def own() -> ResponseReturnValue:
    """Show one's account."""
    return _page(NameForm(formdata=None, name=current_user.name), PasswordForm(formdata=None))


@area.post("/account/name")
@requires(Permission.OWN_ACCOUNT)
def change_name() -> ResponseReturnValue:
    """Change one's name."""
    form = NameForm()
    if form.is_valid():
        try:
            change_own_name(database(), current_user.id, form.name.data or "")
        except InvalidInputError as error:
            form.blame(error, "name")
        else:
            return _done("name")
    return _page(form, PasswordForm(formdata=None)), 400


@area.post("/account/password")
@requires(Permission.OWN_ACCOUNT)
@in_turn
def change_password() -> ResponseReturnValue:
    """Change one's password; all other sessions end, and this one gets another id."""
    form = PasswordForm()
    if form.is_valid():
        try:
            stay_signed_in(session, _changed_password(form))
        except InvalidInputError as error:
            form.blame(error, "new")
        else:
            return _done("password")
    return _page(NameForm(formdata=None, name=current_user.name), form), 400


@area.post("/account/sessions/<browser_id>/end")
@requires(Permission.OWN_ACCOUNT)
def end_session(browser_id: str) -> ResponseReturnValue:
    """End one of one's own sessions."""
    end_signed_in(database(), current_user.id, browser_id)
    return _done("ended")


@area.post("/account/sessions/end-others")
@requires(Permission.OWN_ACCOUNT)
def end_other_sessions() -> ResponseReturnValue:
    """End all of one's own sessions but this."""
    end_others(database(), current_user.id, token_of(session))
    return _done("others")


def _changed_password(form: PasswordForm) -> str:
    """Change the password, within the limits that sign-in has too: whoever finds a browser open may guess."""
    left = count_try(try_at(current_user.email))
    if left > NO_PAUSE:
        message = f"Too many wrong tries. Wait {ceil(left.total_seconds())} seconds and try again"
        raise InvalidInputError(message, "present")
    present, new = form.present.data or "", form.new.data or ""
    try:
        uniquifier = change_own_password(database(), current_user.id, present, new)
    except InvalidInputError as error:
        if error.field != "present":
            take_try_back(installation())
        raise
    take_try_back(installation())
    return uniquifier


def _done(what: str) -> ResponseReturnValue:
    return redirect(url_for("account.own", done=what), 303)


def _page(name: NameForm, password: PasswordForm) -> str:
    sessions = list_signed_in(database(), current_user.id, now(), token_of(session))
    page = account_page(current_user.email, current_user.held_roles, sessions, request.args.get("done", ""))
    refused = next((form for form in (name, password) if form.errors), None)
    return render_template("account/own.html", page=page, name=name, password=password, form=refused)
