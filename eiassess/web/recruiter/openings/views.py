"""The list of openings, and an opening with its candidates."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.services.hiring.openings import list_openings
from eiassess.services.results.candidate_lists import list_candidates
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind, list_in_address
from eiassess.web.recruiter.openings.listing import present_openings
from eiassess.web.recruiter.openings.presenters import present_opening
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database


@area.get("/openings")
@requires(Permission.OPEN_JOBS)
def openings() -> ResponseReturnValue:
    """List the openings that somebody recruits for: those that are open, or the closed or archived ones."""
    page = present_openings(list_openings(database(), current_user.id), request.args.get("show", ""))
    return render_template("recruiter/openings/openings.html", page=page, blind=is_blind())


@area.get("/openings/<opening_id>")
@requires(Permission.RECRUIT)
def opening(opening_id: str) -> ResponseReturnValue:
    """List an opening's candidates, sorted, filtered and paged as the address says."""
    return opening_page(opening_id)


def opening_page(opening_id: str, chosen: Sequence[str] = (), problem: str = "") -> str:
    """Make an opening's page, with the boxes of those chosen ticked and what is wrong with the choice."""
    found = list_candidates(database(), current_user.id, opening_id, list_in_address())
    page = present_opening(found, blind=is_blind(), chosen=chosen)
    return render_template("recruiter/openings/opening.html", page=page, blind=is_blind(), error_summary=problem)
