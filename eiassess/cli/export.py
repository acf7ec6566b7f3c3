"""``eiassess opening export``: an opening's scores or answers as a file."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from eiassess.banks.tables.csv_cells import csv_line
from eiassess.cli.installation import opened_database, settings
from eiassess.cli.output import say, write_result
from eiassess.domain.exports import ExportKind
from eiassess.services.exporting.asking import ExportRequest
from eiassess.services.exporting.tables import ExportedTable, export_for_operator

KINDS = [kind.value for kind in ExportKind]


@click.command("export")
@click.argument("opening_id", metavar="OPENING")
@click.option("--what", "kind", type=click.Choice(KINDS), required=True, help="What the file holds.")
@click.option("--form", default="", help="Only who sits this form, as standard-a or standard-a:2.")
@click.option("--names", is_flag=True, help="With a column of names; else scores have numbers only.")
@click.option("--columns", is_flag=True, help="Say what each column means, in place of the rows.")
@click.option(
    "-o", "output", type=click.Path(path_type=Path, dir_okay=False), help="File to write; else standard output."
)
def export(opening_id: str, kind: str, form: str, names: bool, columns: bool, output: Path | None) -> None:  # noqa: FBT001 - as click calls it
    """Write the scores or answers of everybody in OPENING, by number; answers as `score` reads them.

    Who has not handed in has a row too, with empty cells.
    """
    request = ExportRequest(ExportKind(kind), form=form, with_names=names)
    with opened_database(settings()) as database:
        table = export_for_operator(database, opening_id, request)
        if columns:
            write_result(output, _meanings(table))
        else:
            write_result(output, _rows(table))
            say(f"{kind} of {table.n} candidate{'' if table.n == 1 else 's'}")


def _rows(table: ExportedTable) -> Iterator[str]:
    yield csv_line([column.name for column in table.columns])
    with click.progressbar(
        table.rows, length=table.n, label="writing", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as rows:
        for row in rows:
            yield csv_line(row)


def _meanings(table: ExportedTable) -> Iterator[str]:
    yield csv_line(["column", "unit", "meaning"])
    for each in table.columns:
        yield csv_line([each.name, each.unit, each.meaning])
