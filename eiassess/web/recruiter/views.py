"""A recruiter's pages: openings, their candidates, one candidate, several side by side."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError, RefusedError
from eiassess.services.hiring.openings import list_openings
from eiassess.services.hiring.releases import release_candidate, withdraw_release
from eiassess.services.results.candidate_lists import ListQuery, list_candidates
from eiassess.services.results.for_recruiters import compare_candidates, get_candidate_result
from eiassess.web.recruiter.forms import own_path, parameters_of, read_list_query
from eiassess.web.recruiter.presenters.candidate import present_candidate
from eiassess.web.recruiter.presenters.comparison import present_comparison
from eiassess.web.recruiter.presenters.listing import present_opening
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now

area = Blueprint("recruiter", __name__)

BLIND = "blind"


def _is_blind() -> bool:
    """Whether this browser session hides candidates' names."""
    return bool(session.get(BLIND))


def _query() -> ListQuery:
    """Read the list that an address asks for, or that one came from."""
    return read_list_query(request.args, blind=_is_blind())


def _to_release(session_id: str) -> ResponseReturnValue:
    values: dict[str, Any] = parameters_of(_query())
    return redirect(url_for("recruiter.candidate", session_id=session_id, _anchor="release", **values), 303)


@area.get("/openings")
@requires(Permission.RECRUIT)
def openings() -> ResponseReturnValue:
    """List the openings that the recruiter works on."""
    found = list_openings(database(), current_user.id)
    return render_template("recruiter/openings.html", openings=found, blind=_is_blind())


@area.get("/openings/<opening_id>")
@requires(Permission.RECRUIT)
def opening(opening_id: str) -> ResponseReturnValue:
    """List an opening's candidates, sorted, filtered and paged as the address says."""
    return _opening_page(opening_id)


def _opening_page(opening_id: str, chosen: Sequence[str] = (), problem: str = "") -> str:
    found = list_candidates(database(), current_user.id, opening_id, _query())
    page = present_opening(found, blind=_is_blind(), chosen=chosen)
    return render_template("recruiter/opening.html", page=page, blind=_is_blind(), error_summary=problem)


@area.get("/openings/<opening_id>/compare")
@requires(Permission.RECRUIT)
def compare(opening_id: str) -> ResponseReturnValue:
    """Put chosen candidates side by side; a choice that cannot be compared is shown again with the reason."""
    chosen = request.args.getlist("c")
    try:
        comparison = compare_candidates(database(), current_user.id, opening_id, chosen)
    except InvalidInputError as error:
        return _opening_page(opening_id, chosen, str(error)), 400
    except RefusedError as error:
        return _opening_page(opening_id, chosen, str(error)), 409
    page = present_comparison(comparison, _query(), blind=_is_blind())
    return render_template("recruiter/compare.html", page=page, blind=_is_blind(), chosen=chosen)


@area.get("/candidates/<session_id>")
@requires(Permission.RECRUIT)
def candidate(session_id: str) -> ResponseReturnValue:
    """Show one candidate's scores and what they come from; the address says which list one came from."""
    query = _query()
    result = get_candidate_result(database(), current_user.id, session_id, query)
    page = present_candidate(result, query, blind=_is_blind())
    return render_template("recruiter/candidate.html", page=page, blind=_is_blind())


@area.post("/candidates/<session_id>/release")
@requires(Permission.RECRUIT)
def release(session_id: str) -> ResponseReturnValue:
    """Let the opening's hiring managers download the candidate's report."""
    release_candidate(database(), current_user.id, session_id, now())
    return _to_release(session_id)


@area.post("/candidates/<session_id>/withdraw")
@requires(Permission.RECRUIT)
def withdraw(session_id: str) -> ResponseReturnValue:
    """Take the candidate's report back from the hiring managers."""
    withdraw_release(database(), current_user.id, session_id)
    return _to_release(session_id)


@area.post("/blind")
@requires(Permission.RECRUIT)
def blind() -> ResponseReturnValue:
    """Hide or show candidates' names, until the browser session ends."""
    back = own_path(request.form.get("next", "/openings"))
    if back is None:
        abort(400)
    session[BLIND] = request.form.get("hide") == "yes"
    return redirect(back, 303)
