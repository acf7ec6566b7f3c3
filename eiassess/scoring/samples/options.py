"""What many people did with each option of a scenario: frequencies, mean, agreement with the key, curves by fifths."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.scenarios import Scenario, ScenarioKind
from eiassess.errors import NotEstimableError
from eiassess.psychometrics.items.option_analysis import FIFTHS
from eiassess.scoring.samples.answers import PersonAnswers, SampleScores, option_numbers, option_table
from eiassess.scoring.samples.estimates import Estimate, correlation_estimate, mean_estimate, sample_sd

Array = npt.NDArray[np.float64]

PEOPLE_FOR_CURVES = 25
"""Five in each fifth (check): fewer say more about persons than about the option."""


@dataclass(frozen=True)
class OptionFigures:
    """One option in a sample.

    Parameters
    ----------
    id, key
        The option, and its value in the key.
    counts
        How many people did each of ``OptionsOfScenario.numbers``.
    n, n_missing
        People of whom it is known, and of whom it is not.
    mean, sd
        Of the ratings or places; for picks 1 = best, -1 = worst, 0 = not chosen.
    agreement
        Correlation of how closely somebody's standardised rating comes to the key's, ``-(z - kz)^2``, with the mean
        score of the other scenarios. Negative: who does well elsewhere lies further from the key here. ``None`` where
        options are chosen or ranked (one option has no score of its own), and where it cannot be estimated.
    by_fifth
        Mean in each fifth of the other scenarios' mean score, the lowest first; ``None`` where nobody is.
    """

    id: str
    key: float
    counts: tuple[int, ...]
    n: int
    n_missing: int
    mean: Estimate | None
    sd: float | None
    agreement: Estimate | None
    by_fifth: tuple[float | None, ...]


@dataclass(frozen=True)
class OptionsOfScenario:
    """A scenario's options in a sample.

    Parameters
    ----------
    id, format
        The scenario, and what is done with its options.
    numbers
        What the counts are of: the scale's points, the places, or -1, 0 and 1.
    options
        In the scenario's order.
    fifth_sizes
        People in each fifth; empty where there are no curves.
    not_estimable
        What could not be estimated, and why.
    """

    id: str
    format: ResponseFormat
    numbers: tuple[int, ...]
    options: tuple[OptionFigures, ...]
    fifth_sizes: tuple[int, ...]
    not_estimable: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Curves:
    """Means by fifths, shape (options, 5), NaN where nobody is; sizes are empty where there are none."""

    means: Array
    sizes: tuple[int, ...]
    reason: str

    def of(self, option: int) -> tuple[float | None, ...]:
        """Give an option's means, the lowest fifth first."""
        return tuple(None if np.isnan(mean) else float(mean) for mean in self.means[option]) if self.sizes else ()


def option_figures(
    form: AssessmentForm, key: ScoringKey, people: Sequence[PersonAnswers], scores: SampleScores, scenario: Scenario
) -> OptionsOfScenario:
    """Take the statistics of a scenario's options.

    Parameters
    ----------
    form, key
        What was sat, and what it is scored with.
    people
        Everybody who handed in.
    scores
        Theirs, from `house_sample_scores`.
    scenario
        One of the form's.
    """
    given = option_table(form, scenario, people)
    numbers = option_numbers(form, scenario)
    rest = scores.rest[:, form.scenario_ids.index(scenario.id)]
    curves = _curves(given, rest, numbers)
    nearness = _nearness(form, key, people, scores, scenario)
    counts = psychometrics.option_frequencies(_categories(given, numbers), len(numbers))
    options = tuple(
        OptionFigures(
            id=option,
            key=key.credits[scenario.id][option].value,
            counts=tuple(counts.counts[place].tolist()),
            n=int(counts.counts[place].sum()),
            n_missing=int(counts.missing[place]),
            mean=mean_estimate(given[:, place]),
            sd=sample_sd(given[:, place]),
            agreement=None if nearness is None else correlation_estimate(nearness[:, place], rest),
            by_fifth=curves.of(place),
        )
        for place, option in enumerate(scenario.option_ids)
    )
    reasons = (curves.reason,) if curves.reason else ()
    return OptionsOfScenario(scenario.id, form.format_of(scenario), numbers, options, curves.sizes, reasons)


def _categories(given: Array, numbers: tuple[int, ...]) -> Array:
    """Count what was done from 0; all numbers of a format follow each other."""
    return given - numbers[0]


def _curves(given: Array, rest: Array, numbers: tuple[int, ...]) -> _Curves:
    none = np.full((given.shape[1], FIFTHS), np.nan)
    known = ~np.isnan(rest) & ~np.isnan(given).all(axis=1)
    if known.sum() < PEOPLE_FOR_CURVES:
        least = f"curves by fifths of the score need {PEOPLE_FOR_CURVES} scored people; there are {int(known.sum())}"
        return _Curves(none, (), least)
    try:
        found = psychometrics.option_total_curves(_categories(given[known], numbers), rest[known], len(numbers))
    except NotEstimableError as error:
        return _Curves(none, (), f"curves: {error}")
    answered = found.counts.sum(axis=2)
    sums = found.counts @ np.array(numbers, dtype=np.float64)
    means = np.where(answered > 0, sums / np.maximum(answered, 1), np.nan)
    return _Curves(means, tuple(found.fifth_sizes.tolist()), "")


def _nearness(
    form: AssessmentForm, key: ScoringKey, people: Sequence[PersonAnswers], scores: SampleScores, scenario: Scenario
) -> Array | None:
    """How closely standardised ratings come to the key's, shape (people, options): 0 is at the key, NaN not scored."""
    if not form.format_of(scenario).is_rated:
        return None
    columns = _alike(form, scenario.kind)
    key_values = np.array([key.credits[name][option].value for name, option in columns])
    mine = np.array([name == scenario.id for name, _ in columns])
    place = {name: number for number, name in enumerate(form.scenario_ids)}
    scenario_of = np.array([place[name] for name, _ in columns])
    nearness = np.full((len(people), int(mine.sum())), np.nan)
    for row, person in enumerate(people):
        counted = ~np.isnan(scores.scenarios[row])[scenario_of]
        if not counted[mine].all():
            continue
        used = [column for column, counts in zip(columns, counted, strict=True) if counts]
        given = np.array([person.answers[name][option] for name, option in used], dtype=np.float64)
        z = psychometrics.standardised_profile(given)
        key_z = psychometrics.standardised_profile(key_values[counted])
        nearness[row] = -((z - key_z)[mine[counted]] ** 2)
    return nearness


def _alike(form: AssessmentForm, kind: ScenarioKind) -> list[tuple[str, str]]:
    """Name the ratings that are standardised together: those of one kind."""
    return [
        (each.id, option)
        for each in form.scenarios
        if each.kind is kind and form.format_of(each).is_rated
        for option in each.option_ids
    ]
