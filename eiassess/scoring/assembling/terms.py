"""What makes forms parallel and their content spread: the terms that assembly keeps small."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from eiassess.domain.scenarios import Scenario
from eiassess.domain.specifications import ContentSpecification, Facet, ScenarioPool, ScenarioStatistics
from eiassess.scoring.assembling.rules import amounts

Array = npt.NDArray[np.float64]

# What each difference costs. The unit is one scenario more on a channel than in the mean of the forms: it weighs as
# much as 25 words (7 s of reading), 0.05 standard deviations of difficulty or 5 % of information.
WEIGHTS = {Facet.CHANNEL: 1.0, Facet.STYLE: 1.0, Facet.KIND: 1.0}
WORDS_WEIGHT = 1 / 25
DIFFICULTY_WEIGHT = 20.0
INFORMATION_WEIGHT = 20.0

# What each scenario too many or too few costs where a form could be evenly spread.
SPREAD_WEIGHTS = {Facet.CHANNEL: 0.5, Facet.STYLE: 0.5, Facet.TRADE: 0.2}

# Differences that nobody would notice count as none, and spare the solver a long search for nothing.
WORDS_ALIKE = 5.0
DIFFICULTY_ALIKE = 0.01
INFORMATION_ALIKE = 0.005


@dataclass(frozen=True, eq=False)
class Difference:
    """The largest difference between a form's sum and the mean of the forms, or a target.

    Parameters
    ----------
    amounts
        What each scenario adds; shape (scenarios,).
    weight
        What a unit of difference costs.
    alike
        Differences up to here cost nothing.
    target
        What to aim at; None for the mean of the forms.
    """

    name: str
    amounts: Array
    weight: float
    alike: float = 0.0
    target: float | None = None


@dataclass(frozen=True, eq=False)
class Spread:
    """How far a form's sum lies outside the two whole numbers around its even share."""

    name: str
    amounts: Array
    weight: float
    least: int
    most: int


def differences(
    specification: ContentSpecification, pool: ScenarioPool, scenarios: tuple[Scenario, ...]
) -> tuple[Difference, ...]:
    """List what the forms are to be alike in.

    Parameters
    ----------
    specification
        What the forms have to hold.
    pool
        Where the scenarios come from.
    scenarios
        Those that may be taken, in the order of the amounts.
    """
    words = amounts(scenarios, lambda scenario: scenario.word_count)
    return (
        Difference("words", words, WORDS_WEIGHT, WORDS_ALIKE, specification.words.target),
        *(
            Difference(f"{facet} {value}", counts, weight)
            for facet, weight in WEIGHTS.items()
            for value, counts in facet_counts(scenarios, facet).items()
        ),
        *_statistical(specification.length, pool.statistics, scenarios),
    )


def _statistical(
    length: int, statistics: Mapping[str, ScenarioStatistics], scenarios: tuple[Scenario, ...]
) -> Iterator[Difference]:
    """Compare mean difficulty in standard deviations and information in shares; without statistics: as the others."""
    known = [statistics[scenario.id] for scenario in scenarios if scenario.id in statistics]
    if not known:
        return
    difficulties = np.array([each.difficulty for each in known])
    if (deviation := float(np.std(difficulties))) > 0:
        mean = ScenarioStatistics(float(np.mean(difficulties)), 0.0)
        away = amounts(scenarios, lambda scenario: statistics.get(scenario.id, mean).difficulty - mean.difficulty)
        yield Difference("mean difficulty", away / deviation / length, DIFFICULTY_WEIGHT, DIFFICULTY_ALIKE)
    if (usual := float(np.mean([each.information for each in known]))) > 0:
        shares = amounts(scenarios, lambda s: statistics[s.id].information / usual if s.id in statistics else 1.0)
        yield Difference("information", shares / length, INFORMATION_WEIGHT, INFORMATION_ALIKE)


def spreads(specification: ContentSpecification, scenarios: tuple[Scenario, ...]) -> tuple[Spread, ...]:
    """List the values that each form is to be spread over evenly.

    Parameters
    ----------
    specification
        What the forms have to hold.
    scenarios
        Those that may be taken, in the order of the amounts.
    """
    found = []
    for facet, weight in SPREAD_WEIGHTS.items():
        counts = facet_counts(scenarios, facet)
        share = _even_share(specification.length, counts, len(scenarios))
        found += [Spread(f"spread of {facet} {name}", each, weight, *share) for name, each in counts.items()]
    return tuple(found)


def _even_share(length: int, counts: Mapping[str, Array], n_scenarios: int) -> tuple[int, int]:
    """Share a form's scenarios out; those without a value, as a style, leave as much room as in the bank."""
    if not counts:
        return 0, 0
    share = length * sum(each.sum() for each in counts.values()) / n_scenarios / len(counts)
    return floor(share), ceil(share)


def facet_counts(scenarios: tuple[Scenario, ...], facet: Facet) -> dict[str, Array]:
    """Mark the scenarios of each value of a facet, values in their alphabet's order."""
    values = sorted({value for scenario in scenarios if (value := facet.of(scenario)) is not None})
    return {value: np.array([float(facet.of(scenario) == value) for scenario in scenarios]) for value in values}
