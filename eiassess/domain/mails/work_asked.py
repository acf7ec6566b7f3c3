"""The mail that asks how those work who were hired; it names none of them."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class WorkAskedValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Alice Lund")]
    opening: Annotated[str, Placeholder("the job's title", "Customer service adviser")]
    days: Annotated[str, Placeholder("after how many days it is asked", "90")]
    link: Annotated[
        str,
        Placeholder(
            "the link to the page where it is answered",
            "https://hiring.example.org/openings/…/outcomes",
            is_link=True,
            is_needed=True,
        ),
    ]
    contact: Annotated[str, Placeholder("whom to ask", "Alice Lund, alice@example.org")]


WORK_ASKED = MailKind(
    "work_asked",
    "How do they work?",
    "Whoever recorded that somebody was hired, or another who recruits, as many days later as the opening says.",
    WorkAskedValues,
    is_of_opening=False,
)
