"""The receipt after handing in."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class HandedInValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Casey Berg")]
    opening: Annotated[str, Placeholder("the job's title", "Customer service adviser")]
    how: Annotated[
        str,
        Placeholder(
            "a sentence that says when it was handed in, and by whom",
            "You handed in your answers on Thursday 3 December 2026 at 14:02 (Europe/Oslo).",
        ),
    ]
    link: Annotated[
        str,
        Placeholder(
            "the link to the candidate's own page", "https://hiring.example.org/i/…", is_link=True, is_needed=True
        ),
    ]
    contact: Annotated[str, Placeholder("whom to ask", "Alice Lund, alice@example.org")]


HANDED_IN = MailKind(
    "handed_in", "Receipt", "Whoever has handed in, or whose answers were handed in at the deadline.", HandedInValues
)
