"""The mail with a new link."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class NewLinkValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Casey Berg")]
    opening: Annotated[str, Placeholder("the job's title", "Customer service adviser")]
    deadline: Annotated[
        str,
        Placeholder(
            "the last day and hour, with its time zone; nothing if there is none",
            "Friday 4 December 2026, 18:00 (Europe/Oslo)",
        ),
    ]
    link: Annotated[
        str,
        Placeholder("the new link to the same answers", "https://hiring.example.org/i/…", is_link=True, is_needed=True),
    ]
    contact: Annotated[str, Placeholder("whom to ask", "Alice Lund, alice@example.org")]


NEW_LINK = MailKind(
    "new_link", "New link", "Whoever gets a new link; the earlier one opens nothing any more.", NewLinkValues
)
