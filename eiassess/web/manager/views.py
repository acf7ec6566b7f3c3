"""A hiring manager's pages: who was released to them, each candidate, and the report as PDF."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.reporting.kinds.hiring.content import write_hiring_report
from eiassess.services.interviews.waiting import list_at_interview, list_own_interviews
from eiassess.services.results.for_managers import get_report_basis, list_released
from eiassess.services.sharing.visits import find_visit_before, record_visit
from eiassess.web.manager import shared
from eiassess.web.manager.area import area
from eiassess.web.manager.paper import candidate_page, send_report
from eiassess.web.manager.presenters import news_in_words, present_released, present_waiting
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now
from eiassess.web.shell.costly import is_costly
from eiassess.web.shell.looking import is_looked_at
from eiassess.web.shell.paper import boxes_on_paper

__all__ = ["area", "shared"]


@area.get("/hiring")
@requires(Permission.MANAGE_HIRING)
def released() -> ResponseReturnValue:
    """List the candidates who were released to this hiring manager, and say who is new."""
    openings = list_released(database(), current_user.id, find_visit_before(database(), current_user.id, now()))
    if is_looked_at():
        record_visit(database(), current_user.id, now())
    boxes_on_paper(*(each.name for opening in openings for each in opening.candidates))  # all at once, as it takes time
    sections = present_released(openings, boxes_on_paper)
    waiting = present_waiting(
        list_own_interviews(database(), current_user.id), list_at_interview(database(), current_user.id)
    )
    return render_template("manager/released.html", sections=sections, news=news_in_words(openings), waiting=waiting)


@area.get("/hiring/<session_id>")
@requires(Permission.MANAGE_HIRING)
def candidate(session_id: str) -> ResponseReturnValue:
    """Show what was released of a candidate."""
    content = write_hiring_report(get_report_basis(database(), current_user.id, session_id))
    pdf = url_for("manager.report", session_id=session_id)
    return candidate_page(content, ("Reports", url_for("manager.released")), pdf)


@area.get("/hiring/<session_id>.pdf")
@requires(Permission.MANAGE_HIRING)
@is_costly
def report(session_id: str) -> ResponseReturnValue:
    """Send a candidate's report; whoever has this very content already is told so instead."""
    return send_report(write_hiring_report(get_report_basis(database(), current_user.id, session_id)))
