"""Outcomes for tests: who was hired, what was mailed of it, and a study with people in it."""

from datetime import UTC, datetime

import numpy as np

from eiassess.domain.deciding import DecisionStage
from eiassess.domain.outcomes import QUESTION_IDS, STUDY_DAYS
from eiassess.persistence.tables import (
    MessageRecord,
    StudyPersonRecord,
    WorkRatingRecord,
)
from eiassess.services import Database
from eiassess.services.deciding.decisions import Decision, move_candidates
from eiassess.services.identifiers import new_id
from eiassess.services.mailing.making import make_mail
from eiassess.services.mailing.sources import MailSources
from eiassess.services.upkeep.retention import delete_expired
from tests.hiring_story import LINKS, Invited, Story, after, rows
from tests.sittings import drawn, sat_by

HIRED = Decision(DecisionStage.HIRED, "Hanna Head", "Spoke best of complaints.")
GONE = Decision(DecisionStage.WITHDREW)
SOURCES = MailSources(LINKS, "help@example.org")
KEPT_UNTIL = datetime(2029, 11, 1, tzinfo=UTC)
"""The first of the month in which three years are over for whoever goes to the study in these tests."""
DUE = after(hours=2, days=90)
"""When whoever was hired in these tests may be rated."""
RATED = {"ownership": 4, "colleagues": 5}


def move(story: Story, decision: Decision, who: Invited, *, hours: float = 2) -> None:
    move_candidates(story.database, story.alice, story.opening, [who.session_id], decision, after(hours=hours))


def hired(story: Story, name: str = "Casey") -> Invited:
    who = story.submitted(name)
    move(story, HIRED, who)
    delete_expired(story.database, after(hours=3))
    return who


def mails(story: Story, kind: str) -> list[MessageRecord]:
    with story.database.reading() as db:
        found = [db.get_one(MessageRecord, row["id"]) for row in rows(story.database, "message") if row["kind"] == kind]
        db.expunge_all()
        return found


def text(story: Story, record: MessageRecord, now: datetime) -> str:
    with story.database.writing() as db:
        return make_mail(db, record, SOURCES, now).mail.text


def study(database: Database, n: int, *, simulated: bool = False, engine: str = "one", slope: float = 1.0) -> str:
    """Put people into the study whose work follows their score, with noise; return the form's digest."""
    digest = sat_by(database, drawn(1), title=f"{n} {engine}")
    key = rows(database, "opening")[-1]["key_digest"]
    drawn_by = np.random.default_rng(7)
    with database.writing() as db:
        for number in range(n):
            score = 40.0 + number * 40 / max(n, 1)
            person = StudyPersonRecord(
                id=new_id(), simulated=simulated, form_digest=digest, key_digest=key,
                engine=engine, overall=score, scores="{}", keep_until=after(days=STUDY_DAYS),
            )  # fmt: skip
            db.add(person)
            db.flush()
            for question in QUESTION_IDS:
                rating = 3 + slope * (score - 60) / 15 + drawn_by.normal()
                db.add(
                    WorkRatingRecord(person_id=person.id, question=question, rating=int(np.clip(round(rating), 1, 5)))
                )
    return digest
