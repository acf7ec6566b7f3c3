"""Saying again who one is, before what takes data away or changes who gets in."""

from flask import redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.services.people.accounts import is_password_of
from eiassess.services.people.two_steps import has_two_steps, take_second_step
from eiassess.web.auth.area import area
from eiassess.web.auth.forms import AgainForm
from eiassess.web.auth.second_step import try_at_second_step
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.coming_back import own_path
from eiassess.web.shell.context import database, installation
from eiassess.web.shell.fresh import note_who
from eiassess.web.shell.hashing import in_turn
from eiassess.web.shell.sessions import renew_session
from eiassess.web.shell.tries import refuse_guesses, take_try_back, try_at


@area.get("/sign-in/again")
@requires(Permission.SECURE_SIGN_IN)
def again() -> ResponseReturnValue:
    """Ask whoever is signed in for their password, or for a code."""
    return _page(AgainForm())


@area.post("/sign-in/again")
@requires(Permission.SECURE_SIGN_IN)
def say_who() -> ResponseReturnValue:
    """Believe whoever has the password or a code, for some minutes, and lead them back to where they were."""
    form = AgainForm()
    if not form.is_valid() or not (form.password.data or form.code.data):
        form.password.errors = ("Type your password.",)
        return _page(form), 400
    return _with_password(form) if form.password.data else _with_code(form)


@in_turn
def _with_password(form: AgainForm) -> ResponseReturnValue:
    refused = refuse_guesses(try_at(current_user.email), "say who you are")
    if refused is not None:
        return refused
    if not is_password_of(database(), current_user.id, form.password.data or ""):
        form.password.errors = ("This is not your password.",)
        return _page(form), 400
    return _believed()


def _with_code(form: AgainForm) -> ResponseReturnValue:
    here = installation()
    refused = refuse_guesses(try_at_second_step(current_user.id), "say who you are")
    if refused is not None:
        return refused
    if not take_second_step(here.database, here.secret_key, current_user.id, form.code.data or "", here.clock()):
        form.code.errors = ("This is no code that works now. Type the one that your app shows, or your password.",)
        return _page(form), 400
    return _believed()


def _believed() -> ResponseReturnValue:
    take_try_back(installation())
    note_who()
    renew_session(session)
    return redirect(own_path(request.form.get("next")) or "/", 303)


def _page(form: AgainForm) -> str:
    return render_template(
        "auth/again.html",
        form=form,
        has_two_steps=has_two_steps(database(), current_user.id),
        wanted=own_path(request.values.get("next")) or "/",
        provider=installation().settings.provider,
        undone=request.values.get("undone", ""),
    )
