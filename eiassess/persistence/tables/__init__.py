"""All tables; importing this package fills ``SQLModel.metadata``."""

from eiassess.persistence.tables.accounts import UserRecord, WebSessionRecord
from eiassess.persistence.tables.content import PinnedContentRecord, PinnedKeyRecord
from eiassess.persistence.tables.guesses import AttemptRecord
from eiassess.persistence.tables.hiring import CandidateRecord, OpeningMemberRecord, OpeningRecord
from eiassess.persistence.tables.panels import (
    ExpertRatingRecord,
    KeyingPanelRecord,
    PanelExpertRecord,
    PublishedKeyRecord,
)
from eiassess.persistence.tables.scores import ScoreRecord
from eiassess.persistence.tables.sittings import (
    AssessmentSessionRecord,
    InvitationRecord,
    ItemResponseRecord,
    PracticeAnswerRecord,
    ScenarioShowingRecord,
)

__all__ = [
    "AssessmentSessionRecord",
    "AttemptRecord",
    "CandidateRecord",
    "ExpertRatingRecord",
    "InvitationRecord",
    "ItemResponseRecord",
    "KeyingPanelRecord",
    "OpeningMemberRecord",
    "OpeningRecord",
    "PanelExpertRecord",
    "PinnedContentRecord",
    "PinnedKeyRecord",
    "PracticeAnswerRecord",
    "PublishedKeyRecord",
    "ScenarioShowingRecord",
    "ScoreRecord",
    "UserRecord",
    "WebSessionRecord",
]
