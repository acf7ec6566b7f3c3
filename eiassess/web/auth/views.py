"""The front page; signing in and out are Flask-Security's."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.web.access import Permission, requires

area = Blueprint("auth", __name__)

HOME_OF_ROLE = {"recruiter": "recruiter.openings", "manager": "manager.released", "analyst": "analyst.forms"}


@area.get("/")
@requires(Permission.PUBLIC)
def home() -> ResponseReturnValue:
    """Send people who are signed in to their work, and tell the others what this is."""
    signed_in = current_user.is_authenticated
    if signed_in and current_user.role in HOME_OF_ROLE:
        return redirect(url_for(HOME_OF_ROLE[current_user.role]), 303)
    return render_template("auth/home.html", signed_in=signed_in)
