"""Saving over what was saved before: the same content succeeds again, and what the page had not seen is refused."""

from datetime import datetime
from typing import Protocol

from eiassess.errors import RefusedError


class Revised(Protocol):
    """A row that is saved over and over; its revision only grows."""

    revision: int
    saved_at: datetime


def is_new_revision(
    record: Revised,
    seen: int,
    now: datetime,
    *,
    is_same: bool,
    stale: RefusedError,
    is_own: bool = False,
    at_least: int = 0,
) -> bool:
    """Count on a row's revision and tell that its new content is to be kept; or tell that the row has it already.

    A save that was repeated, since nobody heard of the first, succeeds and changes nothing.

    Parameters
    ----------
    record
        The row, with revision 0 if it was never saved.
    seen
        The revision that the page showed.
    now
        The time.
    is_same
        Whether the row has the content already.
    stale
        What to raise if something else was saved since the page was opened.
    is_own
        Whether that was saved by the same page, which heard nothing of it.
    at_least
        A number that the revision must reach, if the page counts what it sends.

    Raises
    ------
    RefusedError
        ``stale``: the page has not seen what the row has.
    """
    if is_same:
        return False
    if seen != record.revision and not is_own:
        raise stale
    record.revision = max(record.revision + 1, at_least)
    record.saved_at = now
    return True
