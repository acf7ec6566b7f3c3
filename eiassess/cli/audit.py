"""``eiassess audit ...``."""

from datetime import datetime
from pathlib import Path

import click

from eiassess.cli.installation import opened_database, settings
from eiassess.cli.output import say, write_result
from eiassess.domain.audit.chain import Break
from eiassess.services.auditing.reading import AuditFilter, csv_of_audit, json_lines_of_audit
from eiassess.services.auditing.verifying import audit_head, verify_audit

BROKEN = 1
"""The exit code where the audit is not what was written."""
SAID_AT_MOST = 20
DAY = click.DateTime(["%Y-%m-%d"])


@click.group("audit")
def command() -> None:
    """Who did what: prove that nothing was changed, and take it as a file."""


@command.command("verify")
@click.option("--head", "kept", default="", metavar="HEAD", help="What `audit head` printed some time ago.")
@click.pass_context
def verify(context: click.Context, kept: str) -> None:
    """Work out the hash of every entry again; the exit code is 1 if anything was changed, taken away or added."""
    with opened_database(settings()) as database:
        found = verify_audit(database, kept)
    for each in found.breaks[:SAID_AT_MOST]:
        click.echo(_said(each))
    if len(found.breaks) > SAID_AT_MOST:
        click.echo(f"and {len(found.breaks) - SAID_AT_MOST} more places")
    if found.breaks:
        say(
            f"The audit is NOT as it was written; {found.count} entries were read. If the installation's secret is "
            "another one than when they were written, nothing fits: then try with that one."
        )
        context.exit(BROKEN)
    say(f"{found.count} entries, and all are as they were written.")


@command.command("head")
def head() -> None:
    """Print number and hash of the last entry; kept elsewhere, it proves later that nothing up to it was changed."""
    with opened_database(settings()) as database:
        found = audit_head(database)
    if found:
        click.echo(found)
    else:
        say("There is no entry yet.")


@command.command("export")
@click.option("--format", "layout", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True)
@click.option("--from", "first", type=DAY, help="First day, in UTC, such as 2026-11-29.")
@click.option("--to", "last", type=DAY, help="Last day, in UTC, included.")
@click.option(
    "-o", "output", type=click.Path(path_type=Path, dir_okay=False), help="File to write; else standard output."
)
def export(layout: str, first: datetime | None, last: datetime | None, output: Path | None) -> None:
    """Write entries, the oldest first, as CSV or as lines of JSON."""
    wanted = AuditFilter(first_day=first.date() if first else None, last_day=last.date() if last else None)
    with opened_database(settings()) as database:
        write_result(output, (csv_of_audit if layout == "csv" else json_lines_of_audit)(database, wanted))


def _said(place: Break) -> str:
    number = "The end" if place.number is None else f"Entry {place.number}"
    return f"{number}{f' ({place.at})' if place.at else ''}: {place.words}"
