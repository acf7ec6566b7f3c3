"""What a key lets be found without the situations: the ceiling of each flip pair, and what a word model finds."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eiassess.banks.checks.content import CheckedBank, KeyFile, ScenarioFile
from eiassess.banks.checks.findings import printable
from eiassess.banks.checks.twins import list_pairs
from eiassess.banks.checks.word_cues import correlation_with_words

if TYPE_CHECKING:
    from eiassess.psychometrics.cover.ceilings import BlindCeiling

Values = list[float]


@dataclass(frozen=True)
class KeyCover:
    """What a key lets be found without the situations.

    Parameters
    ----------
    key
        The key's name.
    pairs
        Of each flip pair: its two scenarios, and the most that answering without the situation earns.
    together
        The same over all pairs; ``None`` without pairs.
    word_model
        Correlation of the key with what a model predicts that knows only the options' words; ``None`` if there are too
        few scenarios to say.
    """

    key: str
    pairs: tuple[tuple[str, str, "BlindCeiling"], ...]
    together: "BlindCeiling | None"
    word_model: float | None


def cover_of_key(bank: CheckedBank, key: KeyFile) -> KeyCover:
    """Say what a key lets be found; a pair whose values are missing, or all the same, has no ceiling."""
    of_pairs = {
        (printable(one.stem), printable(other.stem)): values
        for one, other in list_pairs(bank)
        if (values := _both(key, one, other))
    }
    return KeyCover(
        key=printable(key.stem),
        pairs=tuple((one, other, _ceiling([values])) for (one, other), values in of_pairs.items()),
        together=_ceiling(list(of_pairs.values())) if of_pairs else None,
        word_model=correlation_with_words(bank, key),
    )


def _ceiling(pairs: list[tuple[Values, Values]]) -> "BlindCeiling":
    # loaded with numpy where there is a pair, so that the commands of banks start quickly
    from eiassess.psychometrics.cover.ceilings import blind_ceiling  # noqa: PLC0415

    return blind_ceiling(pairs)


def _both(key: KeyFile, one: ScenarioFile, other: ScenarioFile) -> tuple[Values, Values] | None:
    """Return the values of the options that have one under both stems, if there are any that differ."""
    of_one, of_other = key.credits_of(one), key.credits_of(other)
    shared = [option for option in of_one if option in of_other]
    here, there = [of_one[option].value for option in shared], [of_other[option].value for option in shared]
    return (here, there) if len({*here, *there}) > 1 else None
