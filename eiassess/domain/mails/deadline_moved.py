"""The mail that says that a deadline was moved."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class DeadlineMovedValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Casey Berg")]
    opening: Annotated[str, Placeholder("the job's title", "Customer service adviser")]
    deadline: Annotated[
        str,
        Placeholder(
            "the new last day and hour, with its time zone",
            "Friday 11 December 2026, 18:00 (Europe/Oslo)",
            is_needed=True,
        ),
    ]
    limit: Annotated[
        str,
        Placeholder(
            "the time limit in a sentence; nothing if there is none",
            "For the scenarios you have 40 minutes from the first of them on, breaks included.",
        ),
    ]
    link: Annotated[
        str, Placeholder("the link to the assessment", "https://hiring.example.org/i/…", is_link=True, is_needed=True)
    ]
    contact: Annotated[str, Placeholder("whom to ask", "Alice Lund, alice@example.org")]


DEADLINE_MOVED = MailKind(
    "deadline_moved", "Deadline moved", "Whoever has more time, or less, than they were told.", DeadlineMovedValues
)
