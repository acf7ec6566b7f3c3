"""Scenarios as candidates see them. Nothing here, or reachable from here, says which answer is good."""

from dataclasses import dataclass
from enum import StrEnum

from eiassess.domain.versions import ContentStatus


class ScenarioKind(StrEnum):
    """What the options of a scenario are."""

    RESPONSES = "responses"
    EMOTIONS = "emotions"


@dataclass(frozen=True)
class ResponseOption:
    """One thing to rate: something a person could do or say, or an emotion.

    ``feedback`` is filled in practice scenarios only.
    """

    id: str
    text: str
    feedback: str = ""


@dataclass(frozen=True)
class Scenario:
    """A short scene from customer service with options to rate.

    ``twin`` names the other half of a flip pair: a scenario with the same options, whose plain facts make others good.
    Nobody sits both.
    """

    id: str
    version: int
    title: str
    kind: ScenarioKind
    channel: str
    trade: str
    situation: str
    options: tuple[ResponseOption, ...]
    competency: str | None = None
    style: str | None = None
    sources: tuple[str, ...] = ()
    status: ContentStatus = ContentStatus.TRIAL
    twin: str | None = None

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The options' ids in the order of the file."""
        return tuple(option.id for option in self.options)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The situation, split where a line is empty."""
        return tuple(part.strip() for part in self.situation.strip().split("\n\n"))

    @property
    def word_count(self) -> int:
        """Words that a candidate reads on the scenario's page."""
        return len(self.situation.split()) + sum(len(option.text.split()) for option in self.options)
