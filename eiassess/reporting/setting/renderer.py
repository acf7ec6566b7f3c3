"""Reports as HTML, and as PDF by a child process: rendering must not slow the pages that others are reading."""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape

from eiassess._resources import data_folder
from eiassess.domain.charts import IntervalChart
from eiassess.domain.digests import canonical_json, digest_of
from eiassess.domain.names import isolated
from eiassess.domain.reports import ComparisonReport, HiringReport, Report
from eiassess.reporting.charts.interval import interval_chart_svg
from eiassess.reporting.setting.pdf import RenderingError, render_pdf_noting

HIRING, COMPARISON = "hiring", "comparison"
TIME_OUT_SECONDS = 60.0
REPORTS_AT_ONCE = 4
"""One under way and three waiting, so that at most half of the server's threads are taken up by reports."""
_BUSY = "Other reports are being made. Try again in a minute."
_FOOTER_LETTERS = 60
_FIRST_THAT_MAY_LACK = 0x250
"""The typeface that comes with a package of its own has the Latin letters before this."""
_WORDS_WAIT_SECONDS = 1.0
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def hiring_report_html(report: HiringReport) -> str:
    """Return the hiring report as a page of HTML, ready for the folder ``reports/hiring``."""
    template = _environment().get_template(f"{HIRING}/report.html")
    return template.render(report=report, chart=_paper_chart(report.chart, "profile") if report.chart else "")


def comparison_report_html(report: ComparisonReport) -> str:
    """Return the comparison as a page of HTML, ready for the folder ``reports/comparison``."""
    charts = [*report.tested, *report.drawn]
    drawn = [_paper_chart(each.chart, f"chart-{number}") for number, each in enumerate(charts, 1)]
    n_tested = len(report.tested)
    template = _environment().get_template(f"{COMPARISON}/report.html")
    return template.render(
        report=report,
        tested=list(zip(report.tested, drawn[:n_tested], strict=True)),
        drawn=list(zip(report.drawn, drawn[n_tested:], strict=True)),
    )


def kind_of(report: Report) -> str:
    """Return the folder of ``reports`` that sets a report."""
    return HIRING if isinstance(report, HiringReport) else COMPARISON


def report_html(report: Report) -> str:
    """Return a report of any kind as a page of HTML."""
    return hiring_report_html(report) if isinstance(report, HiringReport) else comparison_report_html(report)


