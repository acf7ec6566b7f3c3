"""The mail that says that somebody is not taken."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class ToldNotTakenValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Casey Berg")]
    opening: Annotated[str, Placeholder("the job's title", "Customer service adviser")]
    contact: Annotated[str, Placeholder("whom to ask", "Alice Lund, alice@example.org")]


TOLD_NOT_TAKEN = MailKind(
    "told_not_taken",
    "Told: not taken",
    "Whoever is not taken, when a recruiter says so.",
    ToldNotTakenValues,
)
