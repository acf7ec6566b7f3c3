"""What a bank claims to cover: competencies in groups, and the customer styles of its source."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
class Irritant:
    """What irritates customers, as a bank's sources name it; keys say which options amount to it, and where.

    Parameters
    ----------
    meaning
        What somebody does who does it, in a sentence without a subject.
    sources
        The source rows that name it.
    interview
        What to ask somebody who rated it as effective.
    singles_only
        Whether it is bad under any situation, so that no flip pair can have it.
    """

    id: str
    name: str
    meaning: str
    sources: tuple[str, ...]
    interview: InterviewQuestion
    singles_only: bool = False


@dataclass(frozen=True)
class CompetencyModel:
    """Groups, competencies, styles and, if it has any, irritants of a bank, in the order in which they are shown."""

    groups: tuple[CompetencyGroup, ...]
    competencies: Mapping[str, Competency]
    styles: Mapping[str, CustomerStyle]
    irritants: Mapping[str, Irritant] = field(default_factory=dict)

    @property
    def competency_ids(self) -> tuple[str, ...]:
        """All competencies, group after group."""
        return tuple(competency for group in self.groups for competency in group.competencies)
