"""Where the banks and keys of this installation are, without its database."""

import os
from pathlib import Path

from eiassess._resources import data_folder
from eiassess.config import Settings, settings_from_environment
from eiassess.errors import NotFoundError


def bank_settings() -> Settings:
    """Read the settings from the environment."""
    return settings_from_environment(os.environ, Path.cwd(), data_folder("question_banks"))


def chosen_key(wanted: str | None, keys: tuple[str, ...], used: frozenset[str]) -> str | None:
    """Choose a key: the one that is wanted, else the only one that there is or that the forms use.

    Raises
    ------
    NotFoundError
        There is no such key, or it has to be said which.
    """
    known = ", ".join(keys) or "none"
    if wanted is not None:
        if wanted in keys:
            return wanted
        message = f"The bank has no key {wanted!r}; keys here: {known}"
        raise NotFoundError(message)
    for candidates in (keys, tuple(key for key in keys if key in used)):
        if len(candidates) == 1:
            return candidates[0]
    if keys:
        message = f"The bank has several keys ({known}); say which with --key"
        raise NotFoundError(message)
    return None
