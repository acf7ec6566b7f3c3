"""What reports are written from."""

from dataclasses import dataclass
from datetime import datetime

from eiassess.domain.banks import QuestionBank
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.scores import PersonScore, RatedEffective, StoredScore


@dataclass(frozen=True)
class ReportBasis:
    """All that a report is written from."""

    candidate: str
    opening: str
    simulated: bool
    submitted_at: datetime
    form: AssessmentForm
    key: ScoringKey
    bank: QuestionBank
    stored: StoredScore
    irritants: tuple[RatedEffective, ...] = ()
    """What was rated as effective more often than chance allows, of what the key tags as irritating."""

    @property
    def score(self) -> PersonScore:
        """The scores that the report is about."""
        return self.stored.score
