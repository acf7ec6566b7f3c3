"""Scores as the engine gives them: every number with its error and the range of random answering."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from eiassess.domain.reasons import NotScored


@dataclass(frozen=True)
class Interval:
    """A range on the house scale; may run past 0 or 100, where it is cut when shown."""

    low: float
    high: float

    def contains(self, value: float) -> bool:
        """Whether the value lies in the range, its ends included."""
        return self.low <= value <= self.high


@dataclass(frozen=True)
class ScoreEstimate:
    """A score on the house scale: 100 = the key's pattern, 50 = random answering.

    Parameters
    ----------
    score
        The score, which can be below 0; shown as 0 then.
    sem
        The person's own conditional standard error of measurement; ``None`` if it cannot be estimated.
    interval
        95 % interval; ``None`` without a standard error.
    random_interval
        Where 95 % of people who answer at random score on the same scenarios.
    n_scenarios
        How many scenarios the score covers.
    df
        Degrees of freedom of the standard error.
    within
        50 (1 + r) over these scenarios' ratings alone; ``None`` where r is undefined.
    """

    score: float
    sem: float | None
    interval: Interval | None
    random_interval: Interval
    n_scenarios: int
    df: int
    within: float | None = None

    @property
    def uses_scale_differently(self) -> bool:
        """Whether the score within these scenarios alone is further off than half the interval."""
        if self.within is None or self.interval is None:
            return False
        return abs(self.within - self.score) > (self.interval.high - self.interval.low) / 2


@dataclass(frozen=True)
class DistanceComponents:
    """How a profile of ratings lies to the key's: mean squared distance, split as Cronbach and Gleser did.

    ``closeness`` is the mean absolute distance, turned round and rescaled to 0..1 by the worst that the key allows;
    1 = at the key.
    """

    closeness: float
    elevation: float
    scatter: float
    shape: float


@dataclass(frozen=True)
class NamedDifference:
    """A competency or style that differs from the person's own mean by more than its error."""

    id: str
    difference: float
    p_adjusted: float


@dataclass(frozen=True)
class RatedEffective:
    """An irritant that a person rated as effective more often than chance allows; never stored, made where it is shown.

    Parameters
    ----------
    irritant
        Its id in the bank's taxonomy.
    n_above, n_tagged
        How many of the options that the key tags with it the person rated above the scale's middle, and of how many.
    p_adjusted
        Holm's p over all irritants that the form tags.
    """

    irritant: str
    n_above: int
    n_tagged: int
    p_adjusted: float


@dataclass(frozen=True)
class PersonScore:
    """Everything that one person's responses give.

    ``overall`` is ``None`` when it is not scored; ``not_scored`` says why, and for which parts.
    """

    overall: ScoreEstimate | None
    competencies: Mapping[str, ScoreEstimate]
    styles: Mapping[str, ScoreEstimate]
    scenarios: Mapping[str, float]
    distance: DistanceComponents | None
    strengths: tuple[NamedDifference, ...]
    weaknesses: tuple[NamedDifference, ...]
    not_scored: tuple[NotScored, ...]
    n_ratings: int
    n_unanswered: int
    random_like: bool | None


@dataclass(frozen=True)
class StoredScore:
    """A score with what it was made from."""

    score: PersonScore
    form_digest: str
    key_digest: str
    responses_digest: str
    content_digest: str
    engine: str
    scored_at: datetime
