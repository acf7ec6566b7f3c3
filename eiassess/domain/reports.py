"""Reports as plain values: what stands on paper, in order, ready to be set."""

from dataclasses import dataclass
from datetime import datetime

from eiassess.domain.charts import IntervalChart
from eiassess.domain.competencies import InterviewQuestion


@dataclass(frozen=True)
class CompetencyLine:
    """A row of the report's table, its numbers already written as text."""

    name: str
    score: str
    interval: str
    random_range: str
    meaning: str


@dataclass(frozen=True)
class CompetencySection:
    """A group of competencies in the report's table."""

    name: str
    definition: str
    lines: tuple[CompetencyLine, ...]


@dataclass(frozen=True)
class ProbingArea:
    """An area worth asking about, why, and questions for it."""

    name: str
    reason: str
    questions: tuple[InterviewQuestion, ...]


@dataclass(frozen=True)
class AnsweredScenario:
    """A scenario with what was given to each of its options: pairs of texts."""

    title: str
    situation: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class HiringReport:
    """What a hiring manager reads in five minutes before an interview.

    ``message`` is the one sentence on top; ``profile`` says what can be said of strengths and weaknesses, which is that
    none is named; ``evidence`` are titled statements of what is known and not.
    ``overall_only`` says, where a form gives no scores of competencies, that it does not, and why; then there are no
    sections. ``irritants`` are those rated as effective more often than chance allows, and ``irritants_note`` says what
    that rests on; most often there are none.

    Of what was not released nothing is here: ``left_out`` says what that is, ``chart`` is ``None`` without scores,
    and ``areas`` and ``answers`` are there where they were released.
    """

    candidate: str
    opening: str
    scored_at: datetime
    submitted_at: datetime
    simulated: bool
    message: str
    summary: tuple[str, ...]
    chart: IntervalChart | None
    sections: tuple[CompetencySection, ...]
    styles: tuple[CompetencyLine, ...]
    profile: tuple[str, ...]
    probing: tuple[ProbingArea, ...]
    how_scored: tuple[str, ...]
    evidence_status: str
    evidence: tuple[tuple[str, str], ...]
    provenance: tuple[tuple[str, str], ...]
    overall_only: str = ""
    irritants: tuple[ProbingArea, ...] = ()
    irritants_note: str = ""
    areas: tuple[CompetencyLine, ...] = ()
    answers: tuple[AnsweredScenario, ...] = ()
    left_out: str = ""
    probing_note: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    """Who wrote it when, and the words."""
