"""Doing what a form asks for once, however often the form is posted: by a double click, or by going back to it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from eiassess.errors import RefusedError
from eiassess.persistence.engine import upsert
from eiassess.persistence.tables import DoneOnceRecord
from eiassess.services.identifiers import hash_token

REMEMBERED = timedelta(days=30)


class AlreadyDoneError(RefusedError):
    """The same form was posted before and worked off."""

    def __init__(self, at: datetime) -> None:
        super().__init__("This was done already")
        self.at = at


def require_first_time(db: Session, form: str, asked: Iterable[str], now: datetime) -> None:
    """Note that a form is worked off, within the transaction that does what it asks for.

    Whoever posts the same at the same time waits for the first, and sees its note.

    Parameters
    ----------
    form
        A value made when the form was shown, new each time; empty if there is no form, and then nothing is looked up.
    asked
        All that it asks for: going back and asking the same form for something else is something else.

    Raises
    ------
    AlreadyDoneError
        It was worked off before.
    """
    if not form:
        return
    key = hash_token("\n".join((form, *asked)))
    noted = upsert(db, DoneOnceRecord).values(key=key, done_at=now).on_conflict_do_nothing(index_elements=["key"])
    if db.connection().execute(noted.returning(col(DoneOnceRecord.key))).first() is None:
        raise AlreadyDoneError(db.get_one(DoneOnceRecord, key).done_at)
    db.connection().execute(delete(DoneOnceRecord).where(col(DoneOnceRecord.done_at) < now - REMEMBERED))
