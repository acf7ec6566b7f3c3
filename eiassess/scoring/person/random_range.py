"""Where people who answer at random score on the same scenarios, by simulation from the key.

Random people answer a whole form once; what their answers add up to in each scenario is kept, so that the range over
any set of scenarios that count is a matter of sums.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.scores import Interval
from eiassess.scoring.person.cache import Cache
from eiassess.scoring.person.choices import choices_of, is_choice, random_answers
from eiassess.scoring.person.plan import ScoringPlan

SEED = 50
PEOPLE = 10_000
COVERED = (2.5, 97.5)

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]
Counts = npt.NDArray[np.int32]


@dataclass(frozen=True)
class RandomRange:
    """The range that 95 % of random answerers fall into, for every score of a form."""

    overall: Interval
    competencies: Mapping[str, Interval]
    styles: Mapping[str, Interval]


@dataclass(frozen=True, eq=False)
class _Draws:
    """What 10,000 people's random answers to a whole form add up to.

    Parameters
    ----------
    ratings, squares, products
        Shape (people, scenarios): sums of the ratings, their squares and their products with the key; 0 where a
        scenario is not rated.
    choice_scenarios
        Shape (choices,): numbers of the scenarios whose options are chosen or ranked, and told apart by the key.
    choices
        Shape (people, choices): scores of the answers to these.
    """

    ratings: Counts
    squares: Counts
    products: Array
    choice_scenarios: Labels
    choices: Array


_RANGES: Cache[tuple[str, str, tuple[int, ...]], RandomRange] = Cache(4096)
_DRAWS: Cache[tuple[str, str], _Draws] = Cache(8)  # some 4 MB each


def random_range(plan: ScoringPlan, counted: tuple[int, ...]) -> RandomRange:
    """Return the ranges over the counted scenarios; the same every time, since the seed is fixed.

    Every rating is drawn evenly from the scale's points, every pick and rank order evenly from all that there are, for
    10,000 people, and scored like a person's. Whatever counts, it is the same people's answers.
    """
    return _RANGES.get((plan.form.digest, plan.key.digest, counted), lambda: _range_of_parts(plan, counted))


def _range_of_parts(plan: ScoringPlan, counted: tuple[int, ...]) -> RandomRange:
    draws = _DRAWS.get((plan.form.digest, plan.key.digest), lambda: _draw(plan))
    scenarios = np.array(counted, dtype=np.intp)
    d, e = np.zeros((PEOPLE, scenarios.size)), np.zeros(scenarios.size)
    kinds = _kinds(plan)[scenarios]
    for kind in np.unique(kinds[kinds >= 0]):
        rows = np.flatnonzero(kinds == kind)
        d[:, rows], e[rows] = _rated(plan, draws, scenarios[rows])
    choices = choices_of(plan, scenarios)
    drawn = draws.choices[:, np.searchsorted(draws.choice_scenarios, scenarios[choices.places])]
    d[:, choices.places], e[choices.places] = psychometrics.choice_discrepancy(drawn, choices.decisions)
    return RandomRange(
        overall=_range(d, e),
        competencies=_ranges(d, e, plan.competencies, counted),
        styles=_ranges(d, e, plan.styles, counted),
    )


def _kinds(plan: ScoringPlan) -> Labels:
    """Give each scenario's kind, shape (scenarios,); -1 where it is not rated."""
    kinds = np.full(len(plan.form.scenarios), -1, dtype=np.intp)
    kinds[plan.scenario[plan.rated]] = plan.kind[plan.rated]
    return kinds


def _draw(plan: ScoringPlan) -> _Draws:
    generator = np.random.default_rng(SEED)
    points = np.arange(plan.key.minimum, plan.key.maximum + 1, dtype=np.float64)
    ratings = generator.choice(points, size=(PEOPLE, int(plan.rated.sum())))
    of_scenario = np.zeros((ratings.shape[1], len(plan.form.scenarios)))
    of_scenario[np.arange(ratings.shape[1]), plan.scenario[plan.rated]] = 1
    telling = [number for number in np.flatnonzero(is_choice(plan)) if np.ptp(plan.key_values[plan.scenario == number])]
    choices = choices_of(plan, np.array(telling, dtype=np.intp))
    return _Draws(
        ratings=(ratings @ of_scenario).astype(np.int32),
        squares=(ratings**2 @ of_scenario).astype(np.int32),
        products=(ratings * plan.key_values[plan.rated]) @ of_scenario,
        choice_scenarios=np.array(telling, dtype=np.intp),
        choices=choices.scores(random_answers(generator, choices, PEOPLE, len(plan.columns))),
    )


def _rated(plan: ScoringPlan, draws: _Draws, scenarios: Labels) -> tuple[Array, Array]:
    """Give discrepancies, shape (people, scenarios), and random discrepancies of rated scenarios of one kind.

    ``sum (z - kz)^2`` is multiplied out, so that sums over each scenario's ratings are enough; a person who rated all
    alike has z = 0.
    """
    used = np.isin(plan.scenario, scenarios)
    key, position = plan.key_values[used], np.searchsorted(scenarios, plan.scenario[used])
    key_z = psychometrics.standardised_profile(key)
    n = np.bincount(position)
    x, squares = draws.ratings[:, scenarios], draws.squares[:, scenarios]
    total = x.sum(axis=1, keepdims=True)
    mean = total / n.sum()
    spread = np.sqrt(squares.sum(axis=1, keepdims=True) * n.sum() - total**2) / n.sum()
    per_sd = np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 0)
    own = (squares - 2 * mean * x + n * mean**2) * per_sd**2
    deviations = (draws.products[:, scenarios] - mean * np.bincount(position, key)) - key.mean() * (x - n * mean)
    d = own - 2 * deviations * per_sd / key.std() + np.bincount(position, key_z**2)
    return d, psychometrics.random_discrepancy(key_z, position, scenarios.size)


def _ranges(d: Array, e: Array, parts: Mapping[str, tuple[int, ...]], counted: tuple[int, ...]) -> dict[str, Interval]:
    rows = {name: np.isin(counted, scenarios) for name, scenarios in parts.items()}
    return {name: _range(d[:, mine], e[mine]) for name, mine in rows.items() if mine.any()}


def _range(d: Array, e: Array) -> Interval:
    low, high = np.percentile(100 - 50 * d.sum(axis=1) / e.sum(), COVERED)
    return Interval(float(low), float(high))
