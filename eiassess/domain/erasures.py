"""Why what is stored about somebody goes, and who had it go; and records that have to be kept for a time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

HOLD_YEARS_AT_MOST = 10
HOLD_REASON_AT_MOST = 500


class ErasedBy(StrEnum):
    """Which kind of person had somebody's data erased; never who."""

    CANDIDATE = "candidate"
    STAFF = "staff"
    OPERATOR = "operator"
    NOBODY = "nobody"
    """Their time was over, and the program did it by itself."""


class ErasureReason(StrEnum):
    """Why; never in free words, which might name somebody."""

    ASKED = "asked"
    MISTAKE = "mistake"
    NOT_NEEDED = "not needed"
    TIME_OVER = "time over"


STAFF_REASONS = (ErasureReason.ASKED, ErasureReason.MISTAKE, ErasureReason.NOT_NEEDED)
"""Reasons that a person can give."""


@dataclass(frozen=True)
class Hold:
    """A duty to keep somebody's records for a time: nobody erases them before it ends, and it ends by itself.

    Parameters
    ----------
    person
        Who answers for it, by name; the candidate reads it.
    reason
        What the duty is; the candidate reads it.
    until
        When it ends.
    """

    person: str
    reason: str
    until: datetime


@dataclass(frozen=True)
class Erasure:
    """What became of a wish to have everything about somebody erased.

    Parameters
    ----------
    receipt
        Under which id it is kept that somebody's data were erased; empty if they are held.
    hold
        Why they are kept for now; they are erased by themselves when it ends.
    """

    receipt: str = ""
    hold: Hold | None = None
