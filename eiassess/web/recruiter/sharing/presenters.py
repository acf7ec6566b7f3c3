"""A link to share in words."""

from dataclasses import dataclass

from eiassess.domain.names import isolated
from eiassess.services.sharing.links import SharedLink
from eiassess.web.shell.moments import full_moment


@dataclass(frozen=True)
class LinkLine:
    """A link on the page."""

    id: str
    url: str
    title: str
    state: str
    opened: str
    is_open: bool


def link_line(link: SharedLink) -> LinkLine:
    """Word a link."""
    people = "1 person" if link.n_candidates == 1 else f"{link.n_candidates} people"
    given = isolated(link.given_to) if link.given_to else "the hiring managers of this opening"
    opened = ", ".join(isolated(name) for name in link.opened_by)
    return LinkLine(
        link.id,
        link.url,
        f"{people}, for {given}",
        _state(link),
        f"Looked at by {opened}" if opened else "Nobody looked at anybody through it yet",
        link.is_open,
    )


def _state(link: SharedLink) -> str:
    if link.revoked_at is not None:
        return f"Revoked {full_moment(link.revoked_at)}"
    return f"{'Works until' if link.is_open else 'Ended'} {full_moment(link.expires_at)}"
