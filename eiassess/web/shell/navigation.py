"""The one bar on staff's pages: the areas that somebody's roles open."""

from flask import current_app
from flask_security import current_user

from eiassess.web.shell.access import permission_of, permissions_of

AREAS = (
    ("recruiter.openings", "Openings"),
    ("manager.released", "Reports"),
    ("analyst.forms", "Forms"),
    ("keying.panels", "Expert panels"),
)


def own_areas() -> tuple[tuple[str, str], ...]:
    """List the address and name of each area whose first page is open to whoever is signed in."""
    allowed = permissions_of(current_user.held_roles)
    return tuple((endpoint, name) for endpoint, name in AREAS if permission_of(current_app, endpoint) in allowed)
