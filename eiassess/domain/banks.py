"""A question bank without its keys: names, texts about it, sources, competency model."""

from collections.abc import Mapping
from dataclasses import dataclass

from eiassess.domain.competencies import CompetencyModel


@dataclass(frozen=True)
class Source:
    """A row of the source documents: what it establishes, and where."""

    id: str
    title: str
    establishes: str
    document: str
    kind: str
    study: str = ""


@dataclass(frozen=True)
class CandidateNotice:
    """What a candidate is told before consenting; its digest is kept with the consent."""

    measures: str
    sees: tuple[str, ...]
    decides: str
    key_status: str
    adjustments: str
    rights: tuple[str, ...]
    stored: str
    digest: str


@dataclass(frozen=True)
class EvidenceStatement:
    """What is known about the scores and what is not, for those who read reports."""

    key: str
    norms: str
    reliability: str
    not_measured: str
    anchors: str


@dataclass(frozen=True)
class CoverageTargets:
    """What a bank promises to cover, practice left out; ``None`` where it promises nothing.

    Parameters
    ----------
    scenarios, scenarios_per_competency, scenarios_per_style
        At least so many, in all and for each.
    channels, trades
        Each is used at least once, and no other.
    unused_sources
        Source rows that no scenario need cite; every other one is cited.
    read_blind
        Forms whose key cannot be found without the situations: readers have tried.
    """

    scenarios: int | None = None
    scenarios_per_competency: int | None = None
    scenarios_per_style: int | None = None
    channels: tuple[str, ...] | None = None
    trades: tuple[str, ...] | None = None
    unused_sources: tuple[str, ...] | None = None
    read_blind: tuple[str, ...] | None = None


@dataclass(frozen=True)
class QuestionBank:
    """A bank's own texts and model; forms and keys are loaded beside it."""

    id: str
    version: int
    title: str
    language: str
    notice: CandidateNotice
    evidence: EvidenceStatement
    model: CompetencyModel
    sources: Mapping[str, Source]
