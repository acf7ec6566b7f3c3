"""Estimates of errors: made at night or when an analyst says so, kept by digest, read where people are compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.error_estimates import PEOPLE_FOR_AN_ESTIMATE, ErrorEstimate
from eiassess.domain.held import Held
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import ErrorEstimateRecord, ScoreRecord
from eiassess.scoring.differences.estimating import estimate_errors
from eiassess.services.auditing.acting import note
from eiassess.services.content.pinned import get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.differences.drawing import keep_drawn, list_drawn_otherwise, place_sessions
from eiassess.services.differences.sittings import ScoresOf, list_scored, read_sat
from eiassess.services.jobs.queueing import queue_job

RENEW_JOB = "renew-error-estimates"
HELD_AT_MOST = 16
_ESTIMATES: Held[str, ErrorEstimate] = Held(HELD_AT_MOST)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When the estimate was made that nobody made: everybody has nothing but their own error."""


@dataclass(frozen=True)
class KeptEstimate:
    """An estimate on file: its digest, when it was made, and of how many people."""

    digest: str
    made_at: datetime
    n: int


def renew_estimates(database: Database, now: datetime) -> int:
    """Make new estimates of whatever people were scored from, and keep those that other people shape; count them.

    Lists draw what the estimates in use say from then on.
    """
    with database.reading() as db:
        scored = list_scored(db)
    n = sum(_renew(database, of, now) is not None for of in scored)
    draw_again(database)
    return n


def renew_estimate(database: Database, of: ScoresOf, now: datetime, made_by: str | None = None) -> KeptEstimate | None:
    """Make a new estimate and keep it; nothing is kept if the same people shape it as before, or fewer than ten do."""
    kept = _renew(database, of, now, made_by)
    draw_again(database)
    return kept


def draw_again(database: Database) -> int:
    """Let lists draw by the estimates in use whatever they draw by others, or by none, and count whom.

    Some at a time: whoever hands in meanwhile waits for none of the reckoning.
    """
    with database.reading() as db:
        scored = list_scored(db)
    return sum(_draw_again(database, of) for of in scored)


def _draw_again(database: Database, of: ScoresOf) -> int:
    n = 0
    while True:
        with database.reading() as db:
            estimate = estimate_in_use(db, of)
            drawn = place_sessions(db, of, list_drawn_otherwise(db, of, estimate), estimate)
        if not drawn:
            return n
        with database.writing() as db:
            keep_drawn(db, of, drawn)
        n += len(drawn)


def _renew(database: Database, of: ScoresOf, now: datetime, made_by: str | None = None) -> KeptEstimate | None:
    with database.reading() as db:
        made = _estimate(db, of, now)
        newest = _newest(db, of)
    if made.n < PEOPLE_FOR_AN_ESTIMATE or (newest is not None and _same_people(made, newest)):
        return None
    with database.writing() as db:
        db.add(_record(made, made_by))
        note(db, Target(ObjectKind.FORM, made.form_digest), Action.RENEW_ESTIMATES)
    return KeptEstimate(made.digest, made.made_at, made.n)


def _estimate(db: Session, of: ScoresOf, now: datetime) -> ErrorEstimate:
    people = tuple(read_sat(db, of).values())
    form, key = get_form(db, of.form_digest), get_key(db, of.key_digest)
    return estimate_errors(form, key, people, made_at=now, simulated=of.simulated)


def _same_people(one: ErrorEstimate, other: ErrorEstimate) -> bool:
    return (one.engine, one.members, one.uneven) == (other.engine, other.members, other.uneven)


def _record(made: ErrorEstimate, made_by: str | None) -> ErrorEstimateRecord:
    return ErrorEstimateRecord(
        digest=made.digest,
        form_digest=made.form_digest,
        key_digest=made.key_digest,
        simulated=made.simulated,
        n=made.n,
        made_at=made.made_at,
        made_by=made_by,
        content=made.json,
    )


def get_estimate(db: Session, of: ScoresOf, chosen: Sequence[str] = ()) -> ErrorEstimate:
    """Return the estimate in use within a transaction, or that of an earlier day.

    Parameters
    ----------
    chosen
        Digests of estimates: the one that is of these scores is taken, so that a comparison can be made as it was.
    """
    for digest in chosen:
        record = db.get(ErrorEstimateRecord, digest)
        if record is not None and _is_of(record, of):
            return ErrorEstimate.from_json(record.content)
    return _newest(db, of) or _of_nobody(db, of)


def _of_nobody(db: Session, of: ScoresOf) -> ErrorEstimate:
    form, key = get_form(db, of.form_digest), get_key(db, of.key_digest)
    return estimate_errors(form, key, (), made_at=NEVER, simulated=of.simulated)


def estimate_in_use(db: Session, of: ScoresOf) -> ErrorEstimate:
    """Return the estimate in use, decoded once; with none on file the one in which everybody has their own error."""
    return newest_estimate(db, of) or _of_nobody(db, of)


def newest_estimate(db: Session, of: ScoresOf) -> ErrorEstimate | None:
    """Return the estimate in use if one is on file; it is decoded once, for it names all who shape it."""
    digest = db.exec(_of(select(ErrorEstimateRecord.digest), of).limit(1)).first()
    if digest is None:
        return None
    return _ESTIMATES.get(digest, lambda: ErrorEstimate.from_json(db.get_one(ErrorEstimateRecord, digest).content))


def list_estimates(db: Session, of: ScoresOf) -> tuple[KeptEstimate, ...]:
    """List the estimates on file of these scores, the newest first."""
    record = ErrorEstimateRecord
    query = _of(select(record.digest, record.made_at, record.n), of)
    return tuple(KeptEstimate(*each) for each in db.exec(query))


def _newest(db: Session, of: ScoresOf) -> ErrorEstimate | None:
    found = db.exec(_of(select(ErrorEstimateRecord.content), of).limit(1)).first()
    return None if found is None else ErrorEstimate.from_json(found)


def _of(query: Any, of: ScoresOf) -> Any:  # noqa: ANN401 - selects of different columns
    record = ErrorEstimateRecord
    return query.where(
        record.form_digest == of.form_digest,
        record.key_digest == of.key_digest,
        col(record.simulated).is_(of.simulated),
    ).order_by(col(record.made_at).desc(), col(record.digest))


def _is_of(record: ErrorEstimateRecord, of: ScoresOf) -> bool:
    return ScoresOf(record.form_digest, record.key_digest, record.simulated) == of


def ask_for_renewal(database: Database, now: datetime) -> None:
    """Ask for the night's work, once a day (UTC) however often this is called, if anybody was scored at all."""
    with database.writing() as db:
        if db.exec(select(ScoreRecord.id).limit(1)).first() is not None:
            queue_job(db, RENEW_JOB, now, key=f"{RENEW_JOB} {now.astimezone(UTC):%Y-%m-%d}")
