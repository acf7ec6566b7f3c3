"""What the demo's job asks of competencies, made up as its candidates are."""

from dataclasses import replace

from sqlmodel import Session

from eiassess.domain.openings import ProfileRow
from eiassess.persistence.tables import OpeningRecord
from eiassess.services.hiring.opening_records import settings_of, store_settings

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


def ask_of_job(db: Session, opening_id: str) -> None:
    """Say what the opening's job asks, within the caller's transaction."""
    opening = db.get_one(OpeningRecord, opening_id)
    store_settings(db, opening, replace(settings_of(db, opening), profile=PROFILE))
