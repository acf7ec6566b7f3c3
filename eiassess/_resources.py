"""Where the data folders lie: beside the package in a checkout, inside it in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Return the folder ``question_banks``, ``templates`` or ``reports``.

    Raises
    ------
    FileNotFoundError
        The installation is incomplete.
    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    message = f"The folder {name!r} is missing from this installation of EIAssess; install it again."
    raise FileNotFoundError(message)
