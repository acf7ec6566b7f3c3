"""One candidate, and releasing the report to the hiring managers."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError
from eiassess.services.deciding.files import get_file
from eiassess.services.hiring.releases import list_release_steps, release_candidate, withdraw_release
from eiassess.services.interviews.overview import get_interviews
from eiassess.services.results.for_recruiters import get_candidate_result
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind, list_in_address
from eiassess.web.recruiter.candidate.presenters import present_candidate
from eiassess.web.recruiter.deciding.presenters import present_file
from eiassess.web.recruiter.interviews.presenters import present_interviews
from eiassess.web.recruiter.list_addresses import parameters_of
from eiassess.web.recruiter.sharing.fields import chosen_fields, field_choices, history_in_words
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now
from eiassess.web.shell.paper import boxes_on_paper


@area.get("/candidates/<session_id>")
@requires(Permission.RECRUIT)
def candidate(session_id: str) -> ResponseReturnValue:
    """Show one candidate's scores and what they come from; the address says which list one came from."""
    return _page(session_id)


def _page(session_id: str, problem: str = "") -> str:
    query = list_in_address()
    result = get_candidate_result(database(), current_user.id, session_id, query)
    steps = list_release_steps(database(), current_user.id, session_id)
    return render_template(
        "recruiter/candidate/candidate.html",
        page=present_candidate(result, query, blind=is_blind()),
        kept=present_file(get_file(database(), current_user.id, session_id), blind=is_blind()),
        interviews=present_interviews(get_interviews(database(), current_user.id, session_id), None, blind=is_blind()),
        blind=is_blind(),
        boxes="" if is_blind() else boxes_on_paper(result.row.name),
        choices=field_choices(request.form, steps[0].fields if steps else frozenset()),
        history=history_in_words(steps),
        problem=problem,
    )


@area.post("/candidates/<session_id>/release")
@requires(Permission.RECRUIT)
def release(session_id: str) -> ResponseReturnValue:
    """Let the opening's hiring managers download the candidate's report."""
    try:
        release_candidate(database(), current_user.id, session_id, now(), chosen_fields(request.form))
    except InvalidInputError as error:
        return _page(session_id, f"{error}."), 400
    return _to_release(session_id)


@area.post("/candidates/<session_id>/withdraw")
@requires(Permission.RECRUIT)
def withdraw(session_id: str) -> ResponseReturnValue:
    """Take the candidate's report back from the hiring managers."""
    withdraw_release(database(), current_user.id, session_id, now())
    return _to_release(session_id)


def _to_release(session_id: str) -> ResponseReturnValue:
    values: dict[str, Any] = parameters_of(list_in_address())
    return redirect(url_for("recruiter.candidate", session_id=session_id, _anchor="release", **values), 303)
