"""A duty to keep a candidate's records: a named person says why and until when, and the candidate can read it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from eiassess.domain.erasures import HOLD_REASON_AT_MOST, HOLD_YEARS_AT_MOST
from eiassess.errors import InvalidInputError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import ErasureHoldRecord
from eiassess.services.people.accounts import checked_name
from eiassess.services.privacy.reaching import reach


@dataclass(frozen=True)
class Duty:
    """A duty to keep records, as somebody states it.

    Parameters
    ----------
    person
        Who answers for it.
    reason
        What the duty is.
    last_day
        The last day on which they are kept, such as 2027-06-30, by UTC.
    """

    person: str
    reason: str
    last_day: str


def hold_records(database: Database, user_id: str | None, session_id: str, duty: Duty, now: datetime) -> None:
    """Keep a candidate's records through a day, whoever wants them erased; another duty takes the place of an earlier.

    ``user_id`` is who records it; empty for whoever runs the installation.

    Raises
    ------
    InvalidInputError
        No person or reason is named, or the day is none, is over, or is too far away.
    NotFoundError
        There is no such candidate in an opening of this person.
    """
    person, reason = checked_name(duty.person, "person"), " ".join(duty.reason.split())
    if not 1 <= len(reason) <= HOLD_REASON_AT_MOST:
        message = f"Say in 1 to {HOLD_REASON_AT_MOST} characters why the records have to be kept"
        raise InvalidInputError(message, "reason")
    until = _end_of(duty.last_day, now)
    with database.writing() as db:
        session, _, _ = reach(db, user_id, session_id, locked=True)
        hold = db.get(ErasureHoldRecord, session.id)
        if hold is None:
            hold = ErasureHoldRecord(
                session_id=session.id, person=person, reason=reason, until=until, made_by=user_id, made_at=now
            )
        hold.person, hold.reason, hold.until, hold.made_by, hold.made_at = person, reason, until, user_id, now
        db.add(hold)


def end_hold(database: Database, user_id: str | None, session_id: str) -> None:
    """End a duty before its day; a wish to erase that waited is carried out within the hour.

    Raises
    ------
    NotFoundError
        There is no such candidate in an opening of this person.
    """
    with database.writing() as db:
        session, _, _ = reach(db, user_id, session_id, locked=True)
        hold = db.get(ErasureHoldRecord, session.id)
        if hold is not None:
            db.delete(hold)


def _end_of(last_day: str, now: datetime) -> datetime:
    try:
        day = date.fromisoformat(last_day.strip())
        end = datetime.combine(day + timedelta(days=1), time(), UTC)
    except (ValueError, OverflowError):
        message = "Give the last day of keeping as a date, such as 2027-06-30"
        raise InvalidInputError(message, "last_day") from None
    if end <= now:
        message = "This day is over: give one that lies ahead"
        raise InvalidInputError(message, "last_day")
    if day.year - now.year > HOLD_YEARS_AT_MOST:
        message = f"Records can be held for at most {HOLD_YEARS_AT_MOST} years"
        raise InvalidInputError(message, "last_day")
    return end
