"""What somebody who signs in does here."""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """A person has one or several; what each allows stands with the pages."""

    RECRUITER = "recruiter"
    MANAGER = "manager"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"

    @property
    def words(self) -> str:
        """What people call it."""
        return "Hiring manager" if self is Role.MANAGER else self.value.capitalize()

    @property
    def work(self) -> str:
        """What whoever has it is here for, after "to"."""
        return _WORK[self]


_WORK = {
    Role.RECRUITER: "recruit",
    Role.MANAGER: "read what recruiters release to you",
    Role.ANALYST: "look after forms, keys and statistics",
    Role.ADMINISTRATOR: "look after accounts",
}


def work_of(roles: Iterable[Role]) -> str:
    """Say what somebody with some roles is here for, after "to".

    Examples
    --------
    >>> work_of([Role.ADMINISTRATOR, Role.RECRUITER, Role.ANALYST])
    'recruit, look after forms, keys and statistics, and look after accounts'
    >>> work_of([Role.ADMINISTRATOR, Role.RECRUITER])
    'recruit and look after accounts'
    """
    held = frozenset(roles)
    parts = [role.work for role in Role if role in held]
    if len(parts) < 3:  # noqa: PLR2004 - two need no comma
        return " and ".join(parts)
    return f"{', '.join(parts[:-1])}, and {parts[-1]}"
