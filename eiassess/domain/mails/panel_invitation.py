"""The invitation of an expert to a panel."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class PanelInvitationValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Casey Berg")]
    panel: Annotated[str, Placeholder("the panel's title", "Customer service, autumn 2026")]
    deadline: Annotated[
        str,
        Placeholder(
            "the last day and hour, with its time zone; nothing if there is none",
            "Friday 4 December 2026, 18:00 (Europe/Oslo)",
        ),
    ]
    link: Annotated[
        str, Placeholder("the link to the ratings", "https://hiring.example.org/x/…", is_link=True, is_needed=True)
    ]
    contact: Annotated[str, Placeholder("whom to ask", "Alice Lund, alice@example.org")]


PANEL_INVITATION = MailKind(
    "panel_invitation",
    "Invitation of an expert",
    "Whoever is asked to rate for a key.",
    PanelInvitationValues,
    is_of_opening=False,
    starts_thread=True,
)
