"""What somebody who signs in does here."""

from enum import StrEnum


class Role(StrEnum):
    """One for each person; what it allows stands with the pages."""

    RECRUITER = "recruiter"
    MANAGER = "manager"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"
