"""Real PDFs of the sample report, made once for all tests that only look."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace

import pikepdf
import pytest

from eiassess._resources import data_folder
from eiassess.domain.reports import HiringReport
from eiassess.reporting.kinds.hiring.sample import sample_hiring_report
from eiassess.reporting.setting.pdf import render_pdf
from eiassess.reporting.setting.renderer import hiring_report_html


@pytest.fixture(scope="session")
def make_pdf() -> Callable[[HiringReport], bytes]:
    return lambda report: render_pdf(hiring_report_html(report), data_folder("reports") / "hiring")


@pytest.fixture(scope="session")
def simulated_pdf(make_pdf: Callable[[HiringReport], bytes]) -> bytes:
    return make_pdf(sample_hiring_report())


@pytest.fixture(scope="session")
def real_pdf(make_pdf: Callable[[HiringReport], bytes]) -> bytes:
    return make_pdf(replace(sample_hiring_report(), simulated=False))


@pytest.fixture(scope="session")
def opened(simulated_pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(simulated_pdf)) as pdf:
        yield pdf
