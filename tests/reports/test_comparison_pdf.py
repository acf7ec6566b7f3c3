"""The comparison as a real PDF: accessible, simulated on each page, and cut nowhere."""

import io
import subprocess
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pytest

from eiassess._resources import data_folder
from eiassess.reporting.kinds.comparison.sample import sample_comparison_report
from eiassess.reporting.setting.pdf import render_pdf
from eiassess.reporting.setting.renderer import PdfRenderer, comparison_report_html
from tests.reports.test_hiring_pdf import flat, page_texts, structure


@pytest.fixture(scope="module")
def made() -> bytes:
    return render_pdf(comparison_report_html(sample_comparison_report()), data_folder("reports") / "comparison")


@pytest.fixture(scope="module")
def opened(made: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        yield pdf


def test_declares_pdf_ua_1_and_who_is_compared(opened: pikepdf.Pdf) -> None:
    with opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"].startswith("Comparison: Nora Lindqvist, ")


def test_every_picture_says_what_it_shows(opened: pikepdf.Pdf) -> None:
    report = sample_comparison_report()
    said = [str(each.Alt) for each in structure(opened) if each.S == "/Figure"]
    charts = [each.chart for each in (*report.tested, *report.drawn)]
    assert said == [f"{chart.title}. {chart.summary}" for chart in charts]
    assert "Expected for the job, in dashed frames: Managing emotions 65 to 90." in said[1]


def test_each_page_says_that_it_is_simulated_and_when_it_was_made(made: bytes) -> None:
    pages = page_texts(made)
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        assert "SIMULATED, not real people" in text
        assert f"Page {number} of {len(pages)}" in flat(text)
        assert "Customer service adviser, 20 November 2026" in flat(text)


def test_chances_are_there_when_asked_for_and_nothing_is_where_nothing_is() -> None:
    report = sample_comparison_report()
    asked = comparison_report_html(replace(report, chances_caution="It is no order."))
    assert "It can be said of no two people here." in asked
    few = replace(report, drawn=(), expected=None, answers=(), differences=None, how_many="", simulated=False)
    html = comparison_report_html(few)
    assert "Nothing was tested." in html
    for heading in ("The competencies", "What the job expects", "Answers side by side", "How likely", "SIMULATED"):
        assert heading not in html


def test_a_child_process_makes_it(made: bytes) -> None:
    renderer = PdfRenderer()
    try:
        assert renderer.render(sample_comparison_report()) == made
    finally:
        renderer.close()


def test_long_names_stay_on_the_page() -> None:
    report = sample_comparison_report()
    long = replace(report, people=("W" * 200, *report.people[1:]), opening="M" * 200, message="x" * 300)
    pdf = render_pdf(comparison_report_html(long), data_folder("reports") / "comparison")
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    ends = [float(each.split('"')[0]) for each in done.stdout.decode().split('xMax="')[1:]]
    assert max(ends) < 595.3
