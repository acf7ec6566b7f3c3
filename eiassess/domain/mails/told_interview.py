"""The mail that asks for an interview."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class ToldInterviewValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Casey Berg")]
    opening: Annotated[str, Placeholder("the job's title", "Customer service adviser")]
    contact: Annotated[str, Placeholder("whom to ask", "Alice Lund, alice@example.org")]


TOLD_INTERVIEW = MailKind(
    "told_interview",
    "Told: interview",
    "Whoever is asked for an interview, when a recruiter says so.",
    ToldInterviewValues,
)
