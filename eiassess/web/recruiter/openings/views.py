"""The list of openings, and an opening with its candidates."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError
from eiassess.services.hiring.openings import list_openings
from eiassess.services.results.candidate_lists import list_candidates
from eiassess.services.results.saved_views import forget_view as forget_own_view
from eiassess.services.results.saved_views import save_view as keep_view
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind, list_in_address
from eiassess.web.recruiter.list_addresses import kept_of
from eiassess.web.recruiter.openings.listing import present_openings
from eiassess.web.recruiter.openings.presenters import present_opening
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now


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


@area.post("/openings/<opening_id>/views")
@requires(Permission.RECRUIT)
def save_view(opening_id: str) -> ResponseReturnValue:
    """Keep the list that the address asks for under a name."""
    kept: dict[str, Any] = kept_of(list_in_address())
    try:
        keep_view(database(), current_user.id, opening_id, request.form.get("view", ""), urlencode(kept), now())
    except InvalidInputError as error:
        return opening_page(opening_id, problem=str(error), at="view"), 400
    return redirect(url_for("recruiter.opening", opening_id=opening_id, **kept), 303)


@area.post("/openings/<opening_id>/views/<view_id>/forget")
@requires(Permission.RECRUIT)
def forget_view(opening_id: str, view_id: str) -> ResponseReturnValue:
    """Forget one of one's own views."""
    forget_own_view(database(), current_user.id, opening_id, view_id)
    kept: dict[str, Any] = kept_of(list_in_address())
    return redirect(url_for("recruiter.opening", opening_id=opening_id, **kept), 303)


def opening_page(opening_id: str, chosen: Sequence[str] = (), problem: str = "", at: str = "") -> str:
    """Make an opening's page, with the boxes of those chosen ticked and what is wrong, at the choice or elsewhere."""
    found = list_candidates(database(), current_user.id, opening_id, list_in_address())
    page = present_opening(found, blind=is_blind(), chosen=chosen)
    wrong = {"error_summary": problem, "error_at": at}
    return render_template("recruiter/openings/opening.html", page=page, blind=is_blind(), **wrong)
