"""What candidates think of their sitting: a rating in two taps, a line, a scenario that they found unclear."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.requests import LINE_AT_MOST, RATINGS
from eiassess.errors import InvalidInputError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    ExperienceRatingRecord,
    OpeningRecord,
    ScenarioComplaintRecord,
)
from eiassess.services.content.pinned import get_form
from eiassess.services.hiring.invitations import require_open_session
from eiassess.services.hiring.openings import require_member

SHOWN_FROM = 5
"""So many have to have rated before anybody sees what they gave: of fewer, one could guess who gave what."""


@dataclass(frozen=True)
class OwnRating:
    """What a candidate gave."""

    rating: int
    line: str


@dataclass(frozen=True)
class ExperienceSummary:
    """What an opening's candidates gave; nothing but their number below five.

    Parameters
    ----------
    ratings
        Rating -> how often.
    lines
        What was written, in the order of the alphabet, so that no place tells who wrote it.
    """

    n: int
    ratings: Mapping[int, int]
    lines: tuple[str, ...]

    @property
    def is_shown(self) -> bool:
        """Whether enough have rated."""
        return self.n >= SHOWN_FROM

    @property
    def mean(self) -> float:
        """The mean rating; of none it is 0."""
        return sum(rating * times for rating, times in self.ratings.items()) / self.n if self.is_shown else 0.0


@dataclass(frozen=True)
class ComplainedScenario:
    """A scenario that candidates found unclear or unfair: work for whoever looks after the content."""

    form_digest: str
    form_title: str
    scenario_id: str
    number: int
    n: int
    lines: tuple[str, ...]


def rate_experience(database: Database, invitation_id: str, rating: int, line: str, now: datetime) -> None:
    """Keep how a candidate found it; the last rating counts.

    Raises
    ------
    LinkClosedError
        The link was closed.
    InvalidInputError
        It is no rating from 1 to 5, or the line is too long.
    """
    if rating not in RATINGS:
        message = "Choose one of the five answers"
        raise InvalidInputError(message, "rating")
    with database.writing() as db:
        session, _ = require_open_session(db, invitation_id, lock=True)
        record = ExperienceRatingRecord(session_id=session.id, rating=rating, line=_checked_line(line), rated_at=now)
        db.merge(record)


def complain_of_scenario(database: Database, invitation_id: str, number: int, line: str, now: datetime) -> None:
    """Keep that a candidate found a scenario of theirs unclear or unfair; the last word on each counts.

    Raises
    ------
    LinkClosedError
        The link was closed.
    InvalidInputError
        The form has no scenario of that number, or the line is too long.
    """
    with database.writing() as db:
        session, _ = require_open_session(db, invitation_id, lock=True)
        scenarios = get_form(db, session.form_digest).scenario_ids
        if not 1 <= number <= len(scenarios):
            message = f"Give the scenario's number, from 1 to {len(scenarios)}"
            raise InvalidInputError(message, "scenario")
        db.merge(
            ScenarioComplaintRecord(
                session_id=session.id, scenario_id=scenarios[number - 1], line=_checked_line(line), complained_at=now
            )
        )


def own_rating(db: Session, session_id: str) -> OwnRating | None:
    """Return what a candidate gave, if they did."""
    record = db.get(ExperienceRatingRecord, session_id)
    return None if record is None else OwnRating(record.rating, record.line)


def get_experience(database: Database, user_id: str, opening_id: str) -> ExperienceSummary:
    """Sum up what an opening's candidates gave.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    record, session = ExperienceRatingRecord, AssessmentSessionRecord
    with database.reading() as db:
        require_member(db, opening_id, user_id)
        found = db.exec(select(record).join(session).where(session.opening_id == opening_id)).all()
    if len(found) < SHOWN_FROM:
        return ExperienceSummary(len(found), {}, ())
    given = Counter(each.rating for each in found)
    lines = sorted(each.line for each in found if each.line)
    return ExperienceSummary(len(found), {rating: given[rating] for rating in RATINGS}, tuple(lines))


def list_complaints(database: Database) -> tuple[ComplainedScenario, ...]:
    """List the scenarios that candidates complained of, those of most first; nobody's name is among them."""
    record, session = ScenarioComplaintRecord, AssessmentSessionRecord
    query = (
        select(session.form_digest, record.scenario_id, record.line)
        .join(session)
        .join(OpeningRecord, col(OpeningRecord.id) == col(session.opening_id))
        .order_by(col(record.scenario_id), col(record.line))
    )
    with database.reading() as db:
        lines: dict[tuple[str, str], list[str]] = {}
        for form_digest, scenario_id, line in db.exec(query):
            lines.setdefault((form_digest, scenario_id), []).append(line)
        found = [_complained(db, *place, written) for place, written in lines.items()]
        return tuple(sorted(found, key=lambda each: (-each.n, each.form_title, each.number)))


def _complained(db: Session, form_digest: str, scenario_id: str, lines: list[str]) -> ComplainedScenario:
    form = get_form(db, form_digest)
    number = form.scenario_ids.index(scenario_id) + 1
    return ComplainedScenario(
        form_digest, form.title, scenario_id, number, len(lines), tuple(line for line in lines if line)
    )


def _checked_line(line: str) -> str:
    line = " ".join(line.split())
    if len(line) > LINE_AT_MOST:
        message = f"Shorten this to at most {LINE_AT_MOST} characters; it has {len(line)}"
        raise InvalidInputError(message, "line")
    return line
