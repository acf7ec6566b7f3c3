"""What a candidate does with a scenario's options, and what a page says about it."""

from dataclasses import dataclass
from enum import StrEnum


class ResponseFormat(StrEnum):
    """What a candidate does with a scenario's options."""

    RATE_EACH = "RATE_EACH"
    RATE_EMOTIONS = "RATE_EMOTIONS"
    PICK_BEST_AND_WORST = "PICK_BEST_AND_WORST"
    RANK = "RANK"
    PICK_BEST = "PICK_BEST"

    @property
    def is_rated(self) -> bool:
        """Whether every option gets a point of a rating scale."""
        return self in {ResponseFormat.RATE_EACH, ResponseFormat.RATE_EMOTIONS}

    def decisions(self, n_options: int) -> int:
        """How many decisions a scenario with so many options asks for."""
        match self:
            case ResponseFormat.PICK_BEST_AND_WORST:
                return 2
            case ResponseFormat.PICK_BEST:
                return 1
        return n_options


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
class ChoicePrompt:
    """The words of a format in which options are chosen or ranked, not rated.

    Parameters
    ----------
    question
        What stands above the options.
    top
        What the best choice, or the first place, is called.
    bottom
        What the worst choice, or the last place, is called; not shown where only the best is picked.
    """

    question: str
    top: str
    bottom: str
