"""What candidates ask for: adjustments, which only their contact reads, and what the recruiter answers."""

from enum import StrEnum

WORDS_AT_MOST = 2000
LINE_AT_MOST = 300
RATINGS = range(1, 6)
FACTORS = (1.0, 1.25, 1.5, 2.0, 3.0)
"""How much longer than others somebody may take."""


class AdjustmentKind(StrEnum):
    """What somebody needs to have different; nobody asks why."""

    MORE_TIME = "more time"
    OTHER_FORMAT = "other format"
    CALL = "call"
    SOMETHING_ELSE = "something else"


class QuestionKind(StrEnum):
    """What somebody asks of the people who recruit."""

    EXPLAIN = "explain"
    CORRECT = "correct"
    STAFF_NOTES = "staff notes"
    SOMETHING_ELSE = "something else"


class CodePurpose(StrEnum):
    """What a one-use code opens."""

    DATA = "data"
    ERASURE = "erasure"
