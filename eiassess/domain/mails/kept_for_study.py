"""The mail that says that results go to the study."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class KeptForStudyValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Casey Berg")]
    opening: Annotated[str, Placeholder("the job's title", "Customer service adviser")]
    contact: Annotated[str, Placeholder("whom to ask", "Alice Lund, alice@example.org")]
    link: Annotated[str, Placeholder("the link to their own page", "https://hiring.example.org/i/x3Zt9")]


KEPT_FOR_STUDY = MailKind(
    "kept_for_study",
    "Kept for the study",
    "Whoever was hired, when their results go to the study without their name.",
    KeptForStudyValues,
)
