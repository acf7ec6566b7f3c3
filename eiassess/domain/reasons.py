"""Why something is not scored, as codes with counts; sentences are made of them where they are read."""

from dataclasses import dataclass
from enum import StrEnum

OVERALL = "overall"
"""The part that is the whole score; competencies and styles go by their ids."""


class NotScoredCode(StrEnum):
    """What is missing. The values are stored with scores: none is ever given another meaning."""

    NO_SCENARIOS = "no-scenarios"
    TOO_FEW_COMPLETE = "too-few-complete"
    SAME_RATINGS = "same-ratings"
    SAME_RATINGS_OF_KIND = "same-ratings-of-kind"
    SAME_KEY_OF_KIND = "same-key-of-kind"
    SAME_KEY_OF_SCENARIO = "same-key-of-scenario"
    FORM_TOO_SMALL = "form-too-small"
    FORM_OVERALL_ONLY = "form-overall-only"
    FORM_MIXES_FORMATS = "form-mixes-formats"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class NotScored:
    """One thing that has no score, or does not count in one, and why.

    Parameters
    ----------
    part
        ``overall``, a competency's or style's id; of ``same-...-of-kind`` the kind of scenario, of
        ``same-key-of-scenario`` the scenario's id; empty where the reason is about all parts of a form.
    code
        What is missing.
    counted, asked
        How many scenarios (of ``same-ratings``: how many equal ratings) there were, of how many; 0 where nothing is
        counted.
    needed
        How many would have done; 0 where no number would.
    """

    part: str
    code: NotScoredCode
    counted: int = 0
    asked: int = 0
    needed: int = 0
