"""The options that say how a file of data is written, for every command that reads one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from eiassess.banks.tables.csv_format import CsvFormat, missing_codes
from eiassess.errors import InvalidInputError

DECIMALS = (".", ",")
_NAMES = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";"}


def csv_options() -> tuple[click.Option, ...]:
    """Make the options ``--missing``, ``--decimal`` and ``--separator``."""
    codes = "Codes for missing, as -99,999: read as if blank. 'none' says that there are none."
    return (
        click.Option(["--missing"], multiple=True, metavar="CODES", help=codes),
        click.Option(
            ["--decimal"], type=click.Choice(DECIMALS), default=".", help="What parts decimals; else a point."
        ),
        click.Option(["--separator"], metavar="CHARACTER", help="What parts cells, as ';' or tab; else it is found."),
    )


def takes_csv(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command these options, and its function what they say as ``written``."""

    @wraps(function)
    def run(*, missing: tuple[str, ...], decimal: str, separator: str | None, **own: Any) -> None:  # noqa: ANN401 - each command has its own
        function(written=csv_format(missing, decimal, separator), **own)

    run.__click_params__ = [*getattr(function, "__click_params__", []), *reversed(csv_options())]  # type: ignore[attr-defined]
    return run


def csv_format(missing: tuple[str, ...], decimal: str, separator: str | None) -> CsvFormat:
    """Understand what was given with these options.

    Raises
    ------
    InvalidInputError
        The separator is no single character, or the one that parts decimals.
    """
    found = separator and _NAMES.get(separator.lower(), separator)
    if found is not None and (len(found) != 1 or found.isalnum() or found in "\"'\r\n.+-"):
        message = f"--separator {separator!r}: expected one character, as ';', or tab"
        raise InvalidInputError(message)
    return CsvFormat(found, decimal, missing_codes(missing))
