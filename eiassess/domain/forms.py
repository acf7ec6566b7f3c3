"""Forms: which scenarios a candidate sits, in which order and format."""

from dataclasses import dataclass
from enum import StrEnum

from eiassess.domain.scenarios import Scenario, ScenarioKind

WORDS_PER_MINUTE = 200
SECONDS_PER_RATING = 8


class ResponseFormat(StrEnum):
    """What a candidate does with a scenario's options."""

    RATE_EACH = "RATE_EACH"


class ResponseInstruction(StrEnum):
    """Whether candidates say what one should do (knowledge) or what they would do (tendency)."""

    SHOULD_DO = "SHOULD_DO"
    WOULD_DO = "WOULD_DO"


@dataclass(frozen=True)
class RatingScale:
    """A rating scale with a label for every point and the question above it."""

    minimum: int
    maximum: int
    labels: tuple[str, ...]
    question: str

    @property
    def points(self) -> tuple[int, ...]:
        """The ratings that can be given."""
        return tuple(range(self.minimum, self.maximum + 1))

    @property
    def lowest(self) -> str:
        """The label of the lowest rating."""
        return self.labels[0]

    @property
    def highest(self) -> str:
        """The label of the highest rating."""
        return self.labels[-1]


@dataclass(frozen=True)
class AssessmentForm:
    """A form with the scenarios that it pins; the key is named, not held.

    ``digest`` is the SHA-256 of the canonical JSON of the form and all its scenarios.
    """

    id: str
    version: int
    title: str
    bank: str
    format: ResponseFormat
    instruction: ResponseInstruction
    key_id: str
    scales: dict[ScenarioKind, RatingScale]
    practice: tuple[Scenario, ...]
    scenarios: tuple[Scenario, ...]
    digest: str

    def scale_of(self, scenario: Scenario) -> RatingScale:
        """Return the rating scale that the scenario's options are rated on."""
        return self.scales[scenario.kind]

    @property
    def scenario_ids(self) -> tuple[str, ...]:
        """The scenarios' ids in the order in which they are sat."""
        return tuple(scenario.id for scenario in self.scenarios)

    @property
    def rating_count(self) -> int:
        """How many ratings the form asks for, practice left out."""
        return sum(len(scenario.options) for scenario in self.scenarios)


def expected_seconds(scenarios: tuple[Scenario, ...]) -> float:
    """Estimate how long scenarios take until real times are known: reading, then 8 s a rating."""
    words = sum(scenario.word_count for scenario in scenarios)
    ratings = sum(len(scenario.options) for scenario in scenarios)
    return words / WORDS_PER_MINUTE * 60 + ratings * SECONDS_PER_RATING
