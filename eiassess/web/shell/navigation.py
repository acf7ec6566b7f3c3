"""The one bar on staff's pages: the areas that somebody's roles open."""

from flask import current_app
from flask_security import current_user

from eiassess.services.adjustments.desk import reads_requests
from eiassess.services.interviews.waiting import interviews_somebody
from eiassess.web.shell.access import must_set_up_two_steps, permission_of, permissions_of
from eiassess.web.shell.context import database

AREAS = (
    ("recruiter.openings", "Openings"),
    ("manager.released", "Reports"),
    ("analyst.forms", "Forms"),
    ("keying.panels", "Expert panels"),
    ("worth.worth", "Worth"),
    ("admin.people", "People"),
    ("audit.entries", "Audit"),
)
REQUESTS = ("adjustments.requests", "Requests")
"""Of what candidates need to have different: only whoever takes care of it is shown the way there."""


INTERVIEWS = ("interviewer.own", "Interviews")
"""Of candidates whom one is named to interview: only whoever interviews is shown the way there."""


def own_areas() -> tuple[tuple[str, str], ...]:
    """List the address and name of each area whose first page is open to whoever is signed in."""
    if must_set_up_two_steps():
        return ()
    allowed = permissions_of(current_user.held_roles)
    own = tuple((endpoint, name) for endpoint, name in AREAS if permission_of(current_app, endpoint) in allowed)
    interviews = (INTERVIEWS,) if interviews_somebody(database(), current_user.id) else ()
    requests = (REQUESTS,) if reads_requests(database(), current_user.id) else ()
    return (*own, *interviews, *requests)
