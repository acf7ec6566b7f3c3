"""``eiassess analyse ...``: statistics of a CSV file, for people with data and no server."""

import click

from eiassess.cli.analyse import (
    agreement,
    dif,
    differences,
    impact,
    irt,
    items,
    keys,
    norms,
    pairs,
    quality,
    reliability,
    validity,
)


@click.group("analyse")
def command() -> None:
    """Statistics of a CSV file: a table on a terminal, JSON otherwise.

    Blank and NA are missing. Rows with a cell that cannot be used are named on standard error and left out. Exit code 0
    if every row could be used, 1 if some were refused, 2 if nothing was done.
    """


for module in (reliability, items, keys, pairs, differences, irt, dif, impact, validity, quality, norms, agreement):
    command.add_command(module.command)
