"""An opening's settings as rows, and back."""

from sqlmodel import Session, col, delete, select

from eiassess.domain.deadlines import Deadline
from eiassess.domain.openings import Combination, OpeningSettings, ProfileRow, ScoreUse
from eiassess.persistence.tables import OpeningProfileRecord, OpeningRecord


def settings_of(db: Session, opening: OpeningRecord) -> OpeningSettings:
    """Return what was chosen for an opening."""
    return OpeningSettings(
        title=opening.title,
        text=opening.text,
        purpose=ScoreUse(opening.purpose),
        profile=profile_of(db, opening.id),
        deadline=deadline_of(opening),
        keep_days=opening.keep_days,
        contact=opening.contact,
        combination=Combination(opening.combination),
        hand_in_at_deadline=opening.hand_in_at_deadline,
        time_limit_minutes=opening.time_limit_minutes,
    )


def deadline_of(opening: OpeningRecord) -> Deadline | None:
    """Return an opening's deadline, if it has one."""
    return None if opening.deadline_at is None else Deadline(opening.deadline_at, opening.time_zone)


def profile_of(db: Session, opening_id: str) -> tuple[ProfileRow, ...]:
    """Return what was said of competencies, by their ids."""
    query = (
        select(OpeningProfileRecord)
        .where(OpeningProfileRecord.opening_id == opening_id)
        .order_by(col(OpeningProfileRecord.competency))
    )
    return tuple(
        ProfileRow(row.competency, row.weight, row.reason, row.expected_low, row.expected_high, row.expected_because)
        for row in db.exec(query)
    )


def store_settings(db: Session, opening: OpeningRecord, settings: OpeningSettings) -> None:
    """Write what was chosen into an opening; its profile is written anew."""
    opening.title, opening.text, opening.contact = settings.title, settings.text, settings.contact
    opening.purpose, opening.combination = settings.purpose.value, settings.combination.value
    opening.deadline_at = settings.deadline.at if settings.deadline else None
    opening.time_zone = settings.deadline.zone if settings.deadline else opening.time_zone
    opening.keep_days = settings.keep_days
    opening.hand_in_at_deadline = settings.hand_in_at_deadline
    opening.time_limit_minutes = settings.time_limit_minutes
    db.add(opening)
    db.exec(delete(OpeningProfileRecord).where(col(OpeningProfileRecord.opening_id) == opening.id))
    db.add_all(
        OpeningProfileRecord(
            opening_id=opening.id,
            competency=row.competency,
            weight=row.weight,
            reason=row.reason,
            expected_low=row.expected_low,
            expected_high=row.expected_high,
            expected_because=row.expected_because,
        )
        for row in settings.profile
    )
