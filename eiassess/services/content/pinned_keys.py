"""Pinned keys, by digest, forever the same: in a module of their own, which nothing on the candidate's side imports."""

from sqlmodel import Session

from eiassess.banks.catalog import decode_pinned_key
from eiassess.domain.held import Held
from eiassess.domain.keys import ScoringKey
from eiassess.errors import NotFoundError
from eiassess.persistence.tables import PinnedKeyRecord

HELD_AT_MOST = 32
_KEYS: Held[str, ScoringKey] = Held(HELD_AT_MOST)


def get_key(db: Session, digest: str) -> ScoringKey:
    """Return a pinned key.

    Raises
    ------
    NotFoundError
        The database has no such key.
    """
    return _KEYS.get(digest, lambda: decode_pinned_key(read_key(db, digest)))


def read_key(db: Session, digest: str) -> str:
    """Return a key's canonical JSON as it is stored.

    Raises
    ------
    NotFoundError
        The database has no such key.
    """
    record = db.get(PinnedKeyRecord, digest)
    if record is None:
        message = "The scoring key of this session is missing from the database"
        raise NotFoundError(message)
    return record.content
