"""Reports sent as PDF: made by the child process that renders, or said to be known already, or to come later."""

import io
import logging

from flask import Response, current_app, render_template, request, send_file
from flask.typing import ResponseReturnValue

from eiassess.domain.reports import Report
from eiassess.errors import SetupError
from eiassess.reporting.setting.pdf import RenderingError
from eiassess.reporting.setting.renderer import content_digest
from eiassess.web.shell.context import installation

NOT_IN_FILE_NAMES = frozenset('/\\:*?"<>|')
log = logging.getLogger(__name__)


def send_pdf(report: Report, name: str, busy: str) -> ResponseReturnValue:
    """Send a report's content as a PDF; whoever has this very content already is told so instead.

    Parameters
    ----------
    name
        Of the file.
    busy
        The template of the page that asks to come again.
    """
    etag = content_digest(report)
    if request.if_none_match.contains(etag):
        response = current_app.response_class(status=304)
        response.set_etag(etag)
        return response
    try:
        pdf = installation().renderer.render(report)
    except (RenderingError, SetupError):
        log.exception("A report could not be made")
        return _busy_page(busy)
    return send_file(io.BytesIO(pdf), "application/pdf", as_attachment=True, download_name=name, etag=etag)


def safe_name(text: str) -> str:
    """Take out of a file's name what file systems refuse."""
    kept = (" " if letter in NOT_IN_FILE_NAMES or not letter.isprintable() else letter for letter in text)
    return " ".join("".join(kept).split())


def _busy_page(template: str) -> Response:
    response = current_app.make_response((render_template(template), 503))
    response.headers["Retry-After"] = "60"
    return response
