"""Scoring keys: what each option is worth and why. Never imported by what a candidate's page can reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

EXPERTS_FOR_SELECTION = 10


class KeyingMethod(StrEnum):
    """Where a key's values come from."""

    EXPERT = "EXPERT"
    CONSENSUS = "CONSENSUS"
    THEORY = "THEORY"


@dataclass(frozen=True)
class OptionCredit:
    """An option's value on the rating scale, with the reason and the source rows that it rests on."""

    value: float
    rationale: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class ScoringKey:
    """Values for every option of some scenarios: ``credits[scenario][option]``."""

    id: str
    version: int
    method: KeyingMethod
    experts: int
    minimum: float
    maximum: float
    credits: Mapping[str, Mapping[str, OptionCredit]]
    digest: str

    @property
    def supports_selection(self) -> bool:
        """Whether enough experts stand behind the key to use its scores for more than preparing an interview."""
        return self.method is KeyingMethod.EXPERT and self.experts >= EXPERTS_FOR_SELECTION
