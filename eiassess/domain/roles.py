"""What somebody who signs in does here."""

from enum import StrEnum


class Role(StrEnum):
    """A person has one or several; what each allows stands with the pages."""

    RECRUITER = "recruiter"
    MANAGER = "manager"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"
