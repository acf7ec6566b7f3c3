"""One's own second step: set up with an app, recovery codes, turned off."""

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError
from eiassess.services.people.accounts import get_user_record
from eiassess.services.people.two_steps import (
    begin_two_steps,
    find_app_secret,
    get_two_steps,
    renew_recovery_codes,
    turn_two_steps_off,
    turn_two_steps_on,
)
from eiassess.web.auth.area import area
from eiassess.web.auth.forms import SecondStepForm
from eiassess.web.auth.second_step import try_at_second_step
from eiassess.web.auth.two_steps.presenters import qr_code
from eiassess.web.shell.access import Permission, must_set_up_two_steps, requires
from eiassess.web.shell.context import database, installation, now
from eiassess.web.shell.forms import PlainForm
from eiassess.web.shell.moments import long_day
from eiassess.web.shell.sessions import stay_signed_in
from eiassess.web.shell.tries import refuse_guesses, take_try_back


@area.get("/account/two-steps")
@requires(Permission.SECURE_SIGN_IN)
def two_steps() -> ResponseReturnValue:
    """Show whether one signs in in two steps, and what can be done about it."""
    found = get_two_steps(database(), current_user.id)
    return render_template(
        "auth/two_steps/two_steps.html",
        since=long_day(found.since) if found.since else "",
        codes_left=found.codes_left,
        is_needed=must_set_up_two_steps(),
        turned_off="off" in request.args,
        form=PlainForm(),
    )


@area.post("/account/two-steps/begin")
@requires(Permission.SECURE_SIGN_IN, fresh=True)
def begin() -> ResponseReturnValue:
    """Make a secret for an app."""
    begin_two_steps(database(), current_user.id, now())
    return redirect(url_for("auth.set_up"), 303)


@area.get("/account/two-steps/set-up")
@requires(Permission.SECURE_SIGN_IN, fresh=True)
def set_up() -> ResponseReturnValue:
    """Show the secret, as a picture and as text, and ask for a code of it."""
    return _set_up(SecondStepForm())


@area.post("/account/two-steps/set-up")
@requires(Permission.SECURE_SIGN_IN, fresh=True)
def turn_on() -> ResponseReturnValue:
    """Turn it on where the app shows the right code, and show the recovery codes, once."""
    form, here, user_id = SecondStepForm(), installation(), current_user.id
    if not form.is_valid():
        return _set_up(form, 400)
    refused = refuse_guesses(try_at_second_step(user_id), "type a code")
    if refused is not None:
        return refused
    try:
        codes = turn_two_steps_on(here.database, here.secret_key, user_id, form.code.data or "", here.clock())
    except InvalidInputError as error:
        form.blame(error, "code")
        return _set_up(form, 400)
    take_try_back(here)
    _stay_signed_in(user_id)
    return render_template("auth/two_steps/codes.html", codes=codes, is_new=True)


@area.post("/account/two-steps/codes")
@requires(Permission.SECURE_SIGN_IN, fresh=True)
def renew_codes() -> ResponseReturnValue:
    """Make ten recovery codes anew and show them, once."""
    codes = renew_recovery_codes(database(), current_user.id, now())
    return render_template("auth/two_steps/codes.html", codes=codes, is_new=False)


@area.post("/account/two-steps/off")
@requires(Permission.SECURE_SIGN_IN, fresh=True)
def turn_off() -> ResponseReturnValue:
    """Sign in with the password alone from now on."""
    user_id = current_user.id
    turn_two_steps_off(database(), user_id)
    _stay_signed_in(user_id)
    return redirect(url_for("auth.two_steps", off="yes"), 303)


def _set_up(form: SecondStepForm, code: int = 200) -> ResponseReturnValue:
    here = installation()
    secret = find_app_secret(here.database, here.secret_key, current_user.id)
    if secret is None:
        return redirect(url_for("auth.two_steps"), 303)
    picture = qr_code(secret.address)
    return render_template("auth/two_steps/set_up.html", form=form, picture=picture, text=secret.text), code


def _stay_signed_in(user_id: str) -> None:
    """All sessions of the account have ended, and this browser gets a new one; nobody has signed in by that."""
    stay_signed_in(session, get_user_record(database(), user_id).fs_uniquifier)
