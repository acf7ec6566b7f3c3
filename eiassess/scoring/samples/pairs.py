"""Flip pairs in people's answers: how the same texts are rated under the two situations, and who reads these.

Either the same people sat both halves, in one form or in two; then each person's sensitivity to the situation can be
estimated. Or other people sat the other form; then only the sample's can, and nothing is known of any one person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from eiassess.domain.forms import AssessmentForm, flip_pairs
from eiassess.domain.keys import ScoringKey
from eiassess.domain.scenarios import Scenario
from eiassess.domain.scores import Interval
from eiassess.errors import NotEstimableError
from eiassess.psychometrics import t_quantile
from eiassess.psychometrics.cover.sensitivity import (
    Sensitivity,
    person_sensitivity,
    pooled_slopes,
    turning_scores,
)
from eiassess.scoring.samples.answers import PersonAnswers, option_table
from eiassess.scoring.samples.estimates import Estimate, mean_estimate

Array = npt.NDArray[np.float64]

ROUNDING = 1e-9
"""Key values that differ by less are the same: standardising has rounded them."""
PEOPLE_NEEDED = 2
"""One value has no spread, and so no interval."""
NO_PAIRS = (
    "no flip pair has both halves in what was sat: nobody rated the same text under two situations, so these answers "
    "cannot say who reads the situation"
)


@dataclass(frozen=True)
class Sitting:
    """A form with the key that it is held against, and everybody who sat it."""

    form: AssessmentForm
    key: ScoringKey
    people: Sequence[PersonAnswers]


@dataclass(frozen=True, eq=False)
class _Ratings:
    """Ratings of a scenario, shape (people, options), and its key values, shape (options,)."""

    ratings: Array
    key: Array


Block = dict[str, _Ratings]
"""Scenario id -> what was rated."""
Halves = tuple[Block, Block]
Pair = tuple[Scenario, Scenario]


@dataclass(frozen=True)
class _Means:
    """Means and differences of means, of which there is none where too few people are behind it."""

    same_people: bool
    least: int

    def mean(self, values: Array) -> Estimate | None:
        return self._if_enough(mean_estimate(values))

    def difference(self, first: Array, second: Array) -> Estimate | None:
        return self._if_enough(difference_estimate(first, second, same_people=self.same_people))

    def _if_enough(self, found: Estimate | None) -> Estimate | None:
        return found if found is not None and found.n >= self.least else None


@dataclass(frozen=True)
class TwinText:
    """A text under the two situations of its pair.

    Parameters
    ----------
    id
        The option.
    key_first, key_second
        Its values under the two.
    first, second
        Mean ratings as they were given, in points of the scale; ``None`` where too few people rated it.
    difference
        The first mean less the second.
    n_first, n_second
        People who rated it under the two.
    """

    id: str
    key_first: float
    key_second: float
    first: Estimate | None
    second: Estimate | None
    difference: Estimate | None
    n_first: int
    n_second: int

    @property
    def key_difference(self) -> float:
        """The key's value under the first situation less that under the second."""
        return self.key_first - self.key_second

    @property
    def runs_against_the_key(self) -> bool:
        """Whether the whole interval of the difference lies on the other side of 0 than the key's difference."""
        if self.difference is None:
            return False
        ends = self.difference.interval
        return max(self.key_difference * ends.low, self.key_difference * ends.high) < 0


@dataclass(frozen=True)
class TwinPair:
    """A flip pair: its scenarios, how far the sample's ratings follow the key between them, and each text.

    ``sensitivity`` is the mean over persons with an interval over persons, so it holds for these two situations only;
    ``n_first`` and ``n_second`` are the people who rated all its texts under the two.
    """

    first: str
    second: str
    sensitivity: Estimate | None
    texts: tuple[TwinText, ...]
    n_first: int
    n_second: int


@dataclass(frozen=True)
class PairFigures:
    """What the answers say of flip pairs.

    Parameters
    ----------
    same_people
        Whether the same people sat both halves.
    people
        Each person's sensitivity, in the order of the people; ``None`` where it cannot be estimated. Empty where
        other people sat the other half.
    sensitivity
        The mean of these; for different people, the mean over the pairs with an interval over pairs.
    not_estimable
        What could not be estimated, and why.
    """

    same_people: bool
    pairs: tuple[TwinPair, ...]
    people: tuple[Sensitivity | None, ...]
    sensitivity: Estimate | None
    not_estimable: tuple[str, ...]

    @property
    def n_reading(self) -> int:
        """How many people's whole interval lies above 0: chance alone makes that of 2.5 % of those who do not read."""
        return sum(each is not None and each.low > 0 for each in self.people)

    @property
    def n_known(self) -> int:
        """Of how many people the sensitivity is known."""
        return sum(each is not None for each in self.people)


