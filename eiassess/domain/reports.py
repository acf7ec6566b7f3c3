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


@dataclass(frozen=True)
class DrawnChart:
    """A chart under its heading."""

    heading: str
    chart: IntervalChart


@dataclass(frozen=True)
class PaperTable:
    """A table whose first column names its rows, all of it already written as text; ``note`` is its caption."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ComparisonReport:
    """Two to six people side by side, as the page that compares has them: the same sentences, the same numbers.

    ``made_on`` is the day on which it was made; ``parts`` are the overall score and areas with what is said of each,
    ``tested`` the pictures of these and ``drawn`` those of competencies. What was not asked for on the page is empty.
    """

    opening: str
    made_on: datetime
    simulated: bool
    people: tuple[str, ...]
    message: str
    not_compared: tuple[str, ...]
    evidence_title: str
    evidence: tuple[str, ...]
    tested: tuple[DrawnChart, ...]
    parts: tuple[tuple[str, str], ...]
    how_many: str
    differences: PaperTable | None
    chances: tuple[str, ...]
    chances_caution: str
    estimates: tuple[str, ...]
    drawn_only: str
    not_scored: tuple[str, ...]
    drawn: tuple[DrawnChart, ...]
    expected: PaperTable | None
    expected_note: str
    answers: tuple[PaperTable, ...]
    provenance: tuple[tuple[str, str], ...]


Report = HiringReport | ComparisonReport
