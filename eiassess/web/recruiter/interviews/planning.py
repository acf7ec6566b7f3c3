"""A candidate's interviews: who interviews and when, and what was rated, once it may be read."""

import secrets
from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError, RefusedError
from eiassess.services.interviews.gate import read_ratings as open_ratings
from eiassess.services.interviews.overview import get_interviews
from eiassess.services.interviews.planning import InterviewPlan, change_plan, plan_interview
from eiassess.services.interviews.planning import call_off as call_interview_off
from eiassess.services.once import AlreadyDoneError
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.recruiter.interviews.presenters import present_interviews
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now


@area.get("/candidates/<session_id>/interviews")
@requires(Permission.RECRUIT)
def interviews(session_id: str) -> ResponseReturnValue:
    """Show a candidate's interviews."""
    return _page(session_id)


def _page(session_id: str, errors: Mapping[str, str] | None = None, typed: InterviewPlan | None = None) -> str:
    found = get_interviews(database(), current_user.id, session_id)
    return render_template(
        "recruiter/interviews/interviews.html",
        page=present_interviews(found, typed, blind=is_blind()),
        errors=errors or {},
        once=request.form.get("once") or secrets.token_hex(12),
        blind=is_blind(),
    )


def _sent() -> InterviewPlan:
    return InterviewPlan(tuple(request.form.getlist("interviewers")), request.form.get("day", "").strip())


@area.post("/candidates/<session_id>/interviews")
@requires(Permission.RECRUIT)
def plan(session_id: str) -> ResponseReturnValue:
    """Plan the next interview; pressing twice plans one."""
    get_interviews(database(), current_user.id, session_id)
    try:
        plan_interview(database(), current_user.id, session_id, _sent(), now(), form=request.form.get("once", ""))
    except AlreadyDoneError:
        pass
    except InvalidInputError as error:
        return _page(session_id, {error.field: f"{error}."}, _sent()), 400
    except RefusedError as error:
        return _page(session_id, {"interviewers": f"{error}."}, _sent()), 409
    return _back(session_id)


@area.post("/candidates/<session_id>/interviews/<interview_id>")
@requires(Permission.RECRUIT)
def replan(session_id: str, interview_id: str) -> ResponseReturnValue:
    """Change who interviews and when."""
    get_interviews(database(), current_user.id, session_id)
    try:
        change_plan(database(), current_user.id, interview_id, _sent(), now())
    except InvalidInputError as error:
        return _page(session_id, {f"plan-{interview_id}": f"{error}."}), 400
    except RefusedError as error:
        return _page(session_id, {f"plan-{interview_id}": f"{error}."}), 409
    return _back(session_id)


@area.post("/candidates/<session_id>/interviews/<interview_id>/off")
@requires(Permission.RECRUIT)
def call_off(session_id: str, interview_id: str) -> ResponseReturnValue:
    """Call an interview off."""
    get_interviews(database(), current_user.id, session_id)
    try:
        call_interview_off(database(), current_user.id, interview_id, now())
    except RefusedError as error:
        return _page(session_id, {f"plan-{interview_id}": f"{error}."}), 409
    return _back(session_id)


@area.post("/candidates/<session_id>/ratings")
@requires(Permission.RECRUIT)
def read_ratings(session_id: str) -> ResponseReturnValue:
    """Open what was rated, unless one has still to rate."""
    get_interviews(database(), current_user.id, session_id)
    try:
        open_ratings(database(), current_user.id, session_id, now())
    except RefusedError as error:
        return _page(session_id, {"ratings": f"{error}."}), 409
    return redirect(url_for("recruiter.interviews", session_id=session_id, _anchor="ratings"), 303)


def _back(session_id: str) -> ResponseReturnValue:
    return redirect(url_for("recruiter.interviews", session_id=session_id), 303)
