"""Plain values for one's own page."""

from dataclasses import dataclass

from eiassess.domain.roles import Role
from eiassess.services.people.signed_in import SignedIn
from eiassess.web.shell.moments import full_moment

DONE = {
    "name": "Your name is changed.",
    "password": "Your password is changed. You are still signed in here, and nowhere else.",
    "ended": "That session has ended.",
    "others": "You are signed in here, and nowhere else.",
}
"""What was done, by what the address says."""


@dataclass(frozen=True)
class SessionLine:
    """One session in the list."""

    id: str
    number: int
    began: str
    seen: str
    is_this: bool


@dataclass(frozen=True)
class AccountPage:
    """One's own page."""

    email: str
    roles: str
    sessions: tuple[SessionLine, ...]
    done: str

    @property
    def has_others(self) -> bool:
        """Whether one is signed in elsewhere too."""
        return any(not each.is_this for each in self.sessions)


def account_page(email: str, roles: frozenset[Role], sessions: tuple[SignedIn, ...], done: str) -> AccountPage:
    """Word one's own page."""
    lines = tuple(
        SessionLine(each.id, number, full_moment(each.began_at), full_moment(each.seen_at), each.is_this)
        for number, each in enumerate(sessions, 1)
    )
    return AccountPage(email, ", ".join(role.words for role in Role if role in roles), lines, DONE.get(done, ""))
