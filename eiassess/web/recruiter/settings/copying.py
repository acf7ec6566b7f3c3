"""A new opening that takes over what an earlier one had: all but its people and its date."""

from dataclasses import replace

from flask_security import current_user

from eiassess.banks.catalog import LoadedForm
from eiassess.domain.openings import OpeningSettings
from eiassess.services.hiring.opening_settings import OpeningDetails, copied_settings, fitting, get_opening
from eiassess.web.shell.context import database


def copied(opening_id: str) -> OpeningDetails | None:
    """Return the opening that is copied, if one is.

    Raises
    ------
    NotFoundError
        It is none of whoever asks.
    """
    return get_opening(database(), current_user.id, opening_id) if opening_id else None


def starting_settings(title: str, earlier: OpeningDetails | None, loaded: LoadedForm) -> OpeningSettings:
    """Return the settings that an opening begins with: plain ones, or those of the earlier one that fit its form."""
    if earlier is None:
        return OpeningSettings(title)
    return replace(fitting(copied_settings(earlier.settings), loaded), title=title)
