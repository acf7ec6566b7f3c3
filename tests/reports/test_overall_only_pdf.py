"""The hiring report of a form that gives an overall score only: no empty table, one sentence instead."""

import io
import subprocess
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from eiassess.domain.charts import IntervalChart
from eiassess.domain.reports import HiringReport
from eiassess.reporting.kinds.hiring.sample import sample_hiring_report
from eiassess.reporting.setting.renderer import hiring_report_html

REASON = "This form gives an overall score only: it has fewer than three scenarios of each competency."


@pytest.fixture(scope="module")
def report() -> HiringReport:
    sample = sample_hiring_report()
    chart = IntervalChart(sample.chart.title, sample.chart.summary, sample.chart.groups[:1])
    return replace(sample, chart=chart, sections=(), styles=(), profile=(), probing=(), overall_only=REASON)


def test_the_reason_stands_where_the_tables_would_be(
    report: HiringReport, make_pdf: Callable[[HiringReport], bytes]
) -> None:
    pdf = make_pdf(report)
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    text = " ".join(done.stdout.decode().split())
    assert REASON in text
    assert text.index("What each score means") < text.index(REASON) < text.index("What to ask in the interview")
    for absent in ("Strengths, weaknesses and styles", "By customer style", "What it means"):
        assert absent not in text
    assert "Ask every candidate the same questions" in text
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) <= 3


def test_no_list_and_no_table_is_empty(report: HiringReport) -> None:
    html = "".join(hiring_report_html(report).split())
    assert "<ul" not in html
    assert "<tbody></tbody>" not in html
    assert REASON.replace(" ", "") in html


def test_a_usual_report_does_not_hold_the_sentence() -> None:
    assert "overall score only" not in hiring_report_html(sample_hiring_report())
