"""What the demo's job asks of competencies, and another job that somebody tried, made up as its candidates are."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, select

from eiassess.domain.openings import ProfileRow
from eiassess.persistence.tables import OpeningRecord, UserRecord, WhatIfRecord, WhatIfWeightRecord
from eiassess.services.hiring.opening_records import settings_of, store_settings
from eiassess.services.identifiers import new_id

PROFILE = (
    ProfileRow("managing-emotions", 3, "Made up: half of all calls come from people who are upset.", 65, 90,
               "Made up: the range of the team that is there now."),
    ProfileRow("recovery", 3, "Made up: what went wrong is most of the work.", 60, 90,
               "Made up: less has led to second complaints."),
    ProfileRow("keeping-composure", 2, "Made up: evenings are busy."),
    ProfileRow("listening-with-compassion", 2, "Made up: there is time to listen here."),
    ProfileRow("speaking-up", 1, "Made up: the team wants to hear of what goes wrong.", 50, 85,
               "Made up: new people learn it in the first year."),
    ProfileRow("adapting-to-style", 1, "Made up: all kinds of people call."),
)  # fmt: skip


WHAT_IF = "A quiet desk"
WHY = "Made up: if calls went to another team, few of those who write would be upset."
QUIET = {"listening-with-compassion": 3, "adapting-to-style": 3, "speaking-up": 2, "recovery": 1}


def try_quiet_desk(db: Session, opening_id: str, recruiter: str, now: datetime) -> None:
    """Let a recruiter have kept other weights, within the caller's transaction."""
    user = db.exec(select(UserRecord).where(UserRecord.email == recruiter)).one().id
    kept = WhatIfRecord(id=new_id(), opening_id=opening_id, name=WHAT_IF, reason=WHY, kept_by=user, kept_at=now)
    db.add(kept)
    db.flush()
    db.add_all(
        WhatIfWeightRecord(what_if_id=kept.id, competency=competency, weight=weight)
        for competency, weight in QUIET.items()
    )


def ask_of_job(db: Session, opening_id: str) -> None:
    """Say what the opening's job asks, within the caller's transaction."""
    opening = db.get_one(OpeningRecord, opening_id)
    store_settings(db, opening, replace(settings_of(db, opening), profile=PROFILE))
