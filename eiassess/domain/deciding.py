"""The way from a list to a decision: stages, which of them are decisions, and which mail tells of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eiassess.domain.mail_kinds import TOLD_INTERVIEW, TOLD_NOT_TAKEN, TOLD_OFFER, MailKind

STAGE_NAME_AT_MOST = 60
WORDS_AT_MOST = 4000


class DecisionStage(StrEnum):
    """Where somebody stands for the people who decide; every opening has these, and stages of its own beside them."""

    TO_REVIEW = "to_review"
    INTERVIEW = "interview"
    OFFER = "offer"
    HIRED = "hired"
    NOT_TAKEN = "not_taken"
    WITHDREW = "withdrew"


STAGE_NAMES = {
    DecisionStage.TO_REVIEW: "To review",
    DecisionStage.INTERVIEW: "Interview",
    DecisionStage.OFFER: "Offer",
    DecisionStage.HIRED: "Hired",
    DecisionStage.NOT_TAKEN: "Not taken",
    DecisionStage.WITHDREW: "Withdrew",
}
DECISIONS = frozenset({DecisionStage.OFFER, DecisionStage.HIRED, DecisionStage.NOT_TAKEN})
"""Stages that somebody has to answer for, by name and with a reason."""

TELLING: dict[str, MailKind] = {
    DecisionStage.INTERVIEW: TOLD_INTERVIEW,
    DecisionStage.OFFER: TOLD_OFFER,
    DecisionStage.NOT_TAKEN: TOLD_NOT_TAKEN,
}
"""The mail that tells of a stage; of the others nothing is mailed."""


@dataclass(frozen=True)
class StageChoice:
    """A stage of an opening: its id and what people call it."""

    id: str
    name: str

    @property
    def is_decision(self) -> bool:
        """Whether somebody has to answer for it, by name and with a reason."""
        return self.id in DECISIONS

    @property
    def tells(self) -> bool:
        """Whether there is a mail that tells of it."""
        return self.id in TELLING


@dataclass(frozen=True)
class StageMove:
    """A change of stage as it was recorded; ``person`` decided, ``recorded_by`` wrote it down."""

    stage: StageChoice
    person: str
    reason: str
    recorded_by: str
    at: datetime


@dataclass(frozen=True)
class Note:
    """A note about a candidate; it is never changed."""

    words: str
    author: str
    at: datetime
