"""``eiassess outcomes ...``."""

from pathlib import Path

import click

from eiassess.cli.installation import opened_database, settings, utc_now
from eiassess.people_lists.reading import file_sheets
from eiassess.services.outcomes.importing import COLUMNS, import_outcomes, preview_outcomes

LEFT_OVER = 1
"""The exit code where rows were refused, so that nobody overlooks them."""


@click.group("outcomes")
def command() -> None:
    """How those work who were hired."""


@command.command("import")
@click.argument("opening_id")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--confirm", is_flag=True, help="Record the ratings of the good rows.")
@click.pass_context
def import_file(context: click.Context, opening_id: str, file: Path, *, confirm: bool) -> None:
    """Show what a sheet of ratings would record, CSV or XLSX; with --confirm, record its good rows.

    Each problem names file, row and column; columns that are not read are named too. The exit code is 1 if rows were
    refused.
    """
    sheets = file_sheets(file)
    with opened_database(settings()) as database:
        if confirm:
            found = import_outcomes(database, opening_id, sheets, file.name, utc_now())
        else:
            found = preview_outcomes(database, opening_id, sheets, file.name, utc_now())
    click.echo(f"{len(found.good)} good, {len(found.refused)} refused.")
    for line in found.refused:
        click.echo(f"Refused: {line}")
    for line in found.unread:
        click.echo(f"Not read: {line}")
    waiting = "Nothing is recorded yet; to record the good rows, give --confirm."
    click.echo(f"Recorded {len(found.good)}." if confirm else waiting)
    if found.refused:
        context.exit(LEFT_OVER)


import_file.help = f"{import_file.help} Its columns: {COLUMNS}; points from 1 to 5."
