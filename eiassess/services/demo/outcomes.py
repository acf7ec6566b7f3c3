"""A finished round in the demo's study, made up as its candidates are: scores without names, and ratings of work."""

from datetime import datetime

import numpy as np
from sqlmodel import Session, col, select

from eiassess.domain.outcomes import HIGHEST, LOWEST, QUESTION_IDS
from eiassess.persistence.tables import AssessmentSessionRecord, ScoreRecord, WorkRatingRecord
from eiassess.services.outcomes.study import study_person

SEED = 21
PEOPLE = 36
MIDDLE, PER_POINT, NOISE = 3.2, 0.03, 0.9
"""How the made-up ratings lie: they follow the score a little, and mostly not."""


def rate_some(db: Session, opening_id: str, now: datetime) -> None:
    """Put simulated people into the study with ratings, within the caller's transaction; no sitting is linked."""
    score, session = ScoreRecord, AssessmentSessionRecord
    scored = select(score).join(session).where(session.opening_id == opening_id, col(score.overall).is_not(None))
    found = db.exec(scored.order_by(col(score.overall)).limit(PEOPLE)).all()
    drawn = np.random.default_rng(SEED)
    for each in found:
        person = study_person(each, now, simulated=True)
        db.add(person)
        db.flush()
        own = MIDDLE + PER_POINT * (person.overall - 75) + NOISE * drawn.normal()
        for question, rating in draw_ratings(own, drawn).items():
            db.add(WorkRatingRecord(person_id=person.id, question=question, rating=rating))


def draw_ratings(own: float, drawn: np.random.Generator) -> dict[str, int]:
    """Draw a point for each question around what somebody's work is like."""
    return {each: int(np.clip(round(own + 0.5 * drawn.normal()), LOWEST, HIGHEST)) for each in QUESTION_IDS}
