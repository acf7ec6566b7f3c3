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
    """An option's value on the rating scale, with the reason and the source rows that it rests on.

    Parameters
    ----------
    best_when
        Of a bad option: the situation in which it would be the best one, or why there is none.
    irritant
        What irritates customers that the act amounts to in this situation: an id of the bank's taxonomy, or empty.
    """

    value: float
    rationale: str
    sources: tuple[str, ...]
    best_when: str = ""
    irritant: str = ""


@dataclass(frozen=True)
class KeyProvenance:
    """The panel that a key was made from; its experts are counted, never named.

    Parameters
    ----------
    panel
        The panel's id in the installation that published the key.
    rated_from, rated_to, published
        Days as ``2026-11-22``: the first and the last hand-in, and the publication.
    share_kept
        Share of the options on which the experts agree well enough.
    median_icc
        Median over scenarios of ICC(2,k); ``None`` where it has no value.
    simulated
        Whether the experts were made up by a program.
    previous
        Digest of the key that stood before.
    to_review
        Options whose value moved by more than a point: their rationale was written for another value.
    """

    panel: str
    rated_from: str
    rated_to: str
    published: str
    share_kept: float
    median_icc: float | None
    simulated: bool
    previous: str
    to_review: tuple[str, ...]


@dataclass(frozen=True)
class ScoringKey:
    """Values for every option of some scenarios: ``credits[scenario][option]``.

    Parameters
    ----------
    relevance, relevance_by
        Why what the key rewards matters for the job, and the named person who stands for that; empty if nobody does.
    provisional
        Whether it was published with fewer experts than a key needs.
    provenance
        The panel that it was made from, if it was made from one.
    """

    id: str
    version: int
    method: KeyingMethod
    experts: int
    minimum: float
    maximum: float
    credits: Mapping[str, Mapping[str, OptionCredit]]
    digest: str
    relevance: str = ""
    relevance_by: str = ""
    provisional: bool = False
    provenance: KeyProvenance | None = None

    @property
    def is_simulated(self) -> bool:
        """Whether the experts behind the key were made up by a program."""
        return self.provenance is not None and self.provenance.simulated

    @property
    def supports_selection(self) -> bool:
        """Whether its scores may be used for more than preparing an interview.

        Enough real experts stand behind the key, and a named person has recorded why it is relevant to the job.
        """
        return (
            self.method is KeyingMethod.EXPERT
            and self.experts >= EXPERTS_FOR_SELECTION
            and bool(self.relevance and self.relevance_by)
            and not self.provisional
            and not self.is_simulated
        )
