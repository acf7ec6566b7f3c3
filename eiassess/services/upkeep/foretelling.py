"""What will be deleted by itself, said beforehand: how many, and when the next go."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from eiassess.persistence.engine import Database
from eiassess.persistence.tables import ErasureHoldRecord, OpeningRecord
from eiassess.services.hiring.openings import require_member
from eiassess.services.upkeep.retention import endings

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Foretold:
    """What becomes of an opening's candidates as time goes by.

    Parameters
    ----------
    n_kept
        How many are stored now.
    n_due
        How many go the next time that is looked, within the hour.
    next_at
        When the next go after these; ``None`` if nobody does by themselves.
    n_next
        How many go on that day, by UTC.
    n_soon
        How many go within 30 days, these and those of the next day among them.
    n_held
        How many are held by a duty to keep records; they are in none of the other numbers but the first.
    """

    opening_id: str
    title: str
    n_kept: int
    n_due: int
    next_at: datetime | None
    n_next: int
    n_soon: int
    n_held: int


def foretell(database: Database, user_id: str, opening_id: str, now: datetime) -> Foretold:
    """Say what will be deleted of an opening.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    with database.reading() as db:
        require_member(db, opening_id, user_id)
        return _foretold(db, now, [opening_id], endings(db, opening_id=opening_id))[0]


def foretell_all(database: Database, now: datetime) -> tuple[Foretold, ...]:
    """Say what will be deleted of every opening that has candidates, for whoever runs the installation."""
    with database.reading() as db:
        found = endings(db)
        return _foretold(db, now, sorted({opening_id for _, opening_id, _ in found}), found)


def _foretold(
    db: Session, now: datetime, opening_ids: list[str], found: list[tuple[str, str, datetime]]
) -> tuple[Foretold, ...]:
    hold, opening = ErasureHoldRecord, OpeningRecord
    held = set(db.exec(select(hold.session_id).where(col(hold.until) > now)))
    titles = dict(db.exec(select(opening.id, opening.title)).all())
    return tuple(
        _of_one(each, titles[each], [(sitting, at) for sitting, of, at in found if of == each], held, now)
        for each in opening_ids
    )


def _of_one(opening_id: str, title: str, found: list[tuple[str, datetime]], held: set[str], now: datetime) -> Foretold:
    going = [at for sitting, at in found if sitting not in held]
    later = [at for at in going if at > now]
    next_at = min(later, default=None)
    return Foretold(
        opening_id,
        title,
        n_kept=len(found),
        n_due=len(going) - len(later),
        next_at=next_at,
        n_next=sum(next_at is not None and _day(at) == _day(next_at) for at in later),
        n_soon=sum(at <= now + SOON for at in going),
        n_held=len(found) - len(going),
    )


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()
