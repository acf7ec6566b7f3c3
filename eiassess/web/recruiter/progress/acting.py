"""What is done for many, and the sentence that says so afterwards."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, time

from flask_security import current_user

from eiassess.domain.deadlines import deadline_in
from eiassess.errors import InvalidInputError
from eiassess.services.hiring.extending import Extension, extend_candidates
from eiassess.services.hiring.opening_settings import get_opening
from eiassess.services.hiring.releases import release_candidates, withdraw_releases
from eiassess.services.hiring.withdrawing import withdraw_candidates
from eiassess.services.once import AlreadyDoneError
from eiassess.services.progress.actions import remind_candidates, send_new_links
from eiassess.services.sharing.links import make_link
from eiassess.web.recruiter.progress.presenters import Bulk
from eiassess.web.recruiter.sharing.fields import chosen_fields, fields_in_words
from eiassess.web.shell.context import database, installation, now
from eiassess.web.shell.moments import clock

Fields = Mapping[str, str]


def act(action: Bulk, opening_id: str, people: Sequence[str], fields: Fields) -> str:
    """Do something for people of an opening, and say what was done.

    Raises
    ------
    InvalidInputError
        Nobody is named, or a field cannot be used.
    NotFoundError
        There is no such opening for whoever asks.
    """
    opening = get_opening(database(), current_user.id, opening_id)
    if not people:
        message = "There is nobody for whom this could be done"
        raise InvalidInputError(message, "people")
    try:
        return _ACTIONS[action](opening.id, people, fields)
    except AlreadyDoneError as error:
        return f"This was already done at {clock(error.at)}, so nothing was done or mailed again."


def _people(n: int) -> str:
    return "1 person" if n == 1 else f"{n:,} people"


def _remind(opening_id: str, people: Sequence[str], fields: Fields) -> str:
    n = remind_candidates(database(), current_user.id, opening_id, people, now(), form=fields.get("once", ""))
    return f"Reminders to {_people(n)} are on their way."


def _send_links(opening_id: str, people: Sequence[str], fields: Fields) -> str:
    form = fields.get("once", "")
    n = send_new_links(database(), installation().links, current_user.id, opening_id, people, now(), form=form)
    return f"New links to {_people(n)} are on their way; the earlier ones work no more."


def _withdraw(opening_id: str, people: Sequence[str], _fields: Fields) -> str:
    made = withdraw_candidates(database(), current_user.id, opening_id, people, now())
    return f"{_people(made.withdrawn)} withdrawn."


def _extend(opening_id: str, people: Sequence[str], fields: Fields) -> str:
    try:
        day, hour = date.fromisoformat(fields.get("day", "")), time.fromisoformat(fields.get("time", ""))
    except ValueError:
        message = "Give day and time, such as 2026-12-11 and 17:00"
        raise InvalidInputError(message, "day") from None
    zone = _zone(opening_id)
    until = deadline_in(zone, day, hour.replace(tzinfo=None)).at
    form = fields.get("once", "")
    made = extend_candidates(database(), current_user.id, opening_id, people, until, now(), form=form)
    return f"{_people(len(made.extended))} got more time.{''.join(_without_time(made))}"


def _without_time(made: Extension) -> Iterator[str]:
    """Say why people got no time."""
    reasons = {
        "the time limit ends their time": made.held_by_limit,
        "they have that long already": made.later_already,
        "they have handed in": made.handed_in,
        "they are withdrawn": made.withdrawn,
    }
    return (f" For {_people(n)} nothing changed: {why}." for why, n in reasons.items() if n)


def _zone(opening_id: str) -> str:
    return get_opening(database(), current_user.id, opening_id).time_zone


def _release(opening_id: str, people: Sequence[str], fields: Fields) -> str:
    chosen = chosen_fields(fields)
    n = release_candidates(database(), current_user.id, opening_id, people, chosen, now())
    return f"{_people(n)} released to the hiring managers of this opening: {fields_in_words(chosen)}."


def _take_back(opening_id: str, people: Sequence[str], _fields: Fields) -> str:
    n = withdraw_releases(database(), current_user.id, opening_id, people, now())
    return f"{_people(n)} taken back from the hiring managers."


def _share(opening_id: str, people: Sequence[str], fields: Fields) -> str:
    days = fields.get("days", "")
    n = make_link(
        database(),
        installation().links,
        current_user.id,
        opening_id,
        people,
        now(),
        days=int(days) if days.isascii() and days.isdigit() and len(days) < len("1000") else 0,
        given_to=fields.get("given_to", ""),
    )
    return f"A link to {_people(n)} is made; copy it from the page Sharing."


_ACTIONS: Mapping[Bulk, Callable[[str, Sequence[str], Fields], str]] = {
    Bulk.REMIND: _remind,
    Bulk.EXTEND: _extend,
    Bulk.NEW_LINK: _send_links,
    Bulk.WITHDRAW: _withdraw,
    Bulk.RELEASE: _release,
    Bulk.TAKE_BACK: _take_back,
    Bulk.SHARE: _share,
}
