"""Which expert a browser session belongs to, and by which link."""

from collections.abc import MutableMapping
from typing import Any

from eiassess.services.panels.rating import ExpertPass
from eiassess.web.shell.access import EXPERT

LINK = "expert_link"


def visitor(session: MutableMapping[str, Any]) -> ExpertPass | None:
    """Return whom the session lets in."""
    return ExpertPass(session[EXPERT], session[LINK]) if EXPERT in session else None


def let_in(session: MutableMapping[str, Any], who: ExpertPass) -> None:
    """Begin a session for an expert; one's own link, followed twice, leaves the pages of other tabs working."""
    if visitor(session) != who:
        session.clear()
        session[EXPERT], session[LINK] = who.expert_id, who.link
