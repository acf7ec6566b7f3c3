"""Notes about candidates: whoever writes one signs it, and none is changed."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.deciding import WORDS_AT_MOST, Note
from eiassess.errors import InvalidInputError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import CandidateNoteRecord, UserRecord
from eiassess.services.deciding.deciders import require_decider
from eiassess.services.hiring.openings import get_session_record
from eiassess.services.identifiers import new_id
from eiassess.services.once import require_first_time


def write_note(database: Database, user_id: str, session_id: str, words: str, now: datetime, *, form: str = "") -> None:
    """Keep a note about a candidate.

    Raises
    ------
    AlreadyDoneError
        The same form was worked off before.
    InvalidInputError
        It is empty or too long.
    NotFoundError
        There is no such candidate in an opening of this person.
    RefusedError
        They are the contact for adjustments.
    """
    words = words.replace("\r\n", "\n").strip()
    if not 1 <= len(words) <= WORDS_AT_MOST:
        message = f"Write a note of 1 to {WORDS_AT_MOST} characters; it has {len(words)}"
        raise InvalidInputError(message, "words")
    with database.writing() as db:
        session = get_session_record(db, session_id, locked=True)
        require_decider(db, session.opening_id, user_id)
        require_first_time(db, form, ("note", session_id, words), now)
        db.add(CandidateNoteRecord(id=new_id(), session_id=session_id, words=words, author_id=user_id, written_at=now))


def notes_of(db: Session, session_ids: Collection[str]) -> dict[str, tuple[Note, ...]]:
    """Return the notes about candidates, the newest first; by session, of all in one query."""
    note = CandidateNoteRecord
    query = (
        select(note, UserRecord.name)
        .join(UserRecord, col(UserRecord.id) == col(note.author_id))
        .where(col(note.session_id).in_(session_ids))
        .order_by(col(note.written_at).desc(), col(note.id).desc())
    )
    found: dict[str, list[Note]] = {each: [] for each in session_ids}
    for each, author in db.exec(query):
        found[each.session_id].append(Note(each.words, author, each.written_at))
    return {each: tuple(notes) for each, notes in found.items()}
