"""All tables; importing this package fills ``SQLModel.metadata``."""

from eiassess.persistence.tables.accounts import UserRecord, WebSessionRecord
from eiassess.persistence.tables.attempts import AttemptRecord
from eiassess.persistence.tables.content import PinnedContentRecord, PinnedKeyRecord
from eiassess.persistence.tables.delivery import (
    AssessmentSessionRecord,
    InvitationRecord,
    ItemResponseRecord,
    PracticeAnswerRecord,
    ScenarioShowingRecord,
)
from eiassess.persistence.tables.hiring import CandidateRecord, OpeningMemberRecord, OpeningRecord
from eiassess.persistence.tables.keying import (
    ExpertRatingRecord,
    KeyingPanelRecord,
    PanelExpertRecord,
    PublishedKeyRecord,
)
from eiassess.persistence.tables.scores import ScoreRecord

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
