"""When a hiring manager looked last, so that the page can say who is new since the visit before."""

from datetime import datetime, timedelta

from eiassess.persistence.engine import Database
from eiassess.persistence.tables import ManagerVisitRecord

A_VISIT = timedelta(minutes=30)
"""Looks that are closer together than this are one visit, so that a reload does not make old what was new."""


def find_visit_before(database: Database, user_id: str, now: datetime) -> datetime | None:
    """Return when the visit before this one ended; nothing on the first visit."""
    with database.reading() as db:
        visit = db.get(ManagerVisitRecord, user_id)
        if visit is None:
            return None
        return visit.before_at if now - visit.looked_at < A_VISIT else visit.looked_at


def record_visit(database: Database, user_id: str, now: datetime) -> None:
    """Keep that a hiring manager looks now."""
    with database.writing() as db:
        visit = db.get(ManagerVisitRecord, user_id, with_for_update=True)
        if visit is None:
            db.add(ManagerVisitRecord(user_id=user_id, looked_at=now))
            return
        if now - visit.looked_at >= A_VISIT:
            visit.before_at = visit.looked_at
        visit.looked_at = now
        db.add(visit)
