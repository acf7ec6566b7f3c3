"""The answer to a candidate's request."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class RequestAnsweredValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Casey Berg")]
    opening: Annotated[str, Placeholder("the job's title", "Customer service adviser")]
    answer: Annotated[str, Placeholder("what was answered", "You have 50 minutes instead of 40.", is_needed=True)]
    link: Annotated[
        str,
        Placeholder(
            "the link to the candidate's own page", "https://hiring.example.org/i/…", is_link=True, is_needed=True
        ),
    ]
    contact: Annotated[str, Placeholder("whom to ask", "Alice Lund, alice@example.org")]


REQUEST_ANSWERED = MailKind(
    "request_answered",
    "Answer to a request",
    "Whoever asked for more time, another format or something else.",
    RequestAnsweredValues,
    is_secret=True,
)
