"""Hiding candidates' names: a switch on every page, which leads back to where it was pressed."""

import re

from flask import abort, redirect, request, session
from flask.typing import ResponseReturnValue

from eiassess.services.results.candidate_lists import ListQuery
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.list_addresses import read_list_query
from eiassess.web.shell.access import Permission, requires

BLIND = "blind"
OWN_PATH = re.compile(r"/(?:openings|candidates)(?:/[0-9A-Za-z_-]+)*(?:\?[0-9A-Za-z_.~%&=+-]*)?")


def is_blind() -> bool:
    """Whether this browser session hides candidates' names."""
    return bool(session.get(BLIND))


def list_in_address() -> ListQuery:
    """Read the list that an address asks for, or that one came from; hidden names neither sort nor find."""
    return read_list_query(request.args, blind=is_blind(), columns=request.args.getlist("column"))


def own_path(path: str) -> str | None:
    """Return a path if it leads to a recruiter's page here, and nowhere else."""
    return path if OWN_PATH.fullmatch(path) else None


@area.post("/blind")
@requires(Permission.RECRUIT)
def blind() -> ResponseReturnValue:
    """Hide or show candidates' names, until the browser session ends."""
    back = own_path(request.form.get("next", "/openings"))
    if back is None:
        abort(400)
    session[BLIND] = request.form.get("hide") == "yes"
    return redirect(back, 303)
