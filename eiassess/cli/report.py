"""``eiassess report ...``."""

from pathlib import Path

import click

from eiassess.cli.installation import demo_settings, opened_database, settings
from eiassess.cli.output import say
from eiassess.cli.progress import working
from eiassess.domain.reports import Report
from eiassess.errors import NotFoundError
from eiassess.reporting.kinds.comparison.sample import sample_comparison_report
from eiassess.reporting.kinds.hiring.content import write_hiring_report
from eiassess.reporting.kinds.hiring.sample import sample_hiring_report
from eiassess.reporting.setting.letters import missing_letters
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services.results.for_managers import get_basis_for_operator

KINDS = ("comparison", "hiring")
OUTPUT = click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="PDF to write."
)


@click.group("report")
def command() -> None:
    """Make reports as PDF."""


@command.command("make")
@click.argument("session")
@OUTPUT
@click.option("--demo", is_flag=True, help="Take the session from the demo's database.")
def make(session: str, output: Path, *, demo: bool) -> None:
    """Make the hiring report of a SESSION that was handed in."""
    chosen = demo_settings(8000) if demo else settings()
    with opened_database(chosen) as database:
        report = write_hiring_report(get_basis_for_operator(database, session))
    _write(report, output)


@command.command("preview")
@click.argument("kind")
@OUTPUT
def preview(kind: str, output: Path) -> None:
    """Make the sample of a KIND of report; kinds: comparison, hiring."""
    if kind not in KINDS:
        message = f"There is no kind of report {kind!r}; kinds: {', '.join(KINDS)}"
        raise NotFoundError(message)
    _write(sample_hiring_report() if kind == "hiring" else sample_comparison_report(), output)


def _write(report: Report, output: Path) -> None:
    renderer = PdfRenderer()
    try:
        with working("setting the report"):
            pdf, missing = renderer.render_noting(report)
    finally:
        renderer.close()
    output.write_bytes(pdf)
    say(f"Wrote {output}")
    if missing:
        say(f"Not all of it can be read: {missing_letters(missing)}")
