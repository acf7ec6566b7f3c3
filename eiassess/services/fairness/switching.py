"""Whether an opening asks voluntary questions after handing in: chosen before anybody is invited, by a named person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from eiassess.domain.fairness import PERSON_AT_MOST, FairnessQuestions, LabelRules, checked_questions
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    FairnessAnswerRecord,
    FairnessPageRecord,
    FairnessSumsRecord,
    UserRecord,
)
from eiassess.psychometrics import says_nothing, spelling
from eiassess.services.fairness.pages import lock_page, read_questions, written_questions
from eiassess.services.hiring.opening_settings import changeable_opening, count_invited
from eiassess.services.hiring.openings import require_member


@dataclass(frozen=True)
class OpeningFairness:
    """What an opening's page on it shows; ``asked`` is ``None`` if nothing was ever chosen, ``asks`` what stands."""

    opening_id: str
    title: str
    simulated: bool
    n_invited: int
    asks: bool
    asked: FairnessQuestions | None
    person: str
    recorded_by: str
    at: datetime | None


def get_fairness(database: Database, user_id: str, opening_id: str) -> OpeningFairness:
    """Return what an opening asks, for whoever recruits for it; no answer, and not how many there are.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    """
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        record = db.get(FairnessPageRecord, opening_id)
        return OpeningFairness(
            opening.id,
            opening.title,
            opening.simulated,
            count_invited(db, opening_id),
            record is not None and record.asks,
            read_questions(record.questions) if record else None,
            record.person if record else "",
            db.get_one(UserRecord, record.switched_by).name if record else "",
            record.switched_at if record else None,
        )


def switch_on(
    database: Database,
    user_id: str,
    opening_id: str,
    own: Sequence[tuple[str, Iterable[str]]],
    person: str,
    now: datetime,
    *,
    law_144: bool,
) -> None:
    """Ask these questions of whoever hands in; candidates read so before they agree.

    Parameters
    ----------
    own
        Words and categories of each question, as typed; empty ones are left out.
    person
        The name of whoever answers for it.
    law_144
        Whether the two questions of New York City's Local Law 144 are asked too.

    Raises
    ------
    InvalidInputError
        A question or the name cannot be used.
    NotFoundError
        There is no such opening, or it is not theirs.
    RefusedError
        Somebody was invited already, or the opening is archived.
    """
    person = " ".join(person.split())
    if not 1 <= len(person) <= PERSON_AT_MOST:
        message = f"Give the name of the person who answers for this, at most {PERSON_AT_MOST} characters"
        raise InvalidInputError(message, "person")
    asked = checked_questions(own, LabelRules(says_nothing, spelling), law_144=law_144)
    with database.writing() as db:
        changeable_opening(db, user_id, opening_id)
        if count_invited(db, opening_id):
            message = (
                "Somebody was invited already and did not read of these questions, so they cannot be switched on or "
                "changed any more; copy this opening for the next round"
            )
            raise RefusedError(message)
        if _is_fixed(db, opening_id):
            raise RefusedError(FIXED)
        db.merge(
            FairnessPageRecord(
                opening_id=opening_id,
                questions=written_questions(asked),
                asks=True,
                person=person,
                switched_by=user_id,
                switched_at=now,
            )
        )


FIXED = (
    "Whoever was asked here is gone by now, but answers or sums of theirs are kept, and other questions would change "
    "what those say; copy this opening for the next round"
)


def _is_fixed(db: Session, opening_id: str) -> bool:
    """Whether answers or sums are kept that the questions belong to; whoever gave them may be gone."""
    lock_page(db, opening_id)
    tables = (FairnessAnswerRecord, FairnessSumsRecord)
    return any(db.exec(select(each.opening_id).where(each.opening_id == opening_id)).first() for each in tables)


def switch_off(database: Database, user_id: str, opening_id: str) -> None:
    """Ask nobody more; what was answered stays until whoever did takes it back, and so do the sums.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    RefusedError
        The opening is archived, or asks nothing.
    """
    with database.writing() as db:
        changeable_opening(db, user_id, opening_id)
        record = lock_page(db, opening_id)
        if record is None or not record.asks:
            message = "This opening asks nothing after handing in"
            raise RefusedError(message)
        if count_invited(db, opening_id) or _is_fixed(db, opening_id):
            record.asks = False
        else:
            db.delete(record)  # nobody ever read of it
