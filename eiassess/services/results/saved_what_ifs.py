"""What-ifs that somebody kept for an opening: weights with a name and a reason, and nothing of anybody's."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from eiassess.domain.openings import REASON_AT_MOST, WEIGHTS
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import OpeningRecord, UserRecord, WhatIfRecord, WhatIfWeightRecord
from eiassess.services.content.pinned import get_bank
from eiassess.services.deciding.uses import ranking_allowed
from eiassess.services.hiring.openings import require_member
from eiassess.services.identifiers import new_id

NAME_AT_MOST, WHAT_IFS_AT_MOST = 60, 20


@dataclass(frozen=True)
class SavedWhatIf:
    """Weights that somebody kept; competencies that are not among them do not count."""

    id: str
    name: str
    reason: str
    weights: Mapping[str, int]
    kept_by: str
    """Their name."""
    is_own: bool
    """Whether it is of whoever looks."""
    kept_at: datetime


@dataclass(frozen=True)
class NewWhatIf:
    """What somebody wants to keep: competency -> weight from 0 to 3, with a name and a reason."""

    name: str
    reason: str
    weights: Mapping[str, int]

    @property
    def counting(self) -> Mapping[str, int]:
        """The weights above 0."""
        return {competency: weight for competency, weight in self.weights.items() if weight}


def what_ifs_of(db: Session, user_id: str, opening_id: str) -> tuple[SavedWhatIf, ...]:
    """List what was kept for an opening, by name, as somebody sees it."""
    record, weight = WhatIfRecord, WhatIfWeightRecord
    weights: dict[str, dict[str, int]] = {}
    of_opening = select(weight).join(record).where(record.opening_id == opening_id)
    for each in db.exec(of_opening.order_by(col(weight.competency))):
        weights.setdefault(each.what_if_id, {})[each.competency] = each.weight
    kept = select(record, UserRecord.name).join(UserRecord).where(record.opening_id == opening_id)
    return tuple(
        SavedWhatIf(
            found.id, found.name, found.reason, weights[found.id], name, found.kept_by == user_id, found.kept_at
        )
        for found, name in db.exec(kept.order_by(col(record.name), col(record.id)))
    )


def save_what_if(database: Database, user_id: str, opening_id: str, new: NewWhatIf, now: datetime) -> str:
    """Keep weights under a name with a reason, for everybody who may see the opening; return the id.

    The opening's own weights, its scores and its reports stay as they are.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    RefusedError
        Scores may not put this opening's people in order.
    InvalidInputError
        Name, reason or weights cannot be used, the name is taken, or there are enough of them.
    """
    new = NewWhatIf(" ".join(new.name.split()), " ".join(new.reason.split()), new.weights)
    with database.writing() as db:
        opening = require_member(db, opening_id, user_id)
        db.get(OpeningRecord, opening_id, with_for_update=True)  # whoever keeps another waits
        if not ranking_allowed(db, opening):
            message = "Scores may not put people in order here, so there are no what-ifs"
            raise RefusedError(message)
        _require_words(new, {each.name for each in what_ifs_of(db, user_id, opening_id)})
        _require_weights(new.counting, get_bank(db, opening.bank_digest).model.competencies)
        kept = WhatIfRecord(
            id=new_id(), opening_id=opening_id, name=new.name, reason=new.reason, kept_by=user_id, kept_at=now
        )
        db.add(kept)
        db.flush()
        db.add_all(
            WhatIfWeightRecord(what_if_id=kept.id, competency=competency, weight=weight)
            for competency, weight in new.counting.items()
        )
        return kept.id


def _require_words(new: NewWhatIf, taken: Collection[str]) -> None:
    if not 1 <= len(new.name) <= NAME_AT_MOST:
        message = f"Give the what-if a name of 1 to {NAME_AT_MOST} characters"
        raise InvalidInputError(message, "name")
    if new.name in taken:
        message = "There is a what-if of this name already; give it another one"
        raise InvalidInputError(message, "name")
    if len(taken) >= WHAT_IFS_AT_MOST:
        message = f"This opening has {WHAT_IFS_AT_MOST} what-ifs already; whoever kept one can delete it"
        raise InvalidInputError(message, "name")
    if not 1 <= len(new.reason) <= REASON_AT_MOST:
        message = f"Say why you try these weights, in 1 to {REASON_AT_MOST} characters"
        raise InvalidInputError(message, "reason")


def _require_weights(counting: Mapping[str, int], known: Collection[str]) -> None:
    if not counting or not set(counting.values()) <= set(WEIGHTS) or not set(counting) <= set(known):
        message = f"Give at least one of the competencies a weight from 1 to {WEIGHTS[-1]}"
        raise InvalidInputError(message, "weights")


def delete_what_if(database: Database, user_id: str, opening_id: str, what_if_id: str) -> None:
    """Delete a what-if that one kept; deleting it again changes nothing.

    Raises
    ------
    NotFoundError
        There is no such opening for this person, or the what-if is of another opening.
    RefusedError
        Somebody else kept it.
    """
    with database.writing() as db:
        require_member(db, opening_id, user_id)
        found = db.get(WhatIfRecord, what_if_id)
        if found is None:
            return
        if found.opening_id != opening_id:
            message = "There is no such what-if"
            raise NotFoundError(message)
        if found.kept_by != user_id:
            message = "Only whoever kept a what-if deletes it"
            raise RefusedError(message)
        db.exec(delete(WhatIfWeightRecord).where(col(WhatIfWeightRecord.what_if_id) == what_if_id))
        db.delete(found)
