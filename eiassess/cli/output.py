"""What commands write: results to standard output or a file, everything else to standard error."""

import os
from collections.abc import Iterable
from pathlib import Path

import click

from eiassess.whole_files import write_pieces


def say(text: str) -> None:
    """Tell the person at the terminal something that is not the result."""
    click.echo(text, err=True)


def write_result(path: Path | None, pieces: Iterable[str | bytes]) -> None:
    """Write a result to standard output, or to a file that appears only when it is whole.

    Parameters
    ----------
    path
        ``None`` for standard output.
    pieces
        Parts of the text, or of the file's bytes, in order.
    """
    if path is None:
        for piece in pieces:
            click.echo(piece, nl=False)
    elif path.exists() and not path.is_file():  # /dev/null and its kin cannot be replaced
        with path.open("wb") as file:
            file.writelines(map(_bytes, pieces))
    else:
        target = path.resolve()  # a link stays a link
        write_pieces(target, map(_bytes, pieces), _mode(target))


def _bytes(piece: str | bytes) -> bytes:
    return piece.encode() if isinstance(piece, str) else piece


def _mode(target: Path) -> int:
    """Permissions as if the file had been written in place."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
