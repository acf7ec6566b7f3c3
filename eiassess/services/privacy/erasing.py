"""Erasing a candidate by staff: the number has to be typed, so that nobody is erased in the place of another."""

from datetime import datetime

from eiassess.domain.erasures import STAFF_REASONS, ErasedBy, Erasure, ErasureReason
from eiassess.errors import InvalidInputError
from eiassess.persistence.engine import Database
from eiassess.services.privacy.reaching import reach
from eiassess.services.upkeep.erasure import erase_or_wait


def erase_by_staff(
    database: Database, user_id: str | None, session_id: str, typed: str, why: str, now: datetime
) -> Erasure:
    """Erase all that is stored about a candidate of an opening; nothing brings it back.

    Where a duty holds their records, the wish is kept instead, and carried out by itself when the duty ends.

    Parameters
    ----------
    user_id
        Who erases; empty for whoever runs the installation.
    typed
        The candidate's number in the opening, as it was typed; leading zeros are no difference.
    why
        One of the reasons that a person can give.

    Raises
    ------
    InvalidInputError
        The number is missing or another candidate's, or no reason was chosen; nothing was erased.
    NotFoundError
        There is no such candidate in an opening of this person.
    """
    with database.writing() as db:
        session, _, candidate = reach(db, user_id, session_id, locked=True)
        _require_number(typed, candidate.number)
        reason = _reason(why)
        by = ErasedBy.OPERATOR if user_id is None else ErasedBy.STAFF
        done = erase_or_wait(db, session, by, reason, now)
    database.forget_what_was_deleted()
    return done


def _require_number(typed: str, number: int) -> None:
    typed = typed.strip()
    if not typed:
        message = "Type the candidate's number: without it nothing is erased"
        raise InvalidInputError(message, "number")
    if not (typed.isascii() and typed.isdigit()) or typed.lstrip("0") != str(number):
        message = "This is not the number of this candidate; look at the top of the page"
        raise InvalidInputError(message, "number")


def _reason(why: str) -> ErasureReason:
    if why not in STAFF_REASONS:
        message = "Choose why it is erased"
        raise InvalidInputError(message, "why")
    return ErasureReason(why)
