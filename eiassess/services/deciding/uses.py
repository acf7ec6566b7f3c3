"""What an opening's scores may be used for: without ten experts or a person's word they put nobody in order.

A choice holds for the key that the opening had when it was made, and is made before anybody is invited, so that whoever
agrees to the notice has read of it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from eiassess.banks.keys.words import notice_of_use
from eiassess.domain.openings import Combination, ScoreUse
from eiassess.domain.uses import PERSON_AT_MOST, WHY_AT_MOST, UseChoice, UseOfScores
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import OpeningRecord, UseChoiceRecord, UserRecord
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.hiring.opening_settings import changeable_opening, count_invited
from eiassess.services.hiring.openings import require_member
from eiassess.services.hiring.use_choices import standing_choice
from eiassess.services.identifiers import new_id

SOMEBODY = "(the name that you give)"
SOME_REASON = "(your reason)"


@dataclass(frozen=True)
class OpeningUse:
    """What the page on the use of an opening's scores shows; ``history`` has the newest choice first."""

    opening_id: str
    title: str
    use: UseOfScores
    n_invited: int
    experts: int
    preview: str
    history: tuple[UseChoice, ...]


def ranking_allowed(db: Session, opening: OpeningRecord) -> bool:
    """Whether scores may put an opening's people in order: sorting, bands, weights, chances and the shortlist."""
    return use_of_scores(db, opening).allowed


def use_of_scores(db: Session, opening: OpeningRecord) -> UseOfScores:
    """Return what an opening's scores may be used for, with the key that it has now."""
    standing = standing_choice(db, opening.id, opening.key_digest)
    return UseOfScores(get_key(db, opening.key_digest).supports_selection, _choice(db, standing) if standing else None)


def get_use(database: Database, user_id: str, opening_id: str) -> OpeningUse:
    """Return what an opening's scores may be used for, with what was chosen and what candidates would read.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    """
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        key = get_key(db, opening.key_digest)
        made = select(UseChoiceRecord).where(UseChoiceRecord.opening_id == opening_id)
        found = db.exec(made.order_by(col(UseChoiceRecord.number).desc())).all()
        return OpeningUse(
            opening.id,
            opening.title,
            use_of_scores(db, opening),
            count_invited(db, opening_id),
            key.experts,
            notice_of_use(key, SOMEBODY, SOME_REASON),
            tuple(_choice(db, each) for each in found),
        )


def switch_on(database: Database, user_id: str, opening_id: str, person: str, reason: str, now: datetime) -> None:
    """Let an opening's scores put people in order, for a named person answers for it; candidates read so.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    InvalidInputError
        Nobody is named, or no reason is given.
    RefusedError
        Somebody was invited already, or the key allows it anyway, or the opening is archived.
    """
    person, reason = _checked("person", person, PERSON_AT_MOST), _checked("reason", reason, WHY_AT_MOST)
    with database.writing() as db:
        opening = changeable_opening(db, user_id, opening_id)
        record_use(db, opening, user_id, person, reason, now)


def record_use(db: Session, opening: OpeningRecord, user_id: str, person: str, reason: str, now: datetime) -> None:
    """Switch sorting by score on within the caller's transaction.

    Raises
    ------
    RefusedError
        Somebody was invited already, or the key allows it anyway.
    """
    key = get_key(db, opening.key_digest)
    if key.supports_selection:
        message = "Enough experts stand behind this key, so there is nothing to switch on"
        raise RefusedError(message)
    if count_invited(db, opening.id):
        message = (
            "Somebody was invited already and read that results are not for ranking, so this cannot be switched on any "
            "more; for another use, copy this opening"
        )
        raise RefusedError(message)
    notice = notice_of_use(key, person, reason)
    add_choice(db, opening, user_id, UseChoice(True, person, reason, "", now, notice))  # noqa: FBT003 - the first of six


def switch_off(database: Database, user_id: str, opening_id: str, now: datetime) -> None:
    """Let an opening's list stand by name or date again; that is possible at any time, and switching on is not.

    Where the key does not support selection by itself, the scores are for preparing interviews again, and test and
    interview do not count together any more.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    RefusedError
        It is not switched on, or the opening is archived.
    """
    with database.writing() as db:
        opening = changeable_opening(db, user_id, opening_id)
        if not use_of_scores(db, opening).is_switched_on:
            message = "Sorting by score is not switched on for this opening"
            raise RefusedError(message)
        name = db.get_one(UserRecord, user_id).name
        add_choice(db, opening, user_id, UseChoice(False, name, "", name, now))  # noqa: FBT003
        # is_switched_on holds only under a key that does not support selection by itself
        opening.purpose, opening.combination = ScoreUse.INTERVIEWS.value, Combination.APART.value
        db.add(opening)


def _checked(field: str, text: str, at_most: int) -> str:
    text = " ".join(text.split())
    what = "the name of the person who answers for this" if field == "person" else "the reason"
    if not text:
        message = f"Give {what}"
        raise InvalidInputError(message, field)
    if len(text) > at_most:
        message = f"Shorten {what} to at most {at_most} characters"
        raise InvalidInputError(message, field)
    return text


def add_choice(db: Session, opening: OpeningRecord, user_id: str, choice: UseChoice) -> None:
    """Append what was chosen to an opening's choices, within the caller's transaction."""
    record = UseChoiceRecord
    highest = db.exec(select(func.max(record.number)).where(record.opening_id == opening.id)).one()
    db.add(
        record(
            id=new_id(),
            opening_id=opening.id,
            number=(highest or 0) + 1,
            key_digest=opening.key_digest,
            allowed=choice.allowed,
            person=choice.person,
            reason=choice.reason,
            notice=choice.notice,
            chosen_by=user_id,
            chosen_at=choice.at,
        )
    )


def _choice(db: Session, record: UseChoiceRecord) -> UseChoice:
    name = db.get_one(UserRecord, record.chosen_by).name
    return UseChoice(record.allowed, record.person, record.reason, name, record.chosen_at, record.notice)
