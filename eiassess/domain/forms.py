"""Forms: which scenarios a candidate sits, in which order and format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from eiassess.domain.formats import ChoicePrompt, RatingScale, ResponseFormat
from eiassess.domain.scenarios import Scenario, ScenarioKind
from eiassess.domain.versions import ContentStatus, VersionLink

WORDS_PER_MINUTE = 200
SECONDS_PER_DECISION = 8


class ResponseInstruction(StrEnum):
    """Whether candidates say what one should do (knowledge) or what they would do (tendency)."""

    SHOULD_DO = "SHOULD_DO"
    WOULD_DO = "WOULD_DO"


@dataclass(frozen=True)
class AssessmentForm:
    """A form with the scenarios that it pins; the key is named, not held.

    ``digest`` is the SHA-256 of the canonical JSON of the form and all its scenarios, without their ``status``, which
    says only where in their lives they are.

    Parameters
    ----------
    format
        The format of all scenarios that ``formats`` does not name; scenarios of emotions are rated, not each response
        of them, where it is ``RATE_EACH``.
    formats
        Scenario id -> format, for forms that mix them.
    prompts
        What the pages say, for each kind of scenario and each format in which options are not rated.
    comparable_with
        Other forms, or versions of this one, whose scores somebody has linked to this one's.
    studies_only
        Whether nobody can be invited to it: only such a form may hold both halves of a flip pair.
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
    formats: Mapping[str, ResponseFormat] = field(default_factory=dict)
    prompts: Mapping[ScenarioKind, Mapping[ResponseFormat, ChoicePrompt]] = field(default_factory=dict)
    status: ContentStatus = ContentStatus.TRIAL
    comparable_with: tuple[VersionLink, ...] = ()
    studies_only: bool = False

    def compares_with(self, digest: str) -> bool:
        """Whether scores of the form with a digest compare with this one's: it is the same, or was linked to it."""
        return digest == self.digest or digest in {link.digest for link in self.comparable_with}

    def repeats(self, other: "AssessmentForm") -> bool:
        """Whether whoever sat the other form meets options again here: the same scenarios, or their twins.

        The word of one half is enough: a form that was pinned before the pair was made knows of no twin.
        """
        named_here, named_there = ({each.twin for each in form.scenarios} for form in (self, other))
        here, there = set(self.scenario_ids), set(other.scenario_ids)
        return self.bank == other.bank and bool(here & (there | named_there) or there & named_here)

    def format_of(self, scenario: Scenario) -> ResponseFormat:
        """Return what is done with the scenario's options."""
        chosen = self.formats.get(scenario.id, self.format)
        if chosen is ResponseFormat.RATE_EACH and scenario.kind is ScenarioKind.EMOTIONS:
            return ResponseFormat.RATE_EMOTIONS
        return chosen

    def scale_of(self, scenario: Scenario) -> RatingScale:
        """Return the scale of the scenario's options: candidates rate on it where they rate, keys always do."""
        return self.scales[scenario.kind]

    def prompt_of(self, scenario: Scenario) -> ChoicePrompt:
        """Return the words for a scenario whose options are chosen or ranked.

        Raises
        ------
        KeyError
            Its options are rated.
        """
        return self.prompts[scenario.kind][self.format_of(scenario)]

    def decisions_of(self, scenario: Scenario) -> int:
        """How many ratings, picks or places the scenario asks for."""
        return self.format_of(scenario).decisions(len(scenario.options))

    def expected_seconds(self, scenarios: tuple[Scenario, ...]) -> float:
        """Estimate how long scenarios take until real times are known: reading, then 8 s a decision."""
        words = sum(scenario.word_count for scenario in scenarios)
        decisions = sum(self.decisions_of(scenario) for scenario in scenarios)
        return words / WORDS_PER_MINUTE * 60 + decisions * SECONDS_PER_DECISION

    @property
    def is_rated(self) -> bool:
        """Whether every scenario's options are rated."""
        return all(self.format_of(scenario).is_rated for scenario in self.scenarios)

    @property
    def scenario_ids(self) -> tuple[str, ...]:
        """The scenarios' ids in the order in which they are sat."""
        return tuple(scenario.id for scenario in self.scenarios)

    @property
    def twins_together(self) -> tuple[tuple[str, str], ...]:
        """Scenarios that stand here with the twin that they name, each two once; the word of one half is enough."""
        held = set(self.scenario_ids)
        found: dict[frozenset[str], tuple[str, str]] = {}
        for each in self.scenarios:
            if each.twin in held and each.twin != each.id:
                found.setdefault(frozenset((each.id, each.twin)), (each.id, each.twin))
        return tuple(found.values())

    @property
    def decision_count(self) -> int:
        """How many ratings, picks or places the form asks for, practice left out."""
        return sum(self.decisions_of(scenario) for scenario in self.scenarios)


def flip_pairs(first: AssessmentForm, second: AssessmentForm) -> tuple[tuple[Scenario, Scenario], ...]:
    """List the flip pairs with one half in each form, in the first's order; of one form with itself each pair once.

    Scenarios are a pair where they name each other and their options are the same, id by id and letter by letter, in
    whatever order.
    """
    others = {scenario.id: scenario for scenario in second.scenarios}
    found: dict[frozenset[str], tuple[Scenario, Scenario]] = {}
    for one in first.scenarios:
        other = others.get(one.twin or "")
        if other is not None and other.twin == one.id and _texts(other) == _texts(one):
            found.setdefault(frozenset((one.id, other.id)), (one, other))
    return tuple(found.values())


def _texts(scenario: Scenario) -> dict[str, str]:
    return {option.id: option.text for option in scenario.options}