def pair_figures(first: Sitting, second: Sitting, *, same_people: bool, least: int = PEOPLE_NEEDED) -> PairFigures:
    """Say how people rate the same texts under the two situations of each flip pair.

    Ratings are standardised within the person and format over the whole form, and the key over the form's options, as
    on the house scale. The slope of differences is that of ``turning_scores``.

    Parameters
    ----------
    first, second
        What was sat; the same twice where one form has both halves.
    same_people
        Whether row after row is the same person in both.
    least
        People without whom a pair and a text get no figure: under each situation that the figure is of.

    Raises
    ------
    NotEstimableError
        The forms share no flip pair whose options are rated and whose key turns.
    """
    second = _in_order_of(first, second)
    rated = _rated(first), _rated(second)
    whole = _standardised(rated[0]), _standardised(rated[1])
    pairs, skipped = _usable(first, second, whole)
    means = _Means(same_people, least)
    described = tuple(_described(first, second, pair, whole, means) for pair in pairs)
    if not same_people:
        known = np.array([each.sensitivity.value for each in described if each.sensitivity is not None])
        return PairFigures(same_people, described, (), mean_estimate(known), tuple(skipped))
    people, reasons = _persons(rated, pairs)
    values = np.array([np.nan if each is None else each.value for each in people])
    return PairFigures(same_people, described, people, mean_estimate(values), (*skipped, *reasons))


def _in_order_of(first: Sitting, second: Sitting) -> Sitting:
    """Put the options of second halves in the order of the first, so that a column stands for the same text."""
    order = {other.id: one.option_ids for one, other in flip_pairs(first.form, second.form)}
    scenarios = tuple(_ordered(each, order.get(each.id, each.option_ids)) for each in second.form.scenarios)
    return replace(second, form=replace(second.form, scenarios=scenarios))


def _ordered(scenario: Scenario, ids: Sequence[str]) -> Scenario:
    by_id = {option.id: option for option in scenario.options}
    return replace(scenario, options=tuple(by_id[name] for name in ids))


def _usable(first: Sitting, second: Sitting, whole: Halves) -> tuple[list[Pair], list[str]]:
    """List the pairs that can say something, and why the others cannot."""
    pairs, skipped = [], []
    for one, other in flip_pairs(first.form, second.form):
        if one.id not in whole[0] or other.id not in whole[1]:
            skipped.append(f"{one.id} and {other.id}: their options are not rated, so there is nothing to compare")
        elif not np.ptp(_moved(one, other, whole)) > ROUNDING:  # NaN where the key is all alike
            skipped.append(f"{one.id} and {other.id}: the key moves all options alike, so nothing can follow it")
        else:
            pairs.append((one, other))
    if not pairs:
        raise NotEstimableError("; ".join(skipped) or NO_PAIRS)
    return pairs, skipped


def _moved(one: Scenario, other: Scenario, halves: Halves) -> Array:
    """Take the difference of the key's values, shape (options,)."""
    return halves[0][one.id].key - halves[1][other.id].key


def _leaning(one: Scenario, other: Scenario, halves: Halves) -> tuple[Array, Array]:
    """Score how each person's ratings of the two situations lean, shape (people,) each."""
    moved = _moved(one, other, halves)
    return turning_scores(halves[0][one.id].ratings, moved), turning_scores(halves[1][other.id].ratings, moved)


def _rated(sitting: Sitting) -> list[Block]:
    """Take the rated scenarios, those of a format together, as they are standardised."""
    found: dict[str, Block] = {}
    for scenario in sitting.form.scenarios:
        chosen = sitting.form.format_of(scenario)
        if chosen.is_rated:
            ratings = option_table(sitting.form, scenario, sitting.people)
            found.setdefault(chosen, {})[scenario.id] = _Ratings(ratings, _values(sitting.key, scenario))
    return list(found.values())


def _standardised(blocks: Sequence[Block]) -> Block:
    """Standardise ratings within the person and format, and the key over the same options."""
    found: Block = {}
    for block in filter(None, blocks):
        ends = np.cumsum([each.key.size for each in block.values()])[:-1]
        z = np.split(_within_rows(np.hstack([each.ratings for each in block.values()])), ends, axis=1)
        key = np.split(_within_rows(np.concatenate([each.key for each in block.values()])[None, :])[0], ends)
        found |= {name: _Ratings(*parts) for name, *parts in zip(block, z, key, strict=True)}
    return found


def _values(key: ScoringKey, scenario: Scenario) -> Array:
    return np.array([key.credits[scenario.id][option].value for option in scenario.option_ids], dtype=np.float64)


