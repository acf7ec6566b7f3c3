"""What commands write: results to standard output or a file, everything else to standard error."""

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import click

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def say(text: str) -> None:
    """Tell the person at the terminal something that is not the result."""
    click.echo(text, err=True)


def write_result(path: Path | None, pieces: Iterable[str]) -> None:
    """Write a result to standard output, or to a file that appears only when it is whole.

    Parameters
    ----------
    path
        ``None`` for standard output.
    pieces
        Parts of the text, in order.
    """
    if path is None:
        for piece in pieces:
            click.echo(piece, nl=False)
    elif path.exists() and not path.is_file():  # /dev/null and its kin cannot be replaced
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
    else:
        _replace(path, pieces)


def _replace(path: Path, pieces: Iterable[str]) -> None:
    target = path.resolve()  # a link stays a link
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        Path(name).chmod(_mode(target))
        Path(name).replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def _mode(target: Path) -> int:
    """Permissions as if the file had been written in place."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def csv_line(cells: Sequence[object]) -> str:
    r"""Write one row of CSV; ``None`` is a blank cell, text that a spreadsheet would run gets an apostrophe before it.

    Examples
    --------
    >>> csv_line(["=1+1", -2.5, None, "a,b"])
    '\'=1+1,-2.5,,"a,b"\n'
    """
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([_neutral(cell) for cell in cells])
    return line.getvalue()


def _neutral(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
