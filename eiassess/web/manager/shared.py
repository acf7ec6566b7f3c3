"""What a link shows to whoever signs in and may see it; any other link looks the same as one that never was."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.domain.reports import HiringReport
from eiassess.reporting.kinds.hiring.content import write_hiring_report
from eiassess.services.links import LinkClosedError
from eiassess.services.sharing.reading import find_shared, get_shared_basis, get_shared_list, record_view
from eiassess.web.manager.area import area
from eiassess.web.manager.paper import candidate_page, send_report
from eiassess.web.manager.presenters import present_released
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now
from eiassess.web.shell.costly import is_costly
from eiassess.web.shell.looking import is_looked_at
from eiassess.web.shell.moments import full_moment
from eiassess.web.shell.paper import boxes_on_paper


@area.get("/s/<token>")
@requires(Permission.OPEN_SHARED)
def follow_shared(token: str) -> ResponseReturnValue:
    """Lead from a link to what it shows, under an address without the token."""
    try:
        return redirect(url_for("manager.shared", link_id=find_shared(database(), current_user.id, token, now())), 303)
    except LinkClosedError:
        return _does_not_open()


@area.get("/shared/<link_id>")
@requires(Permission.OPEN_SHARED)
def shared(link_id: str) -> ResponseReturnValue:
    """List whom a link leads to."""
    try:
        found = get_shared_list(database(), current_user.id, link_id, now())
    except LinkClosedError:
        return _does_not_open()
    boxes_on_paper(*(each.name for each in found.opening.candidates))
    (section,) = present_released((found.opening,), boxes_on_paper)
    until = full_moment(found.expires_at)
    return render_template("manager/shared.html", section=section, link_id=link_id, until=until)


@area.get("/shared/<link_id>/<session_id>")
@requires(Permission.OPEN_SHARED)
def shared_candidate(link_id: str, session_id: str) -> ResponseReturnValue:
    """Show what was released of somebody whom a link leads to."""
    try:
        content = _content(link_id, session_id)
    except LinkClosedError:
        return _does_not_open()
    pdf = url_for("manager.shared_report", link_id=link_id, session_id=session_id)
    return candidate_page(content, ("Shared with you", url_for("manager.shared", link_id=link_id)), pdf)


@area.get("/shared/<link_id>/<session_id>.pdf")
@requires(Permission.OPEN_SHARED)
@is_costly
def shared_report(link_id: str, session_id: str) -> ResponseReturnValue:
    """Send the report on somebody whom a link leads to."""
    try:
        return send_report(_content(link_id, session_id))
    except LinkClosedError:
        return _does_not_open()


def _content(link_id: str, session_id: str) -> HiringReport:
    basis = get_shared_basis(database(), current_user.id, link_id, session_id, now())
    if is_looked_at():
        record_view(database(), current_user.id, link_id, session_id, now())
    return write_hiring_report(basis)


def _does_not_open() -> ResponseReturnValue:
    return render_template("manager/no_link.html"), 404