def content_digest(report: Report) -> str:
    """Return the SHA-256 of the report's content, the same for equal reports and on every machine."""
    return digest_of(canonical_json(asdict(report), default=_iso))


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    message = f"A report holds plain values, not {type(value).__name__}"
    raise TypeError(message)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(data_folder("reports")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": _day, "minute": _minute, "iso": _iso, "footer": _footer, "isolated": isolated}
    return environment


def _day(moment: datetime) -> str:
    # Not strftime: its month names follow the locale, and a report shall be the same everywhere.
    utc = moment.astimezone(UTC)
    return f"{utc.day} {_MONTHS[utc.month - 1]} {utc.year}"


def _minute(moment: datetime) -> str:
    return f"{_day(moment)}, {moment.astimezone(UTC):%H:%M} UTC"


def _footer(text: str) -> str:
    """Cut a name for the running footer; the title has it in full."""
    return text if len(text) <= _FOOTER_LETTERS else text[: _FOOTER_LETTERS - 1].rstrip() + "…"


def _paper_chart(chart: IntervalChart, element_id: str) -> str:
    # WeasyPrint takes a figure's alternative text from the title alone, so the summary must be part of it.
    return interval_chart_svg(
        replace(chart, title=f"{chart.title}. {chart.summary}"), element_id=element_id, on_paper=True
    )


def _words_html(words: Sequence[str]) -> str:
    """Return words as a page of HTML, set as a report is."""
    sheet = (data_folder("reports") / "paper.css").read_text("utf-8")
    head = f'<meta charset="utf-8"><title>Words</title><style>{sheet}</style><link rel="stylesheet" href="report.css">'
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><p>{escape(" ".join(words))}</p></body></html>'


class PdfRenderer:
    """Renders reports, one at a time, in a child process that is started at the first and kept warm.

    Parameters
    ----------
    time_out
        Seconds that a report may take, and may wait for those before it.
    """

    def __init__(self, time_out: float = TIME_OUT_SECONDS) -> None:
        self._time_out = time_out
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(REPORTS_AT_ONCE)
        self._pool: ProcessPoolExecutor | None = None
        self._worker_pid = 0
        self._is_missing: dict[str, bool] = {}

    def render(self, report: Report) -> bytes:
        """Return the report as PDF bytes, as `render_noting` does."""
        return self.render_noting(report)[0]

    def render_noting(self, report: Report) -> tuple[bytes, str]:
        """Return the report as PDF bytes, and the letters that no font of this machine has.

        Raises
        ------
        RenderingError
            It took too long, or the child process died twice.
        SetupError
            The machine lacks what rendering needs.
        """
        return self._rendered(report_html(report), kind_of(report), self._time_out)

    def missing_from(self, text: str) -> str:
        """Return the letters of a text that no font of this machine has, in order; what was asked once is known.

        Raises
        ------
        RenderingError
            Reports are being made just now, or the child process died twice.
        SetupError
            The machine lacks what rendering needs.
        """
        unknown = {each for each in text if ord(each) >= _FIRST_THAT_MAY_LACK} - self._is_missing.keys()
        if unknown:
            words = [word for word in text.split() if unknown & set(word)]  # whole: letters alone are shaped otherwise
            missing = self._rendered(_words_html(words), HIRING, _WORDS_WAIT_SECONDS)[1]
            self._is_missing |= {letter: letter in missing for letter in unknown}
        return "".join(sorted({letter for letter in text if self._is_missing.get(letter)}))

    def _rendered(self, html: str, kind: str, wait: float) -> tuple[bytes, str]:
        folder = data_folder("reports") / kind
        with self._turn(wait):
            try:
                return self._render_in_child(html, folder)
            except BrokenProcessPool:
                self._discard()
            try:
                return self._render_in_child(html, folder)
            except BrokenProcessPool as error:
                self._discard()
                message = "The program that makes PDFs ended twice while at it; memory may be short. Try again later."
                raise RenderingError(message) from error

    def close(self) -> None:
        """End the child process; a later report starts a new one."""
        with self._lock:
            self._discard()

    @contextlib.contextmanager
    def _turn(self, wait: float) -> Iterator[None]:
        # Whoever waits holds a web thread: only a few may, the others are asked to come again.
        if not self._places.acquire(blocking=False):
            raise RenderingError(_BUSY)
        try:
            if not self._lock.acquire(timeout=wait):
                raise RenderingError(_BUSY)
            try:
                yield
            finally:
                self._lock.release()
        finally:
            self._places.release()

    def _render_in_child(self, html: str, folder: Path) -> tuple[bytes, str]:
        try:
            return self._started().submit(render_pdf_noting, html, folder).result(self._time_out)
        except TimeoutError as error:
            self._kill()
            message = f"The report took longer than {self._time_out:.0f} s and was stopped. Try again."
            raise RenderingError(message) from error

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Spawned, not forked: a fork would copy the web server's threads and database connections half-alive.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_prepare_worker)
            self._worker_pid = self._pool.submit(os.getpid).result(self._time_out)
        return self._pool

    def _kill(self) -> None:
        if self._worker_pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._worker_pid, signal.SIGKILL)
        self._discard()

    def _discard(self) -> None:
        pool, self._pool, self._worker_pid = self._pool, None, 0
        if pool is not None:
            pool.shutdown(cancel_futures=True)


def _prepare_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes the pool
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(ImportError, OSError):  # render_pdf says what is missing
        import weasyprint  # noqa: F401, PLC0415 - imported to have it warm


def _end_with_parent() -> None:
    # The worker holds both ends of its queue and would wait for ever for a server that was killed.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
