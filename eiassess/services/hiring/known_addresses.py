"""Who of a list is known already: invited to this opening, or lately sat its form in another that the asker may see."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from eiassess.domain.openings import MemberPart
from eiassess.domain.sessions import SessionState
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    OpeningMemberRecord,
    OpeningRecord,
)
from eiassess.services.content.pinned import get_form
from eiassess.services.hiring.ends import who_is_expected
from eiassess.services.people.addresses import email_key

SAT_LATELY = timedelta(days=183)
"""Six months: who sits the same scenarios again within them, or their twins, has practised."""
AT_ONCE = 500

_SAT = "sat the same form less than six months ago and has practised"
_SAT_ITS_TWIN = "sat a form less than six months ago that shares scenarios or their options with this one"

Known = Mapping[str, tuple[str, str]]
"""By what spellings of an address have in common: what is added to the address, and what is said of it."""


def invited_here(db: Session, opening_id: str, now: datetime) -> Known:
    """Return everybody whom an opening has invited."""
    candidate, session = CandidateRecord, AssessmentSessionRecord
    query = (
        select(candidate, session)
        .join(session, col(session.candidate_id) == col(candidate.id))
        .where(candidate.opening_id == opening_id)
    )
    found = db.exec(query).all()
    expected = who_is_expected(db, [sitting for _, sitting in found], now)
    return {
        each.email_key or email_key(each.email): (
            f"candidate {each.number}",
            _state(sitting, is_open=sitting.id in expected),
        )
        for each, sitting in found
    }


def _state(session: AssessmentSessionRecord, *, is_open: bool) -> str:
    if session.state == SessionState.SUBMITTED:
        return "has handed in here already; take the row out"
    if session.withdrawn_at is not None:
        return "was invited here and is withdrawn; if they are to come back, invite them alone"
    if is_open:
        return "is invited here already; take the row out"
    return "was invited here and the link has ended; invite them alone for a new link to what they have"


def sat_lately(db: Session, opening: OpeningRecord, keys: Collection[str], user_id: str | None, now: datetime) -> Known:
    """Return who sat an opening's form within six months in another opening.

    Parameters
    ----------
    user_id
        Whose openings are looked at; of others nothing is said. ``None`` is whoever runs the installation.
    """
    wanted = get_form(db, opening.form_digest)
    found = {}
    for key, title, sat, digest in _sittings(db, opening.id, sorted(keys), user_id, now - SAT_LATELY):
        form = get_form(db, digest)
        if form.digest == wanted.digest:
            found[key] = (f"{title}, {sat:%Y-%m-%d}", _SAT)
        elif wanted.repeats(form):
            found.setdefault(key, (f"{title}, {sat:%Y-%m-%d}", _SAT_ITS_TWIN))
    return found


def _sittings(
    db: Session, opening_id: str, keys: list[str], user_id: str | None, since: datetime
) -> Iterator[tuple[str, str, datetime, str]]:
    candidate, session = CandidateRecord, AssessmentSessionRecord
    query = (
        select(candidate.email_key, OpeningRecord.title, session.submitted_at, session.form_digest)
        .join(session, col(session.candidate_id) == col(candidate.id))
        .join(OpeningRecord, col(OpeningRecord.id) == col(candidate.opening_id))
        .where(candidate.opening_id != opening_id, col(session.submitted_at) > since)
        .order_by(col(session.submitted_at))
    )
    if user_id is not None:
        theirs = select(OpeningMemberRecord.opening_id).where(
            OpeningMemberRecord.user_id == user_id, OpeningMemberRecord.part == MemberPart.RECRUITS
        )
        query = query.where(col(candidate.opening_id).in_(theirs))
    for start in range(0, len(keys), AT_ONCE):
        yield from db.exec(query.where(col(candidate.email_key).in_(keys[start : start + AT_ONCE])))  # type: ignore[misc]  # all four are filled here
