"""All tables; importing this package fills ``SQLModel.metadata``."""

from eiassess.persistence.tables.accounts import UserRecord, WebSessionRecord
from eiassess.persistence.tables.attempts import AttemptRecord
from eiassess.persistence.tables.content import PinnedContentRecord, PinnedKeyRecord
from eiassess.persistence.tables.delivery import AssessmentSessionRecord, InvitationRecord, ItemResponseRecord
from eiassess.persistence.tables.hiring import CandidateRecord, OpeningMemberRecord, OpeningRecord
from eiassess.persistence.tables.scores import ScoreRecord

__all__ = [
    "AssessmentSessionRecord",
    "AttemptRecord",
    "CandidateRecord",
    "InvitationRecord",
    "ItemResponseRecord",
    "OpeningMemberRecord",
    "OpeningRecord",
    "PinnedContentRecord",
    "PinnedKeyRecord",
    "ScoreRecord",
    "UserRecord",
    "WebSessionRecord",
]