def _within_rows(values: Array) -> Array:
    """Standardise rows over what is known of each; NaN where nothing is, or nothing varies."""
    known = ~np.isnan(values)
    n = np.maximum(known.sum(axis=1, keepdims=True), 1)
    off = np.where(known, values - np.where(known, values, 0.0).sum(axis=1, keepdims=True) / n, 0.0)
    sd = np.sqrt((off**2).sum(axis=1, keepdims=True) / n)
    return np.where(known & (sd > 0), off / np.where(sd > 0, sd, 1.0), np.nan)


def _persons(
    rated: tuple[Sequence[Block], Sequence[Block]], pairs: Sequence[Pair]
) -> tuple[tuple[Sensitivity | None, ...], list[str]]:
    """Give each person's sensitivity, its error by leaving out each pair in turn, and why some have none."""
    slopes, values = _pooled((_standardised(rated[0]), _standardised(rated[1])), pairs)
    without = np.full_like(slopes, np.nan)
    for place, (one, other) in enumerate(pairs):
        others = [pair for pair in pairs if pair != (one, other)]
        if others:
            without[:, place] = _pooled(_without(rated, one, other), others)[1]
    found: list[Sensitivity | None] = []
    reasons: dict[str, int] = {}
    for value, row in zip(values, np.where(np.isnan(slopes), np.nan, without), strict=True):
        try:
            found.append(person_sensitivity(float(value), row))
        except NotEstimableError as error:
            found.append(None)
            reasons[str(error)] = reasons.get(str(error), 0) + 1
    return tuple(found), [f"sensitivity of {count} people: {reason}" for reason, count in reasons.items()]


def _without(rated: tuple[Sequence[Block], Sequence[Block]], one: Scenario, other: Scenario) -> Halves:
    """Standardise anew without a pair: both halves are left out wherever they stand."""
    kept = [
        [{name: each for name, each in block.items() if name not in {one.id, other.id}} for block in blocks]
        for blocks in rated
    ]
    return _standardised(kept[0]), _standardised(kept[1])


def _pooled(halves: Halves, pairs: Sequence[Pair]) -> tuple[Array, Array]:
    """Give slopes, shape (people, pairs), and what they are pooled, shape (people,)."""
    leaning = [_leaning(one, other, halves) for one, other in pairs]
    slopes = np.column_stack([first - second for first, second in leaning])
    return slopes, pooled_slopes(slopes, [_moved(one, other, halves) for one, other in pairs])


def _described(first: Sitting, second: Sitting, pair: Pair, whole: Halves, means: _Means) -> TwinPair:
    one, other = pair
    leaning = _leaning(one, other, whole)
    keys = _values(first.key, one), _values(second.key, other)
    ratings = option_table(first.form, one, first.people).T, option_table(second.form, other, second.people).T
    texts = [_text(*each, means) for each in zip(one.option_ids, *keys, *ratings, strict=True)]
    return TwinPair(one.id, other.id, means.difference(*leaning), tuple(texts), *map(_n, leaning))


def _text(option: str, key: float, key_there: float, first: Array, second: Array, means: _Means) -> TwinText:
    return TwinText(
        option,
        float(key),
        float(key_there),
        means.mean(first),
        means.mean(second),
        means.difference(first, second),
        _n(first),
        _n(second),
    )


def _n(values: Array) -> int:
    """Count what is known."""
    return int(np.count_nonzero(~np.isnan(values)))


def difference_estimate(first: Array, second: Array, *, same_people: bool) -> Estimate | None:
    """Take the difference of two means with its 95 % interval.

    The same people: Student's interval of their own differences. Different people: Welch's,
    ``d +- t(df) sqrt(v1 + v2)`` with ``v = s^2 / n`` and ``df = (v1 + v2)^2 / (v1^2 / (n1 - 1) + v2^2 / (n2 - 1))``;
    ``n`` is then the smaller of the two numbers.

    Parameters
    ----------
    first, second
        Shape (people,) each, NaN where missing.

    References
    ----------
    Welch (1947), Biometrika 34, 28.

    Examples
    --------
    >>> one, other = np.array([3.0, 4.0, 5.0]), np.array([1.0, 2.0, 3.0, np.nan])
    >>> found = difference_estimate(one, other, same_people=False)
    >>> found.value, found.n, round(found.interval.low, 2)
    (2.0, 3, -0.27)
    """
    if same_people:
        return mean_estimate(first - second)
    known = [values[~np.isnan(values)] for values in (first, second)]
    if min(each.size for each in known) < PEOPLE_NEEDED:
        return None
    value = float(known[0].mean() - known[1].mean())
    errors = [float(each.var(ddof=1)) / each.size for each in known]
    variance = sum(errors)
    if variance == 0:
        return Estimate(value, Interval(value, value), min(each.size for each in known))
    df = variance**2 / sum(error**2 / (each.size - 1) for error, each in zip(errors, known, strict=True))
    half = t_quantile(df) * variance**0.5
    return Estimate(value, Interval(value - half, value + half), min(each.size for each in known))
