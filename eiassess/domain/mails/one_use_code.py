"""The code that a candidate types to show that a page is theirs."""

from dataclasses import dataclass
from typing import Annotated

from eiassess.domain.mails.kind import MailKind, MailValues, Placeholder


@dataclass(frozen=True)
class OneUseCodeValues(MailValues):
    """What it says."""

    name: Annotated[str, Placeholder("the name of whoever gets it", "Casey Berg")]
    purpose: Annotated[str, Placeholder("what the code is for", "get a file with all your data")]
    code: Annotated[str, Placeholder("the code", "482 913", is_needed=True)]
    minutes: Annotated[str, Placeholder("for how many minutes it can be used", "15")]


ONE_USE_CODE = MailKind(
    "one_use_code",
    "One-use code",
    "Whoever asked for their data, or to have them deleted.",
    OneUseCodeValues,
    is_of_opening=False,
    is_secret=True,
)
