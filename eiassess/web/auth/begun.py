"""Which sign-ins by a provider a browser has begun: kept in its own cookie, so that beginning fills no table."""

from datetime import datetime, timedelta

from flask import session
from flask_security.utils import validate_redirect_url

from eiassess.web.shell.sessions import BEGUN

LASTS = timedelta(minutes=30)
TABS = 3
"""How many may be under way in one browser; of more, those begun last."""
ADDRESS_AT_MOST = 400


def note_begun(state: str, wanted: str, now: datetime) -> None:
    """Remember that a sign-in was begun here."""
    is_path = wanted.startswith("/") and "\\" not in wanted and len(wanted) <= ADDRESS_AT_MOST
    is_ours = is_path and validate_redirect_url(wanted)
    kept = list(session.get(BEGUN, {}).items())[1 - TABS :]
    session[BEGUN] = {**dict(kept), state: [wanted if is_ours else "", int(now.timestamp())]}


def take_begun(state: str, now: datetime) -> str | None:
    """Return, once, which page of ours somebody wanted, or ``""``; ``None`` for what was not begun here lately."""
    begun = dict(session.get(BEGUN, {}))
    if state not in begun:
        return None
    wanted, at = begun.pop(state)
    session[BEGUN] = begun
    return str(wanted) if 0 <= now.timestamp() - at <= LASTS.total_seconds() else None
