"""Pinned content: what a session was invited to sit, by digest, forever the same."""

from datetime import datetime
from functools import lru_cache

from sqlmodel import Session

from eiassess.banks.catalog import LoadedForm, decode_pinned_bank, decode_pinned_form, decode_pinned_key
from eiassess.banks.digests import digest_of
from eiassess.domain.banks import QuestionBank
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.errors import NotFoundError
from eiassess.persistence.engine import upsert
from eiassess.persistence.tables import PinnedContentRecord, PinnedKeyRecord
from eiassess.services.versions import require_unchanged_versions


def pin_content(db: Session, loaded: LoadedForm, now: datetime) -> tuple[str, str, str]:
    """Keep copies of a form, its key and its bank.

    Returns
    -------
    tuple
        The digests of form, key and bank.

    Raises
    ------
    RefusedError
        A version of the form, of the key or of a scenario was sat with other content.
    """
    require_unchanged_versions(db, loaded)
    bank_digest = digest_of(loaded.bank_json)
    for digest, kind, content in (
        (loaded.form.digest, "form", loaded.form_json),
        (bank_digest, "bank", loaded.bank_json),
    ):
        new = upsert(db, PinnedContentRecord).values(digest=digest, kind=kind, content=content, pinned_at=now)
        db.connection().execute(new.on_conflict_do_nothing())
    key = upsert(db, PinnedKeyRecord).values(digest=loaded.key.digest, content=loaded.key_json, pinned_at=now)
    db.connection().execute(key.on_conflict_do_nothing())
    return loaded.form.digest, loaded.key.digest, bank_digest


def get_pinned(db: Session, form_digest: str, key_digest: str, bank_digest: str) -> LoadedForm:
    """Return a form with its key and bank as they were pinned, to be pinned for something else too."""
    form_json, bank_json = _content(db, form_digest), _content(db, bank_digest)
    key_json = db.get_one(PinnedKeyRecord, key_digest).content
    form, bank, key = get_form(db, form_digest), get_bank(db, bank_digest), get_key(db, key_digest)
    return LoadedForm(form, bank, key, form_json, bank_json, key_json)


def get_form(db: Session, digest: str) -> AssessmentForm:
    """Return a pinned form."""
    return _decoded_form(digest, _content(db, digest))


def get_bank(db: Session, digest: str) -> QuestionBank:
    """Return a pinned bank."""
    return _decoded_bank(digest, _content(db, digest))


def get_key(db: Session, digest: str) -> ScoringKey:
    """Return a pinned key."""
    record = db.get(PinnedKeyRecord, digest)
    if record is None:
        message = "The scoring key of this session is missing from the database"
        raise NotFoundError(message)
    return _decoded_key(digest, record.content)


def _content(db: Session, digest: str) -> str:
    record = db.get(PinnedContentRecord, digest)
    if record is None:
        message = "The form or bank of this session is missing from the database"
        raise NotFoundError(message)
    return record.content


# Content never changes under its digest, so what was decoded once serves every later request.
@lru_cache(maxsize=32)
def _decoded_form(digest: str, content: str) -> AssessmentForm:
    del digest
    return decode_pinned_form(content)


@lru_cache(maxsize=32)
def _decoded_bank(digest: str, content: str) -> QuestionBank:
    del digest
    return decode_pinned_bank(content)


@lru_cache(maxsize=32)
def _decoded_key(digest: str, content: str) -> ScoringKey:
    del digest
    return decode_pinned_key(content)
