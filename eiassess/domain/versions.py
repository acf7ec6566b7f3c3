"""What may be sat: the life of a scenario or form, and which versions' scores compare."""

from dataclasses import dataclass
from enum import StrEnum


class ContentStatus(StrEnum):
    """Where in its life a scenario or form is; moving on changes no content, so it is not part of the digest."""

    DRAFT = "draft"
    TRIAL = "trial"
    OPERATIONAL = "operational"
    RETIRED = "retired"

    @property
    def can_be_sat(self) -> bool:
        """Whether new openings may use it."""
        return self in {ContentStatus.TRIAL, ContentStatus.OPERATIONAL}


@dataclass(frozen=True)
class VersionLink:
    """A named person's statement that scores of another form compare with this one's, and why.

    Parameters
    ----------
    digest
        The other form's.
    reason
        What was changed, or which study linked the two.
    stated_by
        Who says so.
    """

    digest: str
    reason: str
    stated_by: str
