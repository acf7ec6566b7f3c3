"""``eiassess opening export``: an opening's scores or answers as a file."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from eiassess.banks.tables.csv_cells import csv_line
from eiassess.cli.installation import opened_database, settings
from eiassess.cli.output import say, write_result
from eiassess.domain.exports import ExportKind, FileFormat
from eiassess.services.exporting.asking import ExportRequest
from eiassess.services.exporting.files import file_pieces, meaning_rows
from eiassess.services.exporting.tables import export_for_operator

KINDS = [kind.value for kind in ExportKind]
FORMATS = [each.value for each in FileFormat]


@click.command("export")
@click.argument("opening_id", metavar="OPENING")
@click.option("--what", "kind", type=click.Choice(KINDS), required=True, help="What the file holds.")
@click.option("--form", default="", help="Only who sits this form, as standard-a or standard-a:2.")
@click.option("--names", is_flag=True, help="With a column of names; else scores have numbers only.")
@click.option("--columns", is_flag=True, help="Say what each column means, in place of the rows.")
@click.option(
    "-o", "output", type=click.Path(path_type=Path, dir_okay=False), help="File to write; else standard output."
)
@click.option("--format", "layout", type=click.Choice(FORMATS), help="Else as -o ends, and CSV on standard output.")
def command(
    *,
    opening_id: str,
    kind: str,
    form: str,
    names: bool,
    columns: bool,
    output: Path | None,
    layout: str | None,
) -> None:
    """Write the scores or answers of everybody in OPENING, by number; answers as `score` reads them.

    Who has not handed in has a row too, with empty cells. A workbook (.xlsx) has a second sheet that says what each
    column means.
    """
    ends_so = output is not None and output.suffix.lower() == ".xlsx"
    written = FileFormat(layout or (FileFormat.XLSX if ends_so else FileFormat.CSV))
    request = ExportRequest(ExportKind(kind), form=form, with_names=names)
    with opened_database(settings()) as database:
        table = export_for_operator(database, opening_id, request)
        if columns:
            write_result(output, map(csv_line, meaning_rows(table)))
        else:
            bar = click.progressbar(
                table.rows, length=table.n, label="writing", file=sys.stderr, hidden=not sys.stderr.isatty()
            )
            with bar as rows:
                write_result(output, file_pieces(replace(table, rows=iter(rows)), written))
            say(f"{kind} of {table.n} candidate{'' if table.n == 1 else 's'}")
