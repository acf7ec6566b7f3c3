"""Simulated people and scenarios whose true scores are known, built on the product's own simulation model."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eiassess._resources import data_folder
from eiassess.banks.catalog import decode_pinned_form, decode_pinned_key, load_form
from eiassess.psychometrics import standardised_profile
from eiassess.scoring.person.plan import ScoringPlan, scoring_plan
from eiassess.scoring.simulating import MEAN_ACCURACY, SPREAD_OF_ACCURACY, SPREAD_OF_COMPETENCIES

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]
Generator = np.random.Generator

PINNED_FORM = Path(__file__).parent / "pinned-form.json"
PINNED_KEY = Path(__file__).parent / "pinned-key.json"
"""What the figures were made with: an edit of the question bank must not change them behind the pages' words."""
LOW, HIGH = 1.0, 6.0
LARGEST_KEY_SHIFT = 1
"""Half points by which a value of a drawn key lies off the shipped value that it was drawn from."""


@dataclass(frozen=True, eq=False)
class Layout:
    """Which rating belongs to which scenario and format, and which scenario to which part.

    ``scenario`` and ``kind`` have shape (ratings,), ``competency`` (scenarios,); ``styles`` maps a style to its
    scenarios' numbers.
    """

    scenario: Labels
    kind: Labels
    competency: Labels
    styles: dict[str, tuple[int, ...]]

    @property
    def competency_of_rating(self) -> Labels:
        """Shape (ratings,)."""
        return self.competency[self.scenario]

    @property
    def n_scenarios(self) -> int:
        """How many scenarios."""
        return self.competency.size

    @property
    def n_competencies(self) -> int:
        """How many competencies."""
        return int(self.competency.max()) + 1


@cache
def shipped_plan() -> ScoringPlan:
    """Return form standard-a under its key, as pinned: 24 scenarios, 99 ratings, two formats."""
    return scoring_plan(
        decode_pinned_form(PINNED_FORM.read_text(encoding="utf-8")),
        decode_pinned_key(PINNED_KEY.read_text(encoding="utf-8")),
    )


def pin_shipped_form() -> None:
    """Take over the form and the key that the product ships now; all results are to be made again then."""
    loaded = load_form("standard-a", (data_folder("question_banks"),))
    PINNED_FORM.write_text(loaded.form_json, encoding="utf-8")
    PINNED_KEY.write_text(loaded.key_json, encoding="utf-8")


def shipped_layout() -> Layout:
    """Return the layout of form standard-a."""
    plan = shipped_plan()
    return Layout(plan.scenario, plan.kind, plan.competency, dict(plan.styles))


def uniform_layout(competencies: int, scenarios_each: int, options: int = 4) -> Layout:
    """Return a form of one format with as many scenarios in every competency."""
    n = competencies * scenarios_each
    scenario = np.repeat(np.arange(n), options)
    return Layout(scenario, np.zeros_like(scenario), np.arange(n) % competencies, {})


@dataclass(frozen=True, eq=False)
class People:
    """People's own constants: ``accuracy``, in atanh, of shape (people, competencies), the others (people,)."""

    accuracy: Array
    elevation: Array
    scatter: Array

    def repeated(self, times: int) -> "People":
        """Give every person ``times`` rows in a row."""
        return People(*(np.repeat(values, times, axis=0) for values in (self.accuracy, self.elevation, self.scatter)))


def draw_people(generator: Generator, n: int, n_competencies: int, spread: float = SPREAD_OF_COMPETENCIES) -> People:
    """Draw attentive people as `eiassess.scoring.simulating` does; ``spread`` 0 gives flat profiles of accuracy."""
    theta, deviation = generator.standard_normal(n), generator.standard_normal((n, n_competencies))
    return People(
        accuracy=MEAN_ACCURACY + SPREAD_OF_ACCURACY * theta[:, None] + spread * deviation,
        elevation=(LOW + HIGH) / 2 + 0.07 * (HIGH - LOW) * generator.standard_normal(n),
        scatter=0.3 * (HIGH - LOW) * np.exp(0.15 * generator.standard_normal(n)),
    )


