"""``eiassess exposure``."""

from collections.abc import Iterator
from pathlib import Path

import click

from eiassess.banks.tables.csv_cells import csv_line
from eiassess.cli.installation import opened_database, settings
from eiassess.cli.output import say, write_result
from eiassess.services.statistics.exposure import ShownBank, list_exposure

COLUMNS = ("bank", "scenario", "title", "candidates", "simulated", "first_shown", "last_shown")


@click.command("exposure")
@click.option(
    "-o", "output", type=click.Path(path_type=Path, dir_okay=False), help="File to write; else standard output."
)
def command(*, output: Path | None) -> None:
    """Write as CSV to how many candidates each scenario of the banks in use was shown, and when first and last.

    Each candidate counts once for a scenario; simulated ones stand in a column of their own. People whose data is
    deleted are no longer counted.
    """
    with opened_database(settings()) as database:
        banks = list_exposure(database)
    write_result(output, _lines(banks))
    say(f"{sum(len(each.scenarios) for each in banks)} scenarios of {len(banks)} bank{'' if len(banks) == 1 else 's'}")


def _lines(banks: tuple[ShownBank, ...]) -> Iterator[str]:
    yield csv_line(COLUMNS)
    for bank in banks:
        for each in bank.scenarios:
            yield csv_line([bank.id, each.id, each.title, each.n, each.n_simulated, each.first, each.last])
