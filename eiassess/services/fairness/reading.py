"""What analysts see of voluntary answers: sums as they were made, of openings in which they have no part themselves."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, select

from eiassess.domain.fairness import FairnessQuestions
from eiassess.domain.forms import AssessmentForm
from eiassess.errors import NotFoundError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    FairnessPageRecord,
    FormerContactRecord,
    FormerMemberRecord,
    OpeningMemberRecord,
    OpeningRecord,
    ShareLinkRecord,
)
from eiassess.scoring.samples.fairness.sums import FairnessSums
from eiassess.services.content.pinned import get_form
from eiassess.services.fairness.pages import read_questions
from eiassess.services.fairness.sums import find_sums


@dataclass(frozen=True)
class OpeningSums:
    """An opening with its questions and the sums as they were made last; ``None`` as long as too few have answered."""

    opening_id: str
    title: str
    simulated: bool
    asks: bool
    person: str
    form: AssessmentForm
    asked: FairnessQuestions
    sums: FairnessSums | None
    made_on: date | None


def list_openings_with_sums(database: Database, user_id: str) -> tuple[OpeningSums, ...]:
    """List openings that ask or asked voluntary questions and in which whoever looks has no part, by title."""
    opening, page = OpeningRecord, FairnessPageRecord
    query = (
        select(page, opening)
        .join(opening, col(opening.id) == col(page.opening_id))
        .where(_has_no_part(user_id))
        .order_by(col(opening.title), col(opening.id))
    )
    with database.reading() as db:
        return tuple(_with_sums(db, *each) for each in db.exec(query).all())


def get_opening_sums(database: Database, user_id: str, opening_id: str) -> OpeningSums:
    """Return one opening's sums.

    Whoever works on an opening knows its people and their scores, and could tell more from sums than they say: to them
    there is none.

    Raises
    ------
    NotFoundError
        There is no such opening, or it never asked, or whoever looks has or had a part in it.
    """
    opening, page = OpeningRecord, FairnessPageRecord
    query = (
        select(page, opening)
        .join(opening, col(opening.id) == col(page.opening_id))
        .where(opening.id == opening_id, _has_no_part(user_id))
    )
    with database.reading() as db:
        found = db.exec(query).first()
        if found is None:
            message = "There are no sums of such an opening for you"
            raise NotFoundError(message)
        return _with_sums(db, *found)


def _has_no_part(user_id: str) -> ColumnElement[bool]:
    """Whether somebody has and had no part in an opening, was given no link to its people, and did not let it ask."""
    member, former, contact = OpeningMemberRecord, FormerMemberRecord, FormerContactRecord
    link, page = ShareLinkRecord, FairnessPageRecord
    parts = (
        select(member.opening_id).where(member.user_id == user_id),
        select(former.opening_id).where(former.user_id == user_id),
        select(contact.opening_id).where(contact.user_id == user_id),
        select(link.opening_id).where(link.given_to == user_id),
        select(page.opening_id).where(page.switched_by == user_id),
    )
    return and_(*(col(OpeningRecord.id).not_in(each) for each in parts))


def _with_sums(db: Session, page: FairnessPageRecord, opening: OpeningRecord) -> OpeningSums:
    made = find_sums(db, opening.id)
    return OpeningSums(
        opening.id,
        opening.title,
        opening.simulated,
        page.asks,
        page.person,
        get_form(db, opening.form_digest),
        read_questions(page.questions),
        made.sums if made else None,
        made.made_on if made else None,
    )
