"""``eiassess doctor``."""

import sys
from collections.abc import Callable, Iterator

import click

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_form
from eiassess.cli.installation import secret_key, settings
from eiassess.config import Settings
from eiassess.errors import EIAssessError
from eiassess.persistence.migrations import pending_revisions
from eiassess.reporting.rendering import PdfRenderer
from eiassess.reporting.samples import sample_hiring_report

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-droid-fallback"


@click.command("doctor")
def command() -> None:
    """Say what this installation lacks and how to mend it; exit code 1 if anything."""
    missing = 0
    for name, problem in _findings():
        click.echo(f"{'ok     ' if not problem else 'MISSING'}  {name}{': ' + problem if problem else ''}")
        missing += bool(problem)
    sys.exit(1 if missing else 0)


def _findings() -> Iterator[tuple[str, str]]:
    yield f"Python {sys.version_info.major}.{sys.version_info.minor}", ""
    chosen: Settings | None = None
    try:
        chosen = settings()
    except (EIAssessError, OSError) as error:
        yield "Settings", str(error)
    else:
        yield "Settings", ""
        yield "Question bank", _problem(lambda: load_form("standard-a", chosen.bank_folders))
        yield "Templates", _problem(lambda: (data_folder("templates"), data_folder("reports")))
        yield "Database", _database_problem(chosen)
        yield "Secret key", _problem(lambda: secret_key(chosen))
    yield "PDF", _pdf_problem()


def _problem(check: Callable[[], object]) -> str:
    try:
        check()
    except (EIAssessError, OSError) as error:
        return str(error)
    return ""


def _database_problem(chosen: Settings) -> str:
    try:
        pending = pending_revisions(chosen.database_url)
    except (EIAssessError, OSError) as error:
        return str(error)
    return "is not up to date; run: eiassess db upgrade" if pending else ""


def _pdf_problem() -> str:
    renderer = PdfRenderer()
    try:
        renderer.render(sample_hiring_report())
    except EIAssessError as error:
        return f"{error} Debian and Ubuntu: apt-get install {PACKAGES}"
    finally:
        renderer.close()
    return ""
