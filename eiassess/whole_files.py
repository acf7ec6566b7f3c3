"""Files that appear only when they are whole: nobody ever reads a half of one."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SECRET_FILE, OPEN_FILE = 0o600, 0o644
"""Permissions: for this account only, or readable by all."""


def write_whole(path: Path, content: bytes, mode: int) -> None:
    """Write a file, in the place of one that is there."""
    write_pieces(path, [content], mode)


def write_pieces(path: Path, pieces: Iterable[bytes], mode: int) -> None:
    """Write a file of which no more than a piece is ever in memory, in the place of one that is there."""
    with _written_beside(path, pieces, mode) as draft:
        draft.replace(path)


def write_once(path: Path, content: bytes, mode: int) -> None:
    """Write a file unless it is there; of two processes that do so at once, one makes it."""
    with _written_beside(path, [content], mode) as draft, suppress(FileExistsError):
        os.link(draft, path)


@contextmanager
def _written_beside(path: Path, pieces: Iterable[bytes], mode: int) -> Iterator[Path]:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
        draft.chmod(mode)
        yield draft
    finally:
        draft.unlink(missing_ok=True)
