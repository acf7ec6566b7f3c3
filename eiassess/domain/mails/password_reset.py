"""The way to a new password."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class PasswordResetValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Casey Berg")]
    minutes: Annotated[str, Placeholder("for how many minutes the link can be used", "60")]
    link: Annotated[
        str,
        Placeholder(
            "the link to choose a new password", "https://hiring.example.org/reset/…", is_link=True, is_needed=True
        ),
    ]


PASSWORD_RESET = MailKind(
    "password_reset",
    "New password",
    "Whoever asked for a new password.",
    PasswordResetValues,
    is_of_opening=False,
    is_secret=True,
)
