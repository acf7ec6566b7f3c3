"""A hiring manager's pages: what was released to them, and the report as PDF."""

import io
import logging

from flask import Blueprint, Response, current_app, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import SetupError
from eiassess.reporting.kinds.hiring.content import write_hiring_report
from eiassess.reporting.setting.pdf import RenderingError
from eiassess.reporting.setting.renderer import content_digest
from eiassess.services.results.for_managers import get_report_basis, list_released
from eiassess.web.manager.presenters import file_name, present_released
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, installation
from eiassess.web.shell.paper import boxes_on_paper

area = Blueprint("manager", __name__)
log = logging.getLogger(__name__)


@area.get("/hiring")
@requires(Permission.MANAGE_HIRING)
def released() -> ResponseReturnValue:
    """List the candidates whose reports were released to this hiring manager."""
    openings = list_released(database(), current_user.id)
    boxes_on_paper(*(each.name for opening in openings for each in opening.candidates))  # all at once, as it takes time
    sections = present_released(openings, boxes_on_paper)
    return render_template("manager/released.html", sections=sections)


@area.get("/hiring/<session_id>.pdf")
@requires(Permission.MANAGE_HIRING)
def report(session_id: str) -> ResponseReturnValue:
    """Send a candidate's report; whoever has this very content already is told so instead."""
    content = write_hiring_report(get_report_basis(database(), current_user.id, session_id))
    etag = content_digest(content)
    if request.if_none_match.contains(etag):
        response = current_app.response_class(status=304)
        response.set_etag(etag)
        return response
    try:
        pdf = installation().renderer.render(content)
    except (RenderingError, SetupError):
        log.exception("A report could not be made")
        return _busy_page()
    return send_file(
        io.BytesIO(pdf), "application/pdf", as_attachment=True, download_name=file_name(content), etag=etag
    )


def _busy_page() -> Response:
    response = current_app.make_response((render_template("manager/busy.html"), 503))
    response.headers["Retry-After"] = "60"
    return response
