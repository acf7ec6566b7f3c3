"""One report as a page and as a PDF: both from the same content, so that neither says more than the other."""

from dataclasses import replace

from flask import render_template
from flask.typing import ResponseReturnValue

from eiassess.domain.reports import HiringReport
from eiassess.reporting.charts.interval import interval_chart_svg
from eiassess.web.manager.presenters import file_name
from eiassess.web.shell.moments import short_day
from eiassess.web.shell.papers import send_pdf

CHART_WIDTH, PHONE_WIDTH = 760, 320


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
    return send_pdf(content, file_name(content), "manager/busy.html")
