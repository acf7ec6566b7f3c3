"""The invitation to an opening."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class InvitationValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Casey Berg")]
    opening: Annotated[str, Placeholder("the job's title", "Customer service adviser")]
    about: Annotated[
        str,
        Placeholder(
            "what candidates are to read about the job; nothing if nothing was written",
            "You would answer customers by telephone and chat.",
        ),
    ]
    minutes: Annotated[str, Placeholder("about how many minutes it takes", "35")]
    pauses: Annotated[
        str,
        Placeholder(
            "that one can stop and go on later or, where time is limited, how long one has once begun",
            "You can stop at any time and go on later, also on another device: every answer is saved as you give it.",
        ),
    ]
    deadline: Annotated[
        str,
        Placeholder(
            "the last day and hour, with its time zone; nothing if there is none",
            "Friday 4 December 2026, 18:00 (Europe/Oslo)",
        ),
    ]
    link: Annotated[
        str, Placeholder("the link to the assessment", "https://hiring.example.org/i/…", is_link=True, is_needed=True)
    ]
    contact: Annotated[str, Placeholder("whom to ask", "Alice Lund, alice@example.org")]


INVITATION = MailKind(
    "invitation", "Invitation", "Whoever is invited to an opening, once.", InvitationValues, starts_thread=True
)
