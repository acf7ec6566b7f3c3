"""Lists that somebody gave a name, for themselves alone. They hold no search: that is about people."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

from sqlmodel import Session, col, select

from eiassess.errors import InvalidInputError, NotFoundError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import OpeningRecord, SavedViewRecord
from eiassess.services.hiring.openings import require_member
from eiassess.services.identifiers import new_id

NAME_AT_MOST, ADDRESS_AT_MOST, VIEWS_AT_MOST = 60, 2000, 20
SEARCHED = "q"


@dataclass(frozen=True)
class SavedView:
    """A named list: ``parameters`` are what its address ends in."""

    id: str
    name: str
    parameters: tuple[tuple[str, str], ...]


def views_of(db: Session, user_id: str, opening_id: str) -> tuple[SavedView, ...]:
    """List somebody's views of an opening by name."""
    view = SavedViewRecord
    query = select(view).where(view.user_id == user_id, view.opening_id == opening_id)
    found = db.exec(query.order_by(col(view.name), col(view.id)))
    return tuple(SavedView(each.id, each.name, tuple(parse_qsl(each.address))) for each in found)


def save_view(database: Database, user_id: str, opening_id: str, name: str, address: str, now: datetime) -> None:
    """Keep a list under a name; what had the name before is replaced.

    Parameters
    ----------
    address
        What the list's address ends in, after the question mark.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    InvalidInputError
        The name is empty or too long, there are enough views, or the list holds what was searched for.
    """
    name = " ".join(name.split())
    _require_usable(name, address)
    with database.writing() as db:
        require_member(db, opening_id, user_id)
        db.get(OpeningRecord, opening_id, with_for_update=True)  # whoever saves another waits
        earlier = {each.name: each.id for each in views_of(db, user_id, opening_id)}
        if name in earlier:
            db.delete(db.get_one(SavedViewRecord, earlier[name]))
            db.flush()
        elif len(earlier) >= VIEWS_AT_MOST:
            message = f"You have {VIEWS_AT_MOST} views of this opening already; forget one first"
            raise InvalidInputError(message, "view")
        db.add(
            SavedViewRecord(
                id=new_id(), user_id=user_id, opening_id=opening_id, name=name, address=address, saved_at=now
            )
        )


def _require_usable(name: str, address: str) -> None:
    if not 1 <= len(name) <= NAME_AT_MOST:
        message = f"Give the view a name of 1 to {NAME_AT_MOST} characters"
        raise InvalidInputError(message, "view")
    if len(address) > ADDRESS_AT_MOST or any(key == SEARCHED for key, _ in parse_qsl(address)):
        message = "This list cannot be kept: a view holds no search for a name or address"
        raise InvalidInputError(message, "view")


def forget_view(database: Database, user_id: str, opening_id: str, view_id: str) -> None:
    """Forget a view of one's own; forgetting it again changes nothing.

    Raises
    ------
    NotFoundError
        There is no such opening for this person, or the view is somebody else's.
    """
    with database.writing() as db:
        require_member(db, opening_id, user_id)
        view = db.get(SavedViewRecord, view_id)
        if view is None:
            return
        if (view.user_id, view.opening_id) != (user_id, opening_id):
            message = "There is no such view"
            raise NotFoundError(message)
        db.delete(view)