@dataclass(frozen=True)
class Dependence:
    """How much the ratings of one scenario hang together beyond the competency.

    ``person`` is the SD, in atanh of accuracy, of what a scenario is to a person, ``scenario`` that of what it is to
    everybody; ``options`` the correlation of the noise of two options of a scenario.
    """

    name: str
    person: float
    scenario: float
    options: float


DEPENDENCES = (
    Dependence("none", 0.0, 0.0, 0.0),
    Dependence("moderate", 0.2, 0.1, 0.2),
    Dependence("strong", 0.4, 0.2, 0.4),
)


def scenario_effects(generator: Generator, dependence: Dependence, forms: int, people: int, layout: Layout) -> Array:
    """Draw what each scenario is to each person, shape (people, scenarios); ``forms`` many sets of difficulties."""
    of_scenario = np.repeat(generator.standard_normal((forms, layout.n_scenarios)), people // forms, axis=0)
    own = generator.standard_normal((people, layout.n_scenarios))
    return np.asarray(dependence.scenario * of_scenario + dependence.person * own)


def rate(
    generator: Generator, layout: Layout, people: People, key_z: Array, effects: Array | float, options: float = 0.0
) -> Array:
    """Let every person rate a form once.

    Parameters
    ----------
    key_z
        Shape (ratings,) or (people, ratings): the key in standard deviations.
    effects
        Shape (people, scenarios), added to atanh of accuracy.
    options
        Correlation of the noise within a scenario.
    """
    by_scenario = people.accuracy[:, layout.competency] + effects
    a = np.tanh(by_scenario)[:, layout.scenario]
    noise = generator.standard_normal(a.shape)
    if options:
        shared = generator.standard_normal((a.shape[0], layout.n_scenarios))[:, layout.scenario]
        noise = np.sqrt(1 - options) * noise + np.sqrt(options) * shared
    tendency = a * key_z + np.sqrt(1 - a**2) * noise
    return np.asarray(np.clip(np.rint(people.elevation[:, None] + people.scatter[:, None] * tendency), LOW, HIGH))


def key_in_deviations(keys: Array, layout: Layout) -> Array:
    """Standardise a key, shape (ratings,), within each format."""
    z = np.zeros_like(keys)
    for kind in np.unique(layout.kind):
        rows = layout.kind == kind
        z[rows] = standardised_profile(keys[rows])
    return z


def draw_keys(generator: Generator, layout: Layout, forms: int) -> Array:
    """Draw keys of new scenarios of the same kind, shape (forms, ratings).

    Each scenario takes the values of a shipped scenario of its format, drawn with replacement, each value shifted by
    -0.5, 0 or 0.5 within the scale.
    """
    plan = shipped_plan()
    keys = np.empty((forms, layout.scenario.size))
    for scenario in range(layout.n_scenarios):
        rows = np.flatnonzero(layout.scenario == scenario)
        pool = _pool(plan, int(layout.kind[rows[0]]), rows.size)
        keys[:, rows] = pool[generator.integers(len(pool), size=forms)]
    shift = 0.5 * generator.integers(-LARGEST_KEY_SHIFT, LARGEST_KEY_SHIFT, size=keys.shape, endpoint=True)
    return np.asarray(np.clip(keys + shift, LOW, HIGH))


def _pool(plan: ScoringPlan, kind: int, options: int) -> Array:
    found = [plan.key_values[plan.scenario == j] for j in range(plan.competency.size) if _is(plan, j, kind)]
    return np.stack([values for values in found if values.size == options])


def _is(plan: ScoringPlan, scenario: int, kind: int) -> bool:
    return bool((plan.kind[plan.scenario == scenario] == kind).all())


def universe_deviations(keys: Array, layout: Layout) -> Array:
    """Put drawn keys on one fixed scale a format, so that an option means the same on every form that it stands on."""
    plan, z = shipped_plan(), np.empty_like(keys)
    for kind in np.unique(layout.kind):
        shipped, rows = plan.key_values[plan.kind == kind], layout.kind == kind
        z[:, rows] = (keys[:, rows] - shipped.mean()) / shipped.std()
    return z
