"""The pages of whoever was invited to work here: the link, the form, the way on."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, generate_csrf

from eiassess.errors import InvalidInputError
from eiassess.services.links import LinkClosedError
from eiassess.services.people.joining import Joining, get_joining, join, open_join_link
from eiassess.web.joining.forms import JoinForm
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now
from eiassess.web.shell.guessing import guesses_too_often
from eiassess.web.shell.hashing import in_turn
from eiassess.web.shell.sessions import renew_session

area = Blueprint("joining", __name__)
INVITED = "invited_to_join"
"""Where a browser session keeps which invitation it opened."""


@area.get("/join/<token>/", strict_slashes=False)
@area.get("/join/<path:token>")  # mail programs take "</a>" along, which has a slash
@requires(Permission.PUBLIC)
def follow_link(token: str) -> ResponseReturnValue:
    """Take the token out of the address; nothing else changes before the form is sent."""
    session[INVITED] = open_join_link(database(), token, now())
    renew_session(session)
    generate_csrf()  # now, so that no later page view has to change the session
    return redirect(url_for("joining.form"), 303)


@area.get("/join")
@requires(Permission.PUBLIC)
def form() -> ResponseReturnValue:
    """Ask for a name and a password."""
    whose = _whose()
    asked = JoinForm(formdata=None, name=whose.name)
    asked.ask(whose)
    return _form(asked, whose)


@area.post("/join")
@requires(Permission.PUBLIC)
@in_turn
def take() -> ResponseReturnValue:
    """Make the account usable."""
    whose, given = _whose(), JoinForm()
    given.ask(whose)
    if given.is_valid():
        try:
            join(database(), session[INVITED], given.chosen(), now())
        except InvalidInputError as error:
            given.blame(error, "name")
        else:
            session.pop(INVITED)
            return redirect(url_for("joining.done"), 303)
    return _form(given, whose), 400


@area.get("/joined")
@requires(Permission.PUBLIC)
def done() -> ResponseReturnValue:
    """Say that the account is ready."""
    return render_template("joining/done.html")


@area.errorhandler(LinkClosedError)
def _closed(_error: LinkClosedError) -> ResponseReturnValue:
    if request.endpoint == "joining.follow_link" and guesses_too_often():
        return render_template("errors/error.html", code=429, message=""), 429
    return render_template("joining/closed.html"), 410


@area.errorhandler(CSRFError)
def _lay_open(_error: CSRFError) -> ResponseReturnValue:
    message = "This page lay open for too long, so nothing was saved. Follow the link in your mail once more."
    return render_template("errors/error.html", code=400, message=message), 400


def _whose() -> Joining:
    if INVITED not in session:
        raise LinkClosedError
    return get_joining(database(), session[INVITED], now())


def _form(form: JoinForm, whose: Joining) -> str:
    return render_template("joining/form.html", form=form, whose=whose)
