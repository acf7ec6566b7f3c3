"""The mail that offers the job."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class ToldOfferValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Casey Berg")]
    opening: Annotated[str, Placeholder("the job's title", "Customer service adviser")]
    contact: Annotated[str, Placeholder("whom to ask", "Alice Lund, alice@example.org")]


TOLD_OFFER = MailKind(
    "told_offer",
    "Told: offer",
    "Whoever is offered the job, when a recruiter says so.",
    ToldOfferValues,
)
