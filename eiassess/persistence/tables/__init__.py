"""All tables; importing this package fills ``SQLModel.metadata``."""

from eiassess.persistence.tables.accounts import (
    StaffInvitationRecord,
    UserIdentityRecord,
    UserRecord,
    UserRoleRecord,
    WebSessionRecord,
)
from eiassess.persistence.tables.adjustments import (
    AdjustmentRecord,
    AdjustmentRequestRecord,
    FormerContactRecord,
)
from eiassess.persistence.tables.audit import AuditEntryRecord, AuditHeadRecord
from eiassess.persistence.tables.content import PinnedContentRecord, PinnedKeyRecord
from eiassess.persistence.tables.deciding import (
    CandidateMarkRecord,
    CandidateNoteRecord,
    OpeningStageRecord,
    StageMoveRecord,
    UseChoiceRecord,
)
from eiassess.persistence.tables.done_once import DoneOnceRecord
from eiassess.persistence.tables.erasures import ErasureHoldRecord, ErasureReceiptRecord, ErasureWishRecord
from eiassess.persistence.tables.estimates import ErrorEstimateRecord
from eiassess.persistence.tables.experience import ExperienceRatingRecord, ScenarioComplaintRecord
from eiassess.persistence.tables.fairness import (
    FairnessAnswerRecord,
    FairnessCountedRecord,
    FairnessPageRecord,
    FairnessSumsRecord,
)
from eiassess.persistence.tables.guesses import AttemptRecord
from eiassess.persistence.tables.hiring import (
    CandidateRecord,
    FormerMemberRecord,
    OpeningMemberRecord,
    OpeningProfileRecord,
    OpeningRecord,
)
from eiassess.persistence.tables.interviews import (
    InterviewerRecord,
    InterviewRatingRecord,
    InterviewRecord,
    RatingsReadRecord,
)
from eiassess.persistence.tables.invitation_lists import InvitationListRecord, InvitationListRowRecord
from eiassess.persistence.tables.jobs import JobRecord
from eiassess.persistence.tables.listing import ListedPartRecord, ListedScoreRecord, ScoreBasisRecord
from eiassess.persistence.tables.messages import MailWordingRecord, MessageRecord
from eiassess.persistence.tables.outcomes import StudyLinkRecord, StudyPersonRecord, WorkRatingRecord
from eiassess.persistence.tables.panels import (
    ExpertRatingRecord,
    KeyingPanelRecord,
    PanelExpertRecord,
    PublishedKeyRecord,
)
from eiassess.persistence.tables.questions import CandidateQuestionRecord
from eiassess.persistence.tables.scores import ScoreRecord
from eiassess.persistence.tables.sharing import (
    ManagerVisitRecord,
    ReleaseRecord,
    SharedCandidateRecord,
    SharedViewRecord,
    ShareLinkRecord,
)
from eiassess.persistence.tables.signing_in import PasswordResetRecord, RecoveryCodeRecord, TwoStepsRecord
from eiassess.persistence.tables.sittings import (
    AssessmentSessionRecord,
    FailedHandInRecord,
    InvitationRecord,
    ItemResponseRecord,
    LateAnswerRecord,
    OneUseCodeRecord,
    PracticeAnswerRecord,
    ScenarioShowingRecord,
)
from eiassess.persistence.tables.views import SavedViewRecord
from eiassess.persistence.tables.what_ifs import WhatIfRecord, WhatIfWeightRecord

__all__ = [
    "AdjustmentRecord",
    "AdjustmentRequestRecord",
    "AssessmentSessionRecord",
    "AttemptRecord",
    "AuditEntryRecord",
    "AuditHeadRecord",
    "CandidateMarkRecord",
    "CandidateNoteRecord",
    "CandidateQuestionRecord",
    "CandidateRecord",
    "DoneOnceRecord",
    "ErasureHoldRecord",
    "ErasureReceiptRecord",
    "ErasureWishRecord",
    "ErrorEstimateRecord",
    "ExperienceRatingRecord",
    "ExpertRatingRecord",
    "FailedHandInRecord",
    "FairnessAnswerRecord",
    "FairnessCountedRecord",
    "FairnessPageRecord",
    "FairnessSumsRecord",
    "FormerContactRecord",
    "FormerMemberRecord",
    "InterviewRatingRecord",
    "InterviewRecord",
    "InterviewerRecord",
    "InvitationListRecord",
    "InvitationListRowRecord",
    "InvitationRecord",
    "ItemResponseRecord",
    "JobRecord",
    "KeyingPanelRecord",
    "LateAnswerRecord",
    "ListedPartRecord",
    "ListedScoreRecord",
    "MailWordingRecord",
    "ManagerVisitRecord",
    "MessageRecord",
    "OneUseCodeRecord",
    "OpeningMemberRecord",
    "OpeningProfileRecord",
    "OpeningRecord",
    "OpeningStageRecord",
    "PanelExpertRecord",
    "PasswordResetRecord",
    "PinnedContentRecord",
    "PinnedKeyRecord",
    "PracticeAnswerRecord",
    "PublishedKeyRecord",
    "RatingsReadRecord",
    "RecoveryCodeRecord",
    "ReleaseRecord",
    "SavedViewRecord",
    "ScenarioComplaintRecord",
    "ScenarioShowingRecord",
    "ScoreBasisRecord",
    "ScoreRecord",
    "ShareLinkRecord",
    "SharedCandidateRecord",
    "SharedViewRecord",
    "StaffInvitationRecord",
    "StageMoveRecord",
    "StudyLinkRecord",
    "StudyPersonRecord",
    "TwoStepsRecord",
    "UseChoiceRecord",
    "UserIdentityRecord",
    "UserRecord",
    "UserRoleRecord",
    "WebSessionRecord",
    "WhatIfRecord",
    "WhatIfWeightRecord",
    "WorkRatingRecord",
]
