"""Pinned content: what a session was invited to sit, by digest, forever the same. No key comes from here."""

from sqlmodel import Session

from eiassess.banks.catalog import decode_pinned_bank, decode_pinned_form
from eiassess.domain.banks import QuestionBank
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.held import Held
from eiassess.errors import NotFoundError
from eiassess.persistence.tables import PinnedContentRecord

# Content never changes under its digest: it is read and decoded once, and serves every later request.
HELD_AT_MOST = 32
_FORMS: Held[str, AssessmentForm] = Held(HELD_AT_MOST)
_BANKS: Held[str, QuestionBank] = Held(HELD_AT_MOST)


def get_form(db: Session, digest: str) -> AssessmentForm:
    """Return a pinned form.

    Raises
    ------
    NotFoundError
        The database has no such form.
    """
    return _FORMS.get(digest, lambda: decode_pinned_form(read_content(db, digest)))


def get_bank(db: Session, digest: str) -> QuestionBank:
    """Return a pinned bank.

    Raises
    ------
    NotFoundError
        The database has no such bank.
    """
    return _BANKS.get(digest, lambda: decode_pinned_bank(read_content(db, digest)))


def read_content(db: Session, digest: str) -> str:
    """Return a form's or bank's canonical JSON as it is stored.

    Raises
    ------
    NotFoundError
        The database has no such content.
    """
    record = db.get(PinnedContentRecord, digest)
    if record is None:
        message = "The form or bank of this session is missing from the database"
        raise NotFoundError(message)
    return record.content
