"""The front page, and the rooms around signing in; signing in and out are Flask-Security's."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.domain.roles import Role
from eiassess.web.auth import again, reset, second_step
from eiassess.web.auth.area import area
from eiassess.web.auth.two_steps import views as two_steps
from eiassess.web.shell.access import Permission, requires

ROOMS = (again, reset, second_step, two_steps)
"""A new room is added here: a view that nobody imports has no address."""

__all__ = ["ROOMS", "area", "home"]

HOME_OF_ROLE = {
    Role.RECRUITER: "recruiter.openings",
    Role.MANAGER: "manager.released",
    Role.ANALYST: "analyst.forms",
    Role.ADMINISTRATOR: "recruiter.openings",
}
"""Where somebody's work begins, of several roles by the first."""


@area.get("/")
@requires(Permission.PUBLIC)
def home() -> ResponseReturnValue:
    """Send people who are signed in to their work, and tell the others what this is."""
    if not current_user.is_authenticated:
        return render_template("auth/home.html")
    own = next(home for role, home in HOME_OF_ROLE.items() if role in current_user.held_roles)
    return redirect(url_for(own), 303)
