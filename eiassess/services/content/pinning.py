"""Copies, by digest, of what is to be sat or rated: a form with its key and bank as they are today."""

from datetime import datetime

from sqlmodel import Session

from eiassess.banks.catalog import LoadedForm
from eiassess.domain.digests import digest_of
from eiassess.persistence.engine import upsert
from eiassess.persistence.tables import PinnedContentRecord, PinnedKeyRecord
from eiassess.services.content.pinned import get_bank, get_form, read_content
from eiassess.services.content.pinned_keys import get_key, read_key
from eiassess.services.content.versions import require_unchanged_versions


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
    """Return a form with its key and bank as they were pinned, to be pinned for something else too.

    Raises
    ------
    NotFoundError
        The database lacks one of them.
    """
    form, bank, key = get_form(db, form_digest), get_bank(db, bank_digest), get_key(db, key_digest)
    form_json, bank_json, key_json = (
        read_content(db, form_digest),
        read_content(db, bank_digest),
        read_key(db, key_digest),
    )
    return LoadedForm(form, bank, key, form_json, bank_json, key_json)
