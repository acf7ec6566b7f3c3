"""Files that are files: a pipe would be waited for, and a device read without end."""

import stat
from pathlib import Path

from eiassess.errors import InvalidInputError


def require_regular(path: Path) -> None:
    """Refuse what is there and is no file, before anything opens it.

    Raises
    ------
    InvalidInputError
        It is a pipe, a device, a folder or a socket.
    OSError
        It is not there, or may not be looked at.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        message = f"{path}: is no file"
        raise InvalidInputError(message, "file")
