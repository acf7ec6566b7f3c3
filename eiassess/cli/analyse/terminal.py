"""Results as tables for people at a terminal."""

import io
import re
import sys
from collections.abc import Iterator
from typing import Any

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from eiassess.banks.tables.csv_records import shown
from eiassess.cli.analyse.rendering import Cells, divided
from eiassess.domain.scores import Interval
from eiassess.domain.shown_scores import shown_interval, shown_score

ROWS_SHOWN = 60
WIDTH_WITHOUT_TERMINAL = 120
WIDEST, WIDEST_CELL = 10_000, 60
NOTHING = "-"
_NUMBERS = re.compile(r"(-?[0-9.]+(e[+-]?[0-9]+)?( to )?)*|-")


def as_table(headline: str, content: Cells) -> Iterator[str]:
    """Set a headline, the single figures, and a table for each list of entries, of long ones the beginning."""
    text = io.StringIO()
    width = None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL
    console = Console(file=text, width=width, force_terminal=False, highlight=False, markup=False, emoji=False)
    single, lists = divided(content)
    console.print(f"{headline}\n")
    figures = Table.grid(padding=(0, 2))
    for name, value in _cells(single).items():
        figures.add_row(name, value)
    console.print(figures)
    for part, entries in lists.items():
        if entries:
            for table in _tables(part, [_cells(entry) for entry in entries[:ROWS_SHOWN]], console):
                console.print(table)
        if len(entries) > ROWS_SHOWN:
            console.print(f"... and {len(entries) - ROWS_SHOWN} more: --format json and csv have them all")
    yield "".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines())


def _tables(part: str, rows: list[dict[str, str]], console: Console) -> Iterator[Table]:
    """Set entries in as many tables as the width needs, the first column in each: ids and numbers are never broken."""
    first, *others = dict.fromkeys(column for row in rows for column in row)
    title = f"\n{_words(part)}"
    while True:
        fitting = [first]
        while others and (len(fitting) == 1 or _fits(_table(title, [*fitting, others[0]], rows), console)):
            fitting.append(others.pop(0))
        yield _table(title, fitting, rows)
        if not others:
            return
        title = f"\n{_words(part)}, continued"


def _fits(table: Table, console: Console) -> bool:
    return Measurement.get(console, console.options.update(width=WIDEST), table).minimum <= console.width


def _table(title: str, columns: list[str], rows: list[dict[str, str]]) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for column in columns:
        cells = [row.get(column, "") for row in rows]
        numbers = all(map(_NUMBERS.fullmatch, cells))
        whole = numbers or column == columns[0]
        pieces = [*column.split(), *(cells if whole else (word for cell in cells for word in cell.split()))]
        least = max(map(cell_len, pieces), default=0)
        table.add_column(
            column,
            justify="right" if numbers else "left",
            overflow="fold",
            no_wrap=whole,
            min_width=min(least, WIDEST_CELL),
        )
    for row in rows:
        table.add_row(*(row.get(column, "") for column in columns))
    return table


def _cells(values: Cells) -> dict[str, str]:
    return {_words(name): shown_value(value) for name, value in values.items()}


def _words(name: str) -> str:
    return name.replace("_", " ")


def shown_value(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """Show a value in a table's cell.

    Examples
    --------
    >>> [shown_value(value) for value in (None, True, 12, 0.81938, 1e-9, 35591.58, [0.8, 0.84], ["a", "b"])]
    ['-', 'yes', '12', '0.819', '1.0e-09', '35591.6', '0.800 to 0.840', 'a; b']
    """
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, list):
        return ("; " if any(isinstance(each, str) for each in value) else _between(value)).join(map(shown_value, value))
    return str(value) if isinstance(value, int) or value.isprintable() else shown(value)


def with_shown_scores(cells: Cells, *names: str) -> Cells:
    """Write the named cells, house scores and their intervals, as pages and paper do: JSON and CSV have the decimals.

    Examples
    --------
    >>> with_shown_scores({"id": "s01", "mean": 87.5, "mean_interval": (80.2, 94.5)}, "mean", "mean_interval")
    {'id': 's01', 'mean': '88', 'mean_interval': '80 to 95'}
    """
    return cells | {name: _score(cells[name]) for name in names if cells.get(name) is not None}


def _score(value: Any) -> str:  # noqa: ANN401 - a number or two ends
    return shown_score(value) if isinstance(value, int | float) else shown_interval(Interval(*value))


def _between(numbers: list[float]) -> str:
    return " to " if len(numbers) == 2 else " "  # noqa: PLR2004 - an interval


def _number(value: float) -> str:
    if value == 0 or 0.001 <= abs(value) < 10000:  # noqa: PLR2004 - where three decimals say enough
        return f"{value:.3f}"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.1e}"
