"""Asking for work, in the transaction of what it is about."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col

from eiassess.domain.job_states import JobState
from eiassess.persistence.engine import upsert, wake_when_committed
from eiassess.persistence.tables import JobRecord
from eiassess.services.identifiers import new_id

NOTHING: Mapping[str, str] = {}


def queue_job(
    db: Session,
    kind: str,
    now: datetime,
    *,
    values: Mapping[str, str] = NOTHING,
    opening_id: str | None = None,
    key: str | None = None,
    due_at: datetime | None = None,
) -> str | None:
    """Ask for a piece of work within the caller's transaction; return its id.

    Parameters
    ----------
    kind
        The name of its handler in ``eiassess.worker.handlers``.
    values
        What the handler is given; nothing personal, since the row is kept until somebody deletes it.
    opening_id
        The opening on whose page it is seen, if any.
    key
        If a job with this key was ever asked for, nothing is asked for, and nothing is returned.
    due_at
        When it is to be done; at once if not given.
    """
    row = upsert(db, JobRecord).values(
        id=new_id(),
        kind=kind,
        key=key,
        opening_id=opening_id,
        given=json.dumps(dict(values)),
        state=JobState.WAITING.value,
        tries=0,
        fence=0,
        done=0,
        total=0,
        words="",
        created_at=now,
        due_at=due_at or now,
    )
    made = row.on_conflict_do_nothing(index_elements=["key"]).returning(col(JobRecord.id))
    found = db.connection().execute(made).first()
    wake_when_committed(db)
    return None if found is None else str(found[0])
