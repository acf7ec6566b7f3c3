"""Whom one interviews, the sheet for one interview, and the way to others' ratings."""

import secrets
from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.domain.interviews import sheet_problems
from eiassess.errors import NotFoundError, RefusedError
from eiassess.services.interviews.gate import read_ratings
from eiassess.services.interviews.rating import InterviewSheet, get_closed_interview, get_sheet, record_ratings
from eiassess.services.interviews.waiting import list_own_interviews
from eiassess.services.once import AlreadyDoneError
from eiassess.web.interviewer.forms import read_sheet
from eiassess.web.interviewer.presenters import present_closed, present_own, present_sheet
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now

area = Blueprint("interviewer", __name__)


@area.get("/interviews")
@requires(Permission.INTERVIEW)
def own() -> ResponseReturnValue:
    """List whom somebody interviews, those first who wait for their ratings."""
    waiting, rated = present_own(list_own_interviews(database(), current_user.id))
    return render_template("interviewer/own.html", waiting=waiting, rated=rated)


@area.get("/interviews/<interview_id>")
@requires(Permission.INTERVIEW)
def sheet(interview_id: str) -> ResponseReturnValue:
    """Show what to ask and what was rated."""
    return _sheet_page(get_sheet(database(), current_user.id, interview_id))


def _sheet_page(
    found: InterviewSheet, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> str:
    return render_template(
        "interviewer/sheet.html",
        page=present_sheet(found, typed, errors),
        saved=request.args.get("saved"),
        once=request.form.get("once") or secrets.token_hex(12),
    )


@area.post("/interviews/<interview_id>")
@requires(Permission.INTERVIEW)
def rate(interview_id: str) -> ResponseReturnValue:
    """Keep the ratings, or say what is missing; what comes too late is shown again, so that nothing typed is lost."""
    try:
        return _rated(interview_id)
    except NotFoundError:
        closed = get_closed_interview(database(), current_user.id, interview_id)
    return render_template("interviewer/closed.html", page=present_closed(closed, request.form)), 409


def _rated(interview_id: str) -> ResponseReturnValue:
    """Keep the ratings, or say what is missing; pressing twice keeps them once."""
    found = get_sheet(database(), current_user.id, interview_id)
    competencies = found.bank.model.competency_ids
    given = read_sheet(request.form, competencies)
    problems = sheet_problems(given, competencies)
    if problems:
        return _sheet_page(found, request.form, {each.competency: f"{each.message}." for each in problems}), 400
    try:
        record_ratings(
            database(),
            current_user.id,
            interview_id,
            given,
            now(),
            form=request.form.get("once", ""),
            seen=request.form.get("seen", type=int),
        )
    except AlreadyDoneError:
        pass
    except RefusedError as error:
        return _sheet_page(found, request.form, {"": f"{error}."}), 409
    return redirect(url_for("interviewer.sheet", interview_id=interview_id, saved="yes"), 303)


@area.post("/interviews/<interview_id>/others")
@requires(Permission.INTERVIEW)
def read_others(interview_id: str) -> ResponseReturnValue:
    """Open others' ratings, once one has given one's own."""
    found = get_sheet(database(), current_user.id, interview_id)
    try:
        read_ratings(database(), current_user.id, found.session_id, now())
    except RefusedError as error:
        return _sheet_page(found, None, {"": f"{error}."}), 409
    return redirect(url_for("interviewer.sheet", interview_id=interview_id, _anchor="others"), 303)
