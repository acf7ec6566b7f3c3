"""The guide for a candidate's interview, on screen and on paper."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.services.results.for_recruiters import get_candidate_result
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.recruiter.interviews.presenters import present_guide
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database


@area.get("/candidates/<session_id>/guide")
@requires(Permission.RECRUIT)
def guide(session_id: str) -> ResponseReturnValue:
    """Show what to ask a candidate; without scores there is nothing to make it from."""
    result = get_candidate_result(database(), current_user.id, session_id)
    if result.stored is None:
        abort(404)
    page = present_guide(result, result.stored.score, blind=is_blind())
    return render_template("recruiter/interviews/guide.html", page=page, blind=is_blind())
