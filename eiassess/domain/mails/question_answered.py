"""The answer to a candidate's question."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class QuestionAnsweredValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Casey Berg")]
    opening: Annotated[str, Placeholder("the job's title", "Customer service adviser")]
    answer: Annotated[
        str, Placeholder("what was answered", "Your result prepared the interview and nothing else.", is_needed=True)
    ]
    link: Annotated[
        str,
        Placeholder(
            "the link to the candidate's own page", "https://hiring.example.org/i/…", is_link=True, is_needed=True
        ),
    ]
    contact: Annotated[str, Placeholder("whom to ask", "Alice Lund, alice@example.org")]


QUESTION_ANSWERED = MailKind(
    "question_answered",
    "Answer to a question",
    "Whoever asked for an explanation, a correction or something else.",
    QuestionAnsweredValues,
)
