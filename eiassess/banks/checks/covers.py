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
Pair = tuple[ScenarioFile, ScenarioFile, tuple[Values, Values]]
"""Both halves, and the values of the options that have one under both."""


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
        The same over all pairs, responses and feelings standardised apart; ``None`` without pairs.
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
    pairs = [(one, other, values) for one, other in list_pairs(bank) if (values := _both(key, one, other))]
    ceilings, together = _ceilings(pairs) if pairs else ((), None)
    return KeyCover(printable(key.stem), ceilings, together, correlation_with_words(bank, key))


def _ceilings(pairs: list[Pair]) -> tuple[tuple[tuple[str, str, "BlindCeiling"], ...], "BlindCeiling"]:
    # loaded with numpy where there is a pair, so that the commands of banks start quickly
    from eiassess.psychometrics.cover.ceilings import blind_ceiling, ceiling_over_kinds  # noqa: PLC0415

    by_kind: dict[str, list[tuple[Values, Values]]] = {}
    for one, _, values in pairs:
        by_kind.setdefault(one.scenario.kind, []).append(values)
    each = tuple((printable(one.stem), printable(other.stem), blind_ceiling([values])) for one, other, values in pairs)
    return each, ceiling_over_kinds(list(by_kind.values()))


def _both(key: KeyFile, one: ScenarioFile, other: ScenarioFile) -> tuple[Values, Values] | None:
    """Return the values of the options that have one under both stems, if there are any that differ."""
    of_one, of_other = key.credits_of(one), key.credits_of(other)
    shared = [option for option in of_one if option in of_other]
    here, there = [of_one[option].value for option in shared], [of_other[option].value for option in shared]
    return (here, there) if len({*here, *there}) > 1 else None
