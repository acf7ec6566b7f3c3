"""Which sign-ins by a provider a browser has begun: kept in its own cookie, so that beginning fills no table."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import session
from flask_security.utils import validate_redirect_url

from eiassess.web.shell.sessions import BEGUN

LASTS = timedelta(minutes=30)
TABS = 3
"""How many may be under way in one browser; of more, those begun last."""
ADDRESS_AT_MOST = 400


@dataclass(frozen=True)
class Begun:
    """A sign-in by a provider that this browser has begun.

    Parameters
    ----------
    wanted
        The page of ours that somebody wanted to see; empty if none.
    at
        When it was begun.
    again
        Whether somebody who is in proves anew that it is still them.
    """

    wanted: str
    at: datetime
    again: bool


def note_begun(state: str, wanted: str, now: datetime, *, again: bool) -> None:
    """Remember that a sign-in was begun here."""
    is_path = wanted.startswith("/") and "\\" not in wanted and len(wanted) <= ADDRESS_AT_MOST
    is_ours = is_path and validate_redirect_url(wanted)
    kept = list(session.get(BEGUN, {}).items())[1 - TABS :]
    session[BEGUN] = {**dict(kept), state: [wanted if is_ours else "", int(now.timestamp()), again]}


def take_begun(state: str, now: datetime) -> Begun | None:
    """Return, once, what was begun here not long ago under this state."""
    begun = dict(session.get(BEGUN, {}))
    if state not in begun:
        return None
    wanted, at, again = begun.pop(state)
    session[BEGUN] = begun
    found = Begun(wanted, datetime.fromtimestamp(at, UTC), again)
    return found if timedelta(seconds=-1) <= now - found.at <= LASTS else None
