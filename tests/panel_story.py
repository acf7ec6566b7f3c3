"""A panel on a small form of our own: avery is the analyst, experts rate near the key as they are told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from eiassess.banks.catalog import LoadedForm, load_form
from eiassess.domain.roles import Role
from eiassess.services import Database
from eiassess.services.hiring.invitations import invite_candidate, open_invitation
from eiassess.services.hiring.openings import add_opening
from eiassess.services.panels.experts import IssuedLink, invite_experts
from eiassess.services.panels.panels import add_panel
from eiassess.services.panels.rating import (
    ExpertPass,
    GivenRatings,
    agree_to_rate,
    open_expert_link,
    save_expert_ratings,
    submit_ratings,
)
from eiassess.services.people.accounts import add_user
from eiassess.services.sitting.answers import record_consent, record_practice, save_response
from eiassess.services.sitting.handing_in import submit_session
from tests.banks.small_bank import FORM, write_small_bank
from tests.hiring_story import LINKS, NOON, PASSWORD

REASON = "Advisers here meet upset customers every hour; the key rewards what calms them."
Rating = Callable[[float], int | None]


def small_form(folder: Path) -> LoadedForm:
    """Load the small bank's form from a folder of its own."""
    write_small_bank(folder / "small")
    return load_form(FORM, (folder,))


def near(value: float, shift: int = 0) -> int:
    """Rate an option as the key does, or some points off."""
    return min(6, max(1, round(value) + shift))


@dataclass
class PanelStory:
    """A panel with its analyst; experts are invited as a test needs them."""

    database: Database
    loaded: LoadedForm
    avery: str
    panel: str
    now: datetime = NOON

    def invited(self, n: int, *, first: int = 1) -> tuple[IssuedLink, ...]:
        people = [(f"Expert Number {number}", f"e{number}@example.org") for number in range(first, first + n)]
        return invite_experts(self.database, LINKS, self.panel, people, self.now)

    def begun(self, link: IssuedLink) -> ExpertPass:
        who = open_expert_link(self.database, link.token, self.now)
        agree_to_rate(self.database, who, self.now)
        return who

    def rate(self, who: ExpertPass, rating: Rating = near, comments: Mapping[str, str] | None = None) -> None:
        """Rate every option."""
        for scenario in self.loaded.form.scenarios:
            credit = self.loaded.key.credits[scenario.id]
            ratings = {option: rating(credit[option].value) for option in scenario.option_ids}
            given = GivenRatings(ratings, comments or {})
            save_expert_ratings(self.database, who, scenario.id, given, 0, self.now)

    def finished(self, n: int, rating: Rating = near, *, first: int = 1) -> tuple[ExpertPass, ...]:
        """Invite experts who rate everything and hand in."""
        passes = tuple(self.begun(link) for link in self.invited(n, first=first))
        for who in passes:
            self.rate(who, rating)
            submit_ratings(self.database, who, self.now)
        return passes


def tell_panel_story(
    database: Database,
    folder: Path,
    *,
    simulated: bool = False,
    now: datetime = NOON,
    loaded: LoadedForm | None = None,
) -> PanelStory:
    avery = add_user(database, "avery@example.org", "Avery", Role.ANALYST, PASSWORD, now)
    loaded = loaded or small_form(folder)
    panel = add_panel(database, avery.id, "Winter panel", loaded, now, simulated=simulated)
    return PanelStory(database, loaded, avery.id, panel, now)


def let_people_sit(panel: PanelStory, n: int, *, simulated: bool = False) -> None:
    """Let candidates sit the panel's form."""
    opening = add_opening(panel.database, "Adviser", panel.loaded, panel.now, simulated=simulated)
    for number in range(n):
        issued = invite_candidate(
            panel.database, LINKS, opening, "Casey", f"c{number}@example.org", panel.now, simulated=simulated
        )
        invitation = open_invitation(panel.database, issued.token)
        record_consent(panel.database, invitation, panel.now)
        record_practice(panel.database, invitation, panel.now)
        for place, scenario in enumerate(panel.loaded.form.scenarios):
            credit = panel.loaded.key.credits[scenario.id]
            ratings = {
                option: near(credit[option].value, shift=(number + place + index) % 3 - 1)
                for index, option in enumerate(scenario.option_ids)
            }
            save_response(panel.database, invitation, scenario.id, ratings, 0, panel.now + timedelta(minutes=place))
        submit_session(panel.database, invitation, panel.now + timedelta(hours=1))
