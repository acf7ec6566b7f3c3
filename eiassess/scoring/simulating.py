"""Simulated people with a known latent profile, who rate a form's options: for demos, tests and studies.

An attentive person p has a general accuracy theta ~ N(0, 1), a deviation for each competency, a mean rating (elevation)
and a spread of ratings (scatter). The standardised tendency to rate option o of competency c is
``z = a_pc kz_o + sqrt(1 - a_pc^2) noise`` with ``a_pc = tanh(0.79 + 0.24 theta + 0.12 deviation)`` and the key
standardised within each response format; the rating is ``elevation + scatter z``, rounded and cut at the scale's ends.

Where options are chosen or ranked, the choice follows from these ratings: the highest is best, the lowest is worst,
and ties are broken by the seeded generator.

Careless people give the same rating for pages on end and answer the other pages nearly at random; random people draw
every rating evenly from the scale. None of this was fitted to real people: it is plausible, not evidence.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.scoring.person.choices import chosen, is_choice
from eiassess.scoring.person.plan import ScoringPlan

Array = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

MEAN_ACCURACY = 0.79
SPREAD_OF_ACCURACY = 0.24
SPREAD_OF_COMPETENCIES = 0.12
CARELESS_ACCURACY = 0.1
RUN_SHARE = 0.5
NEW_RUN_SHARE = 0.3


class PersonKind(StrEnum):
    """How a simulated person goes about the form."""

    ATTENTIVE = "attentive"
    CARELESS = "careless"
    RANDOM = "random"


@dataclass(frozen=True, eq=False)
class SimulatedPeople:
    """Ratings of simulated people and the values that they came from.

    Parameters
    ----------
    ratings
        Shape (people, columns), in the plan's order: what each thinks of each option; nothing is missing.
    answers
        Shape (people, columns): what each answers, the ratings themselves, or the choices and places that follow from
        them, NaN where an option gets no number.
    kinds
        How each person went about it.
    theta
        Shape (people,): general accuracy, in standard deviations. Drawn for everybody, used by attentive people only.
    accuracy
        Shape (people, competencies), in the plan's order: the correlation with the key before rounding and cutting; 0
        for random people, and for careless people that of the pages that they do not answer by a run.
    elevation, scatter
        Shape (people,): mean and standard deviation of the tendency, in rating points.
    """

    ratings: Integers
    answers: Array
    kinds: tuple[PersonKind, ...]
    theta: Array
    accuracy: Array
    elevation: Array
    scatter: Array


def simulate_people(
    plan: ScoringPlan, n: int, seed: int, *, careless: float = 0.0, random: float = 0.0
) -> SimulatedPeople:
    """Draw people and their ratings; the same form, key and seed give the same people.

    On form standard-a (99 ratings; 20,000 people, seed 1) 93 % of the attentive people score 65 to 92 overall, 3 %
    less, 4 % more, half of them 77 to 87; careless people score 52 on average and random people 50.

    Parameters
    ----------
    plan
        Form and key.
    n
        How many people, at least one.
    seed
        A whole number from 0.
    careless, random
        Shares of the people, 0 to 1 and together at most 1; their numbers are rounded.

    Raises
    ------
    InvalidInputError
        A number or share is outside its range.
    """
    _check(n, seed, careless, random)
    generator = np.random.default_rng(seed)
    kinds = _kinds(generator, n, careless, random)
    is_careless, is_random = kinds == PersonKind.CARELESS, kinds == PersonKind.RANDOM
    low, high = plan.key.minimum, plan.key.maximum
    theta = generator.standard_normal(n)
    accuracy = _accuracy(generator, theta, len(plan.competencies))
    accuracy[is_careless], accuracy[is_random] = CARELESS_ACCURACY, 0.0
    elevation = (low + high) / 2 + 0.07 * (high - low) * generator.standard_normal(n)
    scatter = 0.3 * (high - low) * np.exp(0.15 * generator.standard_normal(n))
    z = _tendency(generator, plan, accuracy)
    ratings = np.clip(np.rint(elevation[:, None] + scatter[:, None] * z), low, high).astype(np.int64)
    ratings = np.where(is_careless[:, None], _with_runs(generator, plan, ratings), ratings)
    evenly = generator.integers(int(low), int(high), size=ratings.shape, endpoint=True)
    ratings[is_random] = evenly[is_random]
    elevation[is_random] = (low + high) / 2
    scatter[is_random] = np.sqrt(((high - low + 1) ** 2 - 1) / 12)
    answers = _answers(generator, plan, ratings)
    names = tuple(PersonKind(kind) for kind in kinds)
    return SimulatedPeople(ratings, answers, names, theta, accuracy, elevation, scatter)


def _check(n: int, seed: int, careless: float, random: float) -> None:
    if n < 1 or seed < 0:
        message = f"expected at least one person and a seed from 0, not {n} people and seed {seed}"
        raise InvalidInputError(message)
    if not (careless >= 0 and random >= 0 and careless + random <= 1 + 1e-9):
        message = f"expected shares from 0 to 1, together at most 1, not careless {careless:g} and random {random:g}"
        raise InvalidInputError(message)


def _kinds(generator: np.random.Generator, n: int, careless: float, random: float) -> npt.NDArray[np.str_]:
    n_careless = int(n * careless + 0.5)
    n_random = min(int(n * random + 0.5), n - n_careless)
    attentive = n - n_careless - n_random
    kinds = np.repeat([kind.value for kind in PersonKind], [attentive, n_careless, n_random])
    return generator.permutation(kinds)


def _accuracy(generator: np.random.Generator, theta: Array, n_competencies: int) -> Array:
    deviation = generator.standard_normal((theta.size, n_competencies))
    return np.tanh(MEAN_ACCURACY + SPREAD_OF_ACCURACY * theta[:, None] + SPREAD_OF_COMPETENCIES * deviation)


def _tendency(generator: np.random.Generator, plan: ScoringPlan, accuracy: Array) -> Array:
    key_z = np.zeros_like(plan.key_values)
    for kind in np.unique(plan.kind):
        rows = plan.kind == kind
        try:
            key_z[rows] = psychometrics.standardised_profile(plan.key_values[rows])
        except NotEstimableError:
            continue  # a key without any difference guides nobody
    a = accuracy[:, plan.competency[plan.scenario]]
    return a * key_z + np.sqrt(1 - a**2) * generator.standard_normal(a.shape)


def _with_runs(generator: np.random.Generator, plan: ScoringPlan, ratings: Integers) -> Integers:
    """Put runs of one rating, pages long, in place of about half the pages."""
    pages = (len(ratings), len(plan.form.scenarios))
    values = generator.integers(int(plan.key.minimum), int(plan.key.maximum), size=pages, endpoint=True)
    starts = generator.random(pages) < NEW_RUN_SHARE
    in_run = generator.random(pages) < RUN_SHARE
    page = np.maximum.accumulate(np.where(starts, np.arange(pages[1]), 0), axis=1)
    state = np.take_along_axis(in_run, page, axis=1)[:, plan.scenario]
    value = np.take_along_axis(values, page, axis=1)[:, plan.scenario]
    return np.where(state, value, ratings)


def _answers(generator: np.random.Generator, plan: ScoringPlan, ratings: Integers) -> Array:
    answers = ratings.astype(np.float64)
    for scenario in np.flatnonzero(is_choice(plan)):
        columns = plan.scenario == scenario
        liking = answers[:, columns] + generator.random((len(ratings), int(columns.sum())))
        answers[:, columns] = chosen(plan.form.format_of(plan.form.scenarios[scenario]), liking)
    return answers
