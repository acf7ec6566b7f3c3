"""What of a candidate is released to hiring managers: field by field."""

from collections.abc import Iterable
from enum import StrEnum


class ReleaseField(StrEnum):
    """A part of what is known of a candidate that managers see only where it was released."""

    OVERALL = "overall"
    AREAS = "areas"
    COMPETENCIES = "competencies"
    ANSWERS = "answers"
    NOTES = "notes"


Fields = frozenset[ReleaseField]
EVERYTHING: Fields = frozenset(ReleaseField)
USUAL: Fields = frozenset({ReleaseField.OVERALL, ReleaseField.AREAS, ReleaseField.COMPETENCIES})
"""What is released unless somebody says otherwise: what prepares an interview, and no answer itself."""


def written_fields(fields: Iterable[ReleaseField]) -> str:
    """Write fields as they are stored.

    Examples
    --------
    >>> written_fields({ReleaseField.ANSWERS, ReleaseField.OVERALL})
    'overall answers'
    """
    wanted = set(fields)
    return " ".join(each.value for each in ReleaseField if each in wanted)


def read_fields(text: str) -> Fields:
    """Read fields as they are stored; what we do not know shows nothing."""
    return frozenset(ReleaseField(each) for each in text.split() if each in set(ReleaseField))
