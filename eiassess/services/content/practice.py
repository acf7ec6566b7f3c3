"""The try-out: practice scenarios in every format for anybody, without an invitation. No key leaves this module."""

from functools import lru_cache
from pathlib import Path

from eiassess.banks.catalog import find_form, load_form
from eiassess.domain.forms import AssessmentForm
from eiassess.errors import NotFoundError

PRACTICE_FORM = "practice"
"""The name of the form that a bank offers for it."""


def has_practice_form(folders: tuple[Path, ...]) -> bool:
    """Tell whether a bank offers the try-out; whether its files can be used, one sees when it is opened."""
    try:
        find_form(PRACTICE_FORM, folders)
    except NotFoundError:
        return False
    return True


@lru_cache(maxsize=4)
def get_practice_form(folders: tuple[Path, ...], key_folders: tuple[Path, ...] = ()) -> AssessmentForm:
    """Return the form ``practice`` of the first bank that has one; read once, as anybody may ask for it at any rate.

    Raises
    ------
    NotFoundError
        No bank has one.
    BankError
        A file of that bank cannot be used.
    """
    return load_form(PRACTICE_FORM, folders, key_folders=key_folders).form
