"""The mail that says that results go to the study."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class KeptForStudyValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Casey Berg")]
    opening: Annotated[str, Placeholder("the job's title", "Customer service adviser")]
    years: Annotated[str, Placeholder("for how many years the study keeps them", "3")]
    contact: Annotated[str, Placeholder("whom to ask", "Alice Lund, alice@example.org")]
    link: Annotated[
        str,
        Placeholder(
            "the link to the candidate's own page", "https://hiring.example.org/i/…", is_link=True, is_needed=True
        ),
    ]


KEPT_FOR_STUDY = MailKind(
    "kept_for_study",
    "Kept for the study",
    "Whoever was hired, when their results go to the study without their name.",
    KeptForStudyValues,
)
