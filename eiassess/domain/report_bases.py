"""What reports are written from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from eiassess.domain.banks import QuestionBank
from eiassess.domain.deciding import Note
from eiassess.domain.error_estimates import ErrorEstimate, NotCompared
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.releases import Fields, ReleaseField
from eiassess.domain.responses import Ratings
from eiassess.domain.scores import Interval, PersonScore, RatedEffective, StoredScore

SCORES: Fields = frozenset({ReleaseField.OVERALL, ReleaseField.COMPETENCIES})


@dataclass(frozen=True)
class AreaReading:
    """A score in an area, a group of competencies; ``None`` where too little of it counts."""

    name: str
    definition: str
    score: float | None
    interval: Interval | None


@dataclass(frozen=True)
class ReportBasis:
    """All that a report is written from; what ``fields`` do not name is not in it."""

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
    fields: Fields = SCORES
    areas: tuple[AreaReading, ...] = ()
    answers: Mapping[str, Ratings] = field(default_factory=dict)
    """What was answered, by scenario."""
    notes: tuple[Note, ...] = ()
    not_compared: NotCompared | None = None
    """Why the overall score is drawn and not compared with other people's."""
    estimate: ErrorEstimate | None = None
    """What the errors of such scores were estimated from, where people enough lend each other strength."""

    @property
    def score(self) -> PersonScore:
        """The scores that the report is about."""
        return self.stored.score
