"""``eiassess doctor``."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import click

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_form
from eiassess.banks.keys.places import key_places
from eiassess.cli.installation import secret_key, settings, utc_now
from eiassess.config import Settings
from eiassess.errors import EIAssessError, SetupError
from eiassess.mail.smtp import Postbox
from eiassess.oidc.opening import open_provider
from eiassess.persistence.migrations import is_missing, pending_revisions, shown_address
from eiassess.reporting.kinds.hiring.sample import sample_hiring_report
from eiassess.reporting.setting.letters import LETTERS_OF_MANY_SCRIPTS, missing_letters
from eiassess.reporting.setting.pdf import DEBIAN_PACKAGES
from eiassess.reporting.setting.renderer import PdfRenderer


@click.command("doctor")
def command() -> None:
    """Say what this installation lacks and how to mend it; exit code 1 if anything."""
    missing = 0
    for name, problem in _findings():
        click.echo(f"{'ok     ' if not problem else 'MISSING'}  {name}{': ' + problem if problem else ''}")
        missing += bool(problem)
    for line in (*_key_lines(), *_proxy_lines()):
        click.echo(line)
    sys.exit(1 if missing else 0)


def _key_lines() -> Iterator[str]:
    """Say where the keys of one's own banks lie; a place that is not safe is advice, nothing is missing."""
    with suppress(EIAssessError, OSError):  # said above
        chosen = settings()
        own = chosen.bank_folders[:-1]  # the last is the one that we ship, whose key is public
        for place in key_places(own, chosen.key_folders):
            name = f"Key {place.key} of your bank {place.bank}: {place.path}"
            yield f"ADVICE   {name} {place.advice}" if place.advice else f"ok       {name}"


def _proxy_lines() -> Iterator[str]:
    """Warn where all visitors look like one: we serve no https ourselves, so a web server stands in front."""
    with suppress(EIAssessError, OSError):  # said above
        chosen = settings()
        if chosen.is_https and not chosen.trusted_proxy:
            yield (
                "ADVICE   Origin of visitors: EIASSESS_BASE_URL is https, so a web server stands in front, and "
                "EIASSESS_TRUSTED_PROXY does not name it: all visitors count as one, and 50 wrong passwords of one "
                "visitor keep others out for up to a quarter of an hour. Set it to that server's address"
            )


def _findings() -> Iterator[tuple[str, str]]:
    yield f"Python {sys.version_info.major}.{sys.version_info.minor}", ""
    chosen: Settings | None = None
    try:
        chosen = settings()
    except (EIAssessError, OSError) as error:
        yield "Settings", str(error)
    else:
        yield "Settings", ""
        keys = chosen.key_folders
        yield "Question bank", _problem(lambda: load_form("standard-a", chosen.bank_folders, key_folders=keys))
        yield "Templates", _problem(lambda: (data_folder("templates"), data_folder("reports")))
        yield "Database", _database_problem(chosen)
        yield "Secret key", _problem(lambda: secret_key(chosen))
        yield from _mail_findings(chosen)
        yield from _provider_findings(chosen)
    yield from _pdf_findings()


def _mail_findings(chosen: Settings) -> Iterator[tuple[str, str]]:
    if chosen.mail is None:
        yield "Mail waits on the outbox pages, for EIASSESS_SMTP_URL is not set", ""
        return
    with Postbox(chosen.mail, chosen.host) as postbox:
        yield f"Mail by {chosen.mail.host}, as {chosen.mail.sender.addr_spec}", postbox.try_out()


def _provider_findings(chosen: Settings) -> Iterator[tuple[str, str]]:
    if chosen.provider is None:
        return
    name = f"Sign-in by {chosen.provider.issuer}"
    try:
        provider = open_provider(chosen, utc_now)
    except SetupError as error:
        yield name, str(error)
    else:
        yield name, provider.try_out() if provider else ""


def _problem(check: Callable[[], object]) -> str:
    try:
        check()
    except (EIAssessError, OSError) as error:
        return str(error)
    return ""


def _database_problem(chosen: Settings) -> str:
    try:
        if is_missing(chosen.database_url):
            return f"there is none yet at {shown_address(chosen.database_url)}; to make it, run: eiassess db upgrade"
        pending = pending_revisions(chosen.database_url)
    except (EIAssessError, OSError) as error:
        return str(error)
    return "is not up to date; run: eiassess db upgrade" if pending else ""


def _pdf_findings() -> Iterator[tuple[str, str]]:
    """Say whether PDFs can be made here, and if so whether names of many scripts can be read in them."""
    renderer = PdfRenderer()
    try:
        renderer.render(sample_hiring_report())
        missing = renderer.render_noting(replace(sample_hiring_report(), candidate=LETTERS_OF_MANY_SCRIPTS))[1]
    except EIAssessError as error:
        yield "PDF", f"{error} Debian and Ubuntu: apt-get install {DEBIAN_PACKAGES}"
    else:
        yield "PDF", ""
        yield "Letters in PDFs", missing_letters(missing)
    finally:
        renderer.close()
