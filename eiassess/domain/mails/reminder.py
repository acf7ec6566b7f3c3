"""The reminder of whoever has not handed in."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class ReminderValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Casey Berg")]
    opening: Annotated[str, Placeholder("the job's title", "Customer service adviser")]
    progress: Annotated[
        str,
        Placeholder(
            "how far they are; nothing if they have not begun",
            "You have answered 7 of 24 questions, and all of them are saved.",
        ),
    ]
    deadline: Annotated[
        str,
        Placeholder(
            "the last day and hour, with its time zone; nothing if there is none",
            "Friday 4 December 2026, 18:00 (Europe/Oslo)",
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
        str,
        Placeholder(
            "the link to the assessment, the same as in the invitation",
            "https://hiring.example.org/i/…",
            is_link=True,
            is_needed=True,
        ),
    ]
    contact: Annotated[str, Placeholder("whom to ask", "Alice Lund, alice@example.org")]


REMINDER = MailKind(
    "reminder", "Reminder", "Whoever has not handed in, some days before the deadline; once.", ReminderValues
)
