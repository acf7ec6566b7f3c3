"""What the analyses are given: the file, its columns, and where the result goes."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from inspect import getdoc
from math import isfinite
from pathlib import Path
from typing import Any

import click

from eiassess.banks.tables.csv_format import CsvFormat
from eiassess.cli.csv_options import csv_format, csv_options
from eiassess.errors import InvalidInputError

LAYOUTS = ("table", "json", "csv")


@dataclass(frozen=True)
class Destination:
    """Where a result goes (standard output if there is no path), and how it is laid out."""

    path: Path | None
    layout: str


@dataclass(frozen=True)
class Job:
    """What every analysis is given beside its own options; ``output`` is None for standard output."""

    context: click.Context
    file: Path
    output: Path | None
    layout: str | None
    written: CsvFormat

    def destination(self, *others: Path | None) -> Destination:
        """Choose the layout, and refuse files that would replace what is read, or each other.

        Raises
        ------
        InvalidInputError
            Two of the files are the same.
        """
        taken = [self.file.resolve()]
        for path in (self.output, *others):
            if path is None or (path.exists() and not path.is_file()):  # /dev/null can be written to by all
                continue
            if path.resolve() in taken:
                message = f"{path} holds the data or another result; give another file to write"
                raise InvalidInputError(message)
            taken.append(path.resolve())
        return Destination(self.output, self.layout or _usual_layout(self.output))


def _usual_layout(output: Path | None) -> str:
    if output is not None:
        return "csv" if output.suffix.lower() == ".csv" else "json"
    return "table" if sys.stdout.isatty() else "json"


def analysis(name: str, metavar: str = "FILE") -> Callable[[Callable[..., None]], click.Command]:
    """Make a command of a function of a job and options: it gets FILE, ``-o`` and ``--format`` as all others.

    Arguments of the function's own come before FILE, those that may be left out after it.
    """

    def decorate(function: Callable[..., None]) -> click.Command:
        def run(context: click.Context, /, file: Path, output: Path | None, layout: str | None, **own: Any) -> None:  # noqa: ANN401 - each analysis has its own
            written = csv_format(own.pop("missing"), own.pop("decimal"), own.pop("separator"))
            function(Job(context, file, output, layout, written), **own)

        file = click.Argument(["file"], metavar=metavar, type=click.Path(path_type=Path))
        own = list(reversed(getattr(function, "__click_params__", [])))
        before = [each for each in own if isinstance(each, click.Argument) and each.required]
        params = [*before, file, *(each for each in own if each not in before), *csv_options(), *_output_options()]
        return click.Command(name, callback=click.pass_context(run), params=params, help=getdoc(function))

    return decorate


def _output_options() -> tuple[click.Option, ...]:
    path = click.Path(path_type=Path, dir_okay=False)
    said = "Else as -o ends; on standard output a table for a terminal, JSON otherwise."
    return (
        click.Option(["-o", "output"], type=path, help="File to write; else standard output."),
        click.Option(["--format", "layout"], type=click.Choice(LAYOUTS), help=said),
    )


takes_columns = click.option(
    "--columns",
    required=True,
    metavar="COLUMNS",
    help="Columns to use: names, and ranges in the header's order, as s01,s03-s05.",
)


def finite(context: click.Context, option: click.Parameter, value: float | None) -> float | None:  # noqa: ARG001 - click's signature
    """Refuse infinity and NaN, which Python takes for numbers."""
    if value is not None and not isfinite(value):
        message = f"{value} is not a number"
        raise click.BadParameter(message)
    return value
