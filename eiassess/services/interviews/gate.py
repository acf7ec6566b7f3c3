"""Who reads whose ratings: nobody before giving their own, and what is given after reading is marked so."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.interviews import INTERVIEWING, InterviewRating
from eiassess.domain.openings import MemberPart
from eiassess.errors import NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    InterviewerRecord,
    InterviewRatingRecord,
    InterviewRecord,
    OpeningMemberRecord,
    RatingsReadRecord,
    UserRecord,
)
from eiassess.services.hiring.openings import get_session_record


@dataclass(frozen=True)
class Sight:
    """What somebody may see of others' ratings of a candidate.

    Parameters
    ----------
    owes
        Whether they are named for an interview and have not given their own ratings for it.
    others_rated
        Whether anybody else rated.
    has_read
        Whether they asked to read others' ratings before.
    """

    owes: bool
    others_rated: bool
    has_read: bool

    @property
    def can_ask(self) -> bool:
        """Whether others' ratings are there to be read and open to them, and not yet read."""
        return self.others_rated and not self.owes and not self.has_read

    @property
    def sees(self) -> bool:
        """Whether others' ratings are shown to them."""
        return self.others_rated and not self.owes and self.has_read


def sight_of(db: Session, session_id: str, user_id: str) -> Sight:
    """Return what somebody may see of others' ratings of a candidate."""
    rating = InterviewRatingRecord
    others = select(rating.id).where(rating.session_id == session_id, rating.rater_id != user_id)
    return Sight(
        bool(owed_interviews(db, user_id, session_id)),
        db.exec(others.limit(1)).first() is not None,
        db.get(RatingsReadRecord, (session_id, user_id)) is not None,
    )


def owed_interviews(db: Session, user_id: str, session_id: str | None = None) -> tuple[str, ...]:
    """List the interviews that somebody is named for and gave no ratings for, of one candidate or of all.

    For whoever withdrew nothing is owed: nobody can rate them any more.
    """
    interview, named, rating = InterviewRecord, InterviewerRecord, InterviewRatingRecord
    session = AssessmentSessionRecord
    given = select(rating.id).where(
        col(rating.interview_id) == col(named.interview_id), col(rating.rater_id) == col(named.user_id)
    )
    query = (
        select(interview.id)
        .join(named, col(named.interview_id) == col(interview.id))
        .join(session, col(session.id) == col(interview.session_id))
        .where(
            named.user_id == user_id,
            col(interview.called_off_at).is_(None),
            col(session.withdrawn_at).is_(None),
            ~given.exists(),
        )
    )
    if session_id is not None:
        query = query.where(interview.session_id == session_id)
    return tuple(db.exec(query))


def visible_ratings(db: Session, session_id: str, user_id: str) -> tuple[InterviewRating, ...]:
    """List the ratings of a candidate that somebody may see: all or none, and their own are among all."""
    return all_ratings(db, session_id) if sight_of(db, session_id, user_id).sees else ()


def all_ratings(db: Session, session_id: str) -> tuple[InterviewRating, ...]:
    """List all ratings of a candidate, whoever may see them, in the order in which they were given."""
    rating = InterviewRatingRecord
    query = (
        select(rating, InterviewRecord.number, UserRecord.name)
        .join(InterviewRecord, col(InterviewRecord.id) == col(rating.interview_id))
        .join(UserRecord, col(UserRecord.id) == col(rating.rater_id))
        .where(rating.session_id == session_id)
        .order_by(col(InterviewRecord.number), col(rating.rated_at), col(rating.number), col(rating.id))
    )
    return tuple(
        InterviewRating(
            number, each.rater_id, name, each.competency, each.number, each.rating, each.note, each.blind, each.rated_at
        )
        for each, number, name in db.exec(query)
    )


def read_ratings(database: Database, user_id: str, session_id: str, now: datetime) -> None:
    """Note that somebody reads others' ratings of a candidate from now on.

    Raises
    ------
    NotFoundError
        There is no such candidate, or they neither recruit for the opening nor interview the candidate.
    RefusedError
        They have not given their own ratings yet, or nobody else gave any.
    """
    with database.writing() as db:
        session = get_session_record(db, session_id, locked=True)  # whoever rates waits, so that blind is blind
        require_near(db, session, user_id)
        sight = sight_of(db, session_id, user_id)
        if sight.owes:
            message = "Give your own ratings first; then you can read the others'"
            raise RefusedError(message)
        if not sight.others_rated:
            message = "Nobody else has rated yet, so there is nothing to read"
            raise RefusedError(message)
        if not sight.has_read:
            db.add(RatingsReadRecord(session_id=session_id, user_id=user_id, read_at=now))


def require_near(db: Session, session: AssessmentSessionRecord, user_id: str) -> None:
    """Pass whoever recruits for a candidate's opening, or is a member of it and named to interview the candidate.

    Raises
    ------
    NotFoundError
        They are neither: what is not theirs does not exist for them.
    """
    if part_for_interviews(db, session.opening_id, user_id) is MemberPart.RECRUITS:
        return
    named = InterviewerRecord
    mine = select(named.interview_id).where(named.session_id == session.id, named.user_id == user_id)
    if db.exec(mine.limit(1)).first() is None:
        message = "There is no such candidate"
        raise NotFoundError(message)


def part_for_interviews(db: Session, opening_id: str, user_id: str) -> MemberPart:
    """Return the part by which somebody may interview for an opening: that of a recruiter, if they have it.

    Raises
    ------
    NotFoundError
        They have none.
    """
    member = OpeningMemberRecord
    held = db.exec(select(member.part).where(member.opening_id == opening_id, member.user_id == user_id)).all()
    for part in INTERVIEWING:
        if part in held:
            return part
    message = "There is no such interview"
    raise NotFoundError(message)
