"""The front page; signing in and out are Flask-Security's."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.domain.roles import Role
from eiassess.web.shell.access import Permission, requires

area = Blueprint("auth", __name__)

HOME_OF_ROLE = {
    Role.RECRUITER: "recruiter.openings",
    Role.MANAGER: "manager.released",
    Role.ANALYST: "analyst.forms",
}
"""Where somebody's work begins, of several roles by the first; who runs the installation has no pages of their own."""


@area.get("/")
@requires(Permission.PUBLIC)
def home() -> ResponseReturnValue:
    """Send people who are signed in to their work, and tell the others what this is."""
    signed_in = current_user.is_authenticated
    own = _own_home() if signed_in else None
    if own is not None:
        return redirect(url_for(own), 303)
    return render_template("auth/home.html", signed_in=signed_in)


def _own_home() -> str | None:
    return next((home for role, home in HOME_OF_ROLE.items() if role in current_user.held_roles), None)
