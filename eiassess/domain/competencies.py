"""What a bank claims to cover: competencies in groups, and the customer styles of its source."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class InterviewQuestion:
    """A question for the interview, with what a good and a poor answer sound like."""

    question: str
    good: str
    poor: str


@dataclass(frozen=True)
class Competency:
    """One kind of knowledge of what helps in service."""

    id: str
    name: str
    short_name: str
    definition: str
    close_to_key: str
    far_from_key: str
    candidate_feedback: str
    interview: tuple[InterviewQuestion, ...]


@dataclass(frozen=True)
class CompetencyGroup:
    """Competencies that are reported together."""

    id: str
    name: str
    definition: str
    competencies: tuple[str, ...]


@dataclass(frozen=True)
class CustomerStyle:
    """A kind of customer as the source describes it; not a validated typology."""

    id: str
    name: str
    description: str
    interview: tuple[InterviewQuestion, ...]


@dataclass(frozen=True)
class CompetencyModel:
    """Groups, competencies and styles of a bank, in the order in which they are shown."""

    groups: tuple[CompetencyGroup, ...]
    competencies: Mapping[str, Competency]
    styles: Mapping[str, CustomerStyle]

    @property
    def competency_ids(self) -> tuple[str, ...]:
        """All competencies, group after group."""
        return tuple(competency for group in self.groups for competency in group.competencies)
