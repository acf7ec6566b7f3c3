"""What of scoring does not depend on the person once it is known which scenarios count: laid out once for all."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.reasons import NotScored
from eiassess.errors import NotEstimableError
from eiassess.scoring.person.cache import Cache
from eiassess.scoring.person.choices import Choices, choices_of
from eiassess.scoring.person.missing import gives_overall_only, needed_scenarios, part_refusal
from eiassess.scoring.person.plan import ScoringPlan
from eiassess.scoring.person.random_range import RandomRange, random_range

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Counted:
    """The scenarios that count, the key over their ratings, and the parts of the score.

    Parameters
    ----------
    plan
        What it is laid out from.
    scenario_ids, competency, e
        Of each scenario that counts, shape (scenarios,): its name, its competency's number, its random discrepancy.
    ratings, scenario, key, key_z
        Of each rating that counts, shape (ratings,): its place in the plan, its scenario's number among those that
        count, its key value, and that standardised within its format. Nothing where no scenario is rated.
    formats
        For each rated format the numbers of its ratings among those that count.
    choices
        The scenarios whose options are chosen or ranked.
    competencies, styles
        The parts; none where a form with choices gives an overall score only.
    chance
        Where random answering falls.
    """

    plan: ScoringPlan
    scenario_ids: tuple[str, ...]
    competency: Labels
    e: Array
    ratings: Labels
    scenario: Labels
    key: Array
    key_z: Array
    formats: tuple[Labels, ...]
    choices: Choices
    competencies: "Parts"
    styles: "Parts"
    chance: RandomRange

    @property
    def mixes_formats(self) -> bool:
        """Whether there are choices beside ratings, or choices of several formats, which are never compared."""
        return len(np.unique(self.choices.format)) + bool(self.choices.each and self.ratings.size) > 1


@dataclass(frozen=True, eq=False)
class Parts:
    """Competencies or styles, one an entry of the first axis.

    Parameters
    ----------
    names
        Their ids.
    refusals
        Why a part cannot be scored; ``None`` if it can.
    sizes
        How many of its scenarios count.
    member
        Shape (parts, scenarios): 1 where a scenario belongs to a part.
    e
        Shape (parts,): random discrepancies summed over each part's scenarios; 1 where none counts.
    unit_error
        Standard error of each part's score if the error variance were 1; it grows with that's square root.
    profiles
        The key over each part's own ratings; nothing of a part with choices in it.
    """

    names: tuple[str, ...]
    refusals: tuple[NotScored | None, ...]
    sizes: tuple[int, ...]
    member: Array
    e: Array
    unit_error: tuple[float, ...]
    profiles: "PartProfiles"

    @property
    def weights(self) -> dict[str, float]:
        """``e`` by name."""
        return dict(zip(self.names, self.e.tolist(), strict=True))


@dataclass(frozen=True, eq=False)
class PartProfiles:
    """Ratings of part after part and, in a part, of format after format, laid end to end: blocks.

    Parameters
    ----------
    ratings, key_z
        Numbers of the ratings, among those that count, and the key standardised within each block (0 if it never
        varies there).
    starts, sizes, key_varies
        Of each block.
    share
        Shape (parts, blocks): a block's share of its part's ratings, 0 in the other parts.
    """

    ratings: Labels
    key_z: Array
    starts: Labels
    sizes: Labels
    key_varies: npt.NDArray[np.bool_]
    share: Array

    def scores(self, ratings: Array) -> list[float | None]:
        """50 (1 + r) of every part over its own ratings alone; None without ratings, or where a block's never vary."""
        if not self.starts.size:
            return [None] * len(self.share)
        x = ratings[self.ratings]
        varies = self.key_varies & (np.maximum.reduceat(x, self.starts) > np.minimum.reduceat(x, self.starts))
        deviations = x - np.repeat(np.add.reduceat(x, self.starts) / self.sizes, self.sizes)
        spread = np.sqrt(np.add.reduceat(deviations**2, self.starts) * self.sizes)
        r = np.add.reduceat(deviations * self.key_z, self.starts) / np.where(varies, spread, 1.0)
        scores = (50 * (1 + self.share @ r)).tolist()
        unknown = (((self.share > 0) @ ~varies) | ~self.share.any(axis=1)).tolist()
        return [None if without else score for score, without in zip(scores, unknown, strict=True)]


def counted_scenarios(plan: ScoringPlan, scenarios: Labels) -> Counted:
    """Lay out the given scenarios (their numbers, rising, at least one); kept for the last few sets.

    Raises
    ------
    NotEstimableError
        The key never varies over some format's ratings.
    """
    name = (plan.form.digest, plan.key.digest, scenarios.tobytes())
    return _LAYOUTS.get(name, lambda: _lay_out(plan, scenarios))


