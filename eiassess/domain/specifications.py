"""Content specifications: what a form has to hold, whichever scenarios it takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm, ResponseInstruction
from eiassess.domain.scenarios import Scenario


class Facet(StrEnum):
    """What scenarios are counted by."""

    COMPETENCY = "competency"
    CHANNEL = "channel"
    STYLE = "style"
    TRADE = "trade"
    KIND = "kind"

    def of(self, scenario: Scenario) -> str | None:
        """Return the scenario's own value; no style is None."""
        value: str | None = getattr(scenario, self)
        return value


@dataclass(frozen=True)
class CountRule:
    """How many scenarios with these values a form holds.

    Parameters
    ----------
    where
        A value for each facet that counts; a scenario counts when it has them all.
    minimum, maximum
        Both ends belong to what is allowed; no maximum is None.
    """

    where: Mapping[Facet, str]
    minimum: int = 0
    maximum: int | None = None

    def covers(self, scenario: Scenario) -> bool:
        """Whether the scenario is one of those that are counted."""
        return all(facet.of(scenario) == value for facet, value in self.where.items())


@dataclass(frozen=True)
class WordLimits:
    """How much a form gives to read, practice left out; ``target`` is aimed at, the others are held."""

    minimum: int | None = None
    maximum: int | None = None
    target: int | None = None


@dataclass(frozen=True)
class GroupRule:
    """A limit for scenarios that are named one by one, such as those that go with the grain."""

    name: str
    scenarios: frozenset[str]
    minimum: int = 0
    maximum: int | None = None


@dataclass(frozen=True)
class TwinRule:
    """How forms take flip pairs; no form ever has both halves of one.

    Parameters
    ----------
    halves
        At least so many scenarios of each form are half of a pair.
    across
        Whether the other half stands in the other form, where two are assembled.
    """

    halves: int = 0
    across: bool = False


@dataclass(frozen=True)
class ContentSpecification:
    """What forms have to hold, and how they differ from each other and from those that there are.

    Parameters
    ----------
    scenarios
        Competency -> how many scenarios of it a form has.
    counts
        Limits by channel, style, trade, kind or several of these.
    minutes
        Most minutes that a form may take, as ``AssessmentForm.expected_seconds`` has it, practice left out.
    overlap
        Most scenarios that any two of the forms may share.
    must_include
        Scenarios that every form has.
    never_together
        Groups of scenarios of which a form has one at most.
    avoid
        Scenarios that are taken only where the rules cannot be met without them.
    groups
        Limits for scenarios that are named one by one.
    twins
        How flip pairs are taken.
    """

    id: str
    title: str
    bank: str
    key_id: str
    format: ResponseFormat
    instruction: ResponseInstruction
    practice: tuple[str, ...]
    scenarios: Mapping[str, int]
    counts: tuple[CountRule, ...] = ()
    words: WordLimits = field(default_factory=WordLimits)
    minutes: float | None = None
    overlap: int = 0
    must_include: tuple[str, ...] = ()
    never_together: tuple[tuple[str, ...], ...] = ()
    avoid: frozenset[str] = frozenset()
    groups: tuple[GroupRule, ...] = ()
    twins: TwinRule = field(default_factory=TwinRule)

    @property
    def length(self) -> int:
        """How many scenarios a form has."""
        return sum(self.scenarios.values())


@dataclass(frozen=True)
class ScenarioStatistics:
    """What a sample says about a scenario, on the scale of whoever computed it."""

    difficulty: float
    information: float


@dataclass(frozen=True)
class ScenarioPool:
    """What forms can be made of.

    Parameters
    ----------
    form
        A form that has every scenario that may be taken, in the specification's format.
    statistics
        Scenario id -> its statistics, where there are any.
    unusable
        Scenario id -> why it may not be taken, for the bank's other scenarios.
    names
        Competency or style id -> the name that people read.
    """

    form: AssessmentForm
    statistics: Mapping[str, ScenarioStatistics] = field(default_factory=dict)
    unusable: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios that may be taken."""
        return self.form.scenarios

    def seconds(self, scenario: Scenario) -> float:
        """Estimate how long a scenario takes."""
        return self.form.expected_seconds((scenario,))
