"""The invitation of somebody who will work here."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class StaffInvitedValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Casey Berg")]
    invited_by: Annotated[str, Placeholder("who invited them", "Dana Holm")]
    work: Annotated[str, Placeholder("what they are to do here", "recruit for Customer service adviser")]
    deadline: Annotated[
        str,
        Placeholder(
            "the last day and hour, with its time zone; nothing if there is none",
            "Friday 4 December 2026, 18:00 (Europe/Oslo)",
        ),
    ]
    link: Annotated[
        str,
        Placeholder("the link to choose a password", "https://hiring.example.org/join/…", is_link=True, is_needed=True),
    ]


STAFF_INVITED = MailKind(
    "staff_invited",
    "Invitation of staff",
    "Whoever gets an account.",
    StaffInvitedValues,
    is_of_opening=False,
    is_secret=True,
)