_LAYOUTS: Cache[tuple[str, str, bytes], Counted] = Cache(256)


def _lay_out(plan: ScoringPlan, scenarios: Labels) -> Counted:
    ratings = np.flatnonzero(np.isin(plan.scenario, scenarios) & plan.rated)
    scenario = np.searchsorted(scenarios, plan.scenario[ratings])
    key, kind = plan.key_values[ratings], plan.kind[ratings]
    formats = tuple(np.flatnonzero(kind == one) for one in np.unique(kind))
    key_z = np.empty_like(key)
    for rows in formats:
        key_z[rows] = psychometrics.standardised_profile(key[rows])
    choices = choices_of(plan, scenarios)
    e = psychometrics.random_discrepancy(key_z, scenario, scenarios.size)
    e[choices.places] = 2 * choices.decisions
    competencies, styles = (
        _parts(plan, members, scenarios, e, _RatedColumns(scenario, kind, key, choices))
        for members in _scorable_parts(plan)
    )
    return Counted(
        plan=plan,
        scenario_ids=tuple(plan.form.scenarios[number].id for number in scenarios),
        competency=plan.competency[scenarios],
        e=e,
        ratings=ratings,
        scenario=scenario,
        key=key,
        key_z=key_z,
        formats=formats,
        choices=choices,
        competencies=competencies,
        styles=styles,
        chance=random_range(plan, tuple(scenarios.tolist())),
    )


def _scorable_parts(plan: ScoringPlan) -> tuple[Mapping[str, tuple[int, ...]], Mapping[str, tuple[int, ...]]]:
    if not plan.form.is_rated and gives_overall_only(plan.form):
        return {}, {}
    return plan.competencies, plan.styles


@dataclass(frozen=True, eq=False)
class _RatedColumns:
    """Of each rating that counts its scenario, kind and key value; and the scenarios that are not rated."""

    scenario: Labels
    kind: Labels
    key: Array
    choices: Choices


def _parts(
    plan: ScoringPlan, parts: Mapping[str, tuple[int, ...]], scenarios: Labels, e: Array, rated: _RatedColumns
) -> Parts:
    member = np.array([np.isin(scenarios, asked) for asked in parts.values()], dtype=np.bool_)
    member = member.reshape(len(parts), scenarios.size)
    sizes = tuple(member.sum(axis=1).tolist())
    sums = np.where(member.any(axis=1), member @ e, 1.0)
    all_rated = ~member[:, rated.choices.places].any(axis=1, keepdims=True)
    return Parts(
        names=tuple(parts),
        refusals=tuple(_refusal(plan, name, parts[name], n) for name, n in zip(parts, sizes, strict=True)),
        sizes=sizes,
        member=member.astype(np.float64),
        e=sums,
        unit_error=tuple(psychometrics.house_score_standard_error(1.0, each) for each in sums),
        profiles=_profiles((member & all_rated)[:, rated.scenario], rated.kind, rated.key),
    )


def _refusal(plan: ScoringPlan, name: str, asked: tuple[int, ...], counted: int) -> NotScored | None:
    needed = needed_scenarios(plan.form, [plan.form.scenarios[number] for number in asked])
    return part_refusal(name, len(asked), needed, counted)


def _profiles(mine: npt.NDArray[np.bool_], kind: Labels, key: Array) -> PartProfiles:
    """Lay the blocks end to end; ``mine`` has shape (parts, ratings)."""
    blocks = [
        (part, np.flatnonzero(own & (kind == one))) for part, own in enumerate(mine) for one in np.unique(kind[own])
    ]
    sizes = np.array([rows.size for _, rows in blocks], dtype=np.intp)
    share = np.zeros((len(mine), len(blocks)))
    for block, (part, rows) in enumerate(blocks):
        share[part, block] = rows.size / mine[part].sum()
    key_z = [_standardised_or_zero(key[rows]) for _, rows in blocks]
    return PartProfiles(
        ratings=np.concatenate([np.empty(0, dtype=np.intp), *(rows for _, rows in blocks)]),
        key_z=np.concatenate([np.empty(0), *key_z]),
        starts=np.cumsum(sizes) - sizes,
        sizes=sizes,
        key_varies=np.array([bool(each.any()) for each in key_z], dtype=np.bool_),
        share=share,
    )


def _standardised_or_zero(key: Array) -> Array:
    try:
        return psychometrics.standardised_profile(key)
    except NotEstimableError:
        return np.zeros_like(key)
