"""Links to the demo's released candidates: two that open, one that has ended and one that was revoked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    SharedCandidateRecord,
    SharedViewRecord,
    ShareLinkRecord,
    UserRecord,
)
from eiassess.services.links import LinkMaker, LinkPurpose


@dataclass(frozen=True)
class MadeUpLink:
    """A link that somebody made.

    ``revoked_after`` are hours, ``seen`` says whether the manager has looked through it, ``named`` whether it is for
    one person by name, who is a manager, instead of for all who manage the opening.
    """

    days_ago: int
    valid_days: int
    people: range
    named: bool = False
    seen: bool = False
    revoked_after: int | None = None


LINKS = (
    MadeUpLink(1, 14, range(5), seen=True),
    MadeUpLink(2, 30, range(2), named=True),
    MadeUpLink(5, 14, range(3), revoked_after=3),
    MadeUpLink(6, 3, range(2), seen=True),
)


@dataclass(frozen=True)
class Sharers:
    """Whose e-mail addresses take part: who made the links, and who looked, to whom one is given by name."""

    recruiter: str
    manager: str


def share_some(db: Session, links: LinkMaker, opening_id: str, who: Sharers, now: datetime) -> None:
    """Let a recruiter have shared released candidates, within the caller's transaction."""
    people = {each.email: each.id for each in db.exec(select(UserRecord))}
    session = AssessmentSessionRecord
    query = select(session.id).join(CandidateRecord).where(session.opening_id == opening_id)
    released = db.exec(query.where(col(session.released_at).is_not(None)).order_by(col(CandidateRecord.number))).all()
    for each in LINKS:
        made = now - timedelta(days=each.days_ago)
        fresh = links.fresh(LinkPurpose.SHARE, made, each.valid_days)
        revoked = None if each.revoked_after is None else made + timedelta(hours=each.revoked_after)
        db.add(
            ShareLinkRecord(
                id=fresh.row_id, opening_id=opening_id, token_hash=fresh.token_hash,
                given_to=people[who.manager] if each.named else None, created_at=made, created_by=people[who.recruiter],
                expires_at=fresh.expires_at, revoked_at=revoked,
            )
        )  # fmt: skip
        db.flush()
        shown = [released[place] for place in each.people]
        db.add_all(SharedCandidateRecord(link_id=fresh.row_id, session_id=one) for one in shown)
        if each.seen:
            at = made + timedelta(hours=2)
            db.add_all(
                SharedViewRecord(
                    link_id=fresh.row_id, session_id=one, user_id=people[who.manager], day=f"{at:%Y-%m-%d}", at=at
                )
                for one in shown
            )
