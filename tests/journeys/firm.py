"""A firm for journeys that take weeks: its clock is moved, so nothing waits, and nobody in it is simulated.

Alice recruits and bob beside her, dana manages; charlie is in no opening, and avery is an analyst.
"""

from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page

from eiassess.web.shell.context import Installation
from tests.hiring_story import PASSWORD
from tests.web.people import Clock, invite
from tests.web.staff import sit


@dataclass(frozen=True)
class Firm:
    """Where the journey takes place, and the opening that it is about."""

    installation: Installation
    clock: Clock
    opening: str

    def submitted(self, name: str, *, noise: float = 0.8) -> str:
        """Let somebody be invited and hand in; return the session's id."""
        issued = invite(self.installation, self.opening, name)
        sit(self.installation, issued, noise=noise)
        return issued.session_id


@dataclass(frozen=True)
class Door:
    """Lets one person in after the other, at the journey's width."""

    context: BrowserContext

    def enter(self, name: str) -> Page:
        """Sign somebody in, in a page of their own; whoever was here before is gone."""
        for page in self.context.pages:
            page.close()
        self.context.clear_cookies()
        page = self.context.new_page()
        page.goto("/sign-in")
        page.get_by_label("E-mail").fill(f"{name}@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Sign out").wait_for()
        return page
