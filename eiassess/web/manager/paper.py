"""One report as a page and as a PDF: both from the same content, so that neither says more than the other."""

import io
import logging
from dataclasses import replace

from flask import Response, current_app, render_template, request, send_file
from flask.typing import ResponseReturnValue

from eiassess.domain.reports import HiringReport
from eiassess.errors import SetupError
from eiassess.reporting.charts.interval import interval_chart_svg
from eiassess.reporting.setting.pdf import RenderingError
from eiassess.reporting.setting.renderer import content_digest
from eiassess.web.manager.presenters import file_name
from eiassess.web.shell.context import installation
from eiassess.web.shell.moments import short_day

CHART_WIDTH, PHONE_WIDTH = 760, 320
log = logging.getLogger(__name__)


def candidate_page(content: HiringReport, back: tuple[str, str], pdf: str) -> str:
    """Show a report's content as a page."""
    chart = content.chart and replace(content.chart, title=f"{content.chart.title}. {content.chart.summary}")
    return render_template(
        "manager/candidate.html",
        report=content,
        back=back,
        pdf=pdf,
        submitted=short_day(content.submitted_at),
        chart=interval_chart_svg(chart, width=CHART_WIDTH, element_id="profile") if chart else "",
        phone_chart=interval_chart_svg(chart, width=PHONE_WIDTH, element_id="profile-small") if chart else "",
    )


def send_report(content: HiringReport) -> ResponseReturnValue:
    """Send a report's content as a PDF; whoever has this very content already is told so instead."""
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
