"""The programme of an assembly: which scenario stands in which form, under all rules, as parallel as can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from eiassess.domain.scenarios import Scenario
from eiassess.domain.specifications import ContentSpecification, ScenarioPool
from eiassess.scoring.assembling.programme import FOR_COST, Columns, Programme
from eiassess.scoring.assembling.rules import FormRule, amounts, form_rules, scenarios_in_words
from eiassess.scoring.assembling.terms import Difference, Spread, differences, spreads

Array = npt.NDArray[np.float64]
Pairs = Sequence[tuple[int, int]]

FIXED_COST = 1.0
"""Added to every solution, so that the solver's gap is a share of something even where all terms can be 0."""


@dataclass(frozen=True, eq=False)
class AssemblyModel:
    """A programme with what its columns and rules mean.

    Parameters
    ----------
    scenarios
        Those that may be taken, in the order of the columns.
    taken
        Columns of "this scenario stands in this form"; shape (forms, scenarios).
    avoided
        Those of the columns that the specification would rather not take.
    rules
        The rules in words; rule ``i`` of the programme is entry ``i - 1``.
    form_rules
        The first of them: those that each form has to meet by itself.
    """

    programme: Programme
    scenarios: tuple[Scenario, ...]
    taken: Columns
    avoided: Columns
    rules: tuple[str, ...]
    form_rules: tuple[FormRule, ...]


def assembly_model(specification: ContentSpecification, pool: ScenarioPool, n_forms: int, seed: int) -> AssemblyModel:
    """Set up the programme.

    Parameters
    ----------
    specification
        What the forms have to hold.
    pool
        What may be taken.
    n_forms
        How many forms.
    seed
        Decides between solutions that are equally good.
    """
    scenarios = _candidates(specification, pool, seed)
    programme = Programme()
    columns = programme.add_variables(np.zeros(n_forms * len(scenarios)), upper=1.0, integer=True)
    taken = columns.reshape(n_forms, len(scenarios))
    rules = form_rules(specification, pool, scenarios)
    for number, rule in enumerate(rules, start=1):
        for columns in taken:
            programme.add_row(columns, rule.amounts, lower=rule.lower, upper=rule.upper, rule=number)
    words = [rule.words for rule in rules]
    if n_forms > 1:
        words.append(overlap_words(specification.overlap))
        _limit_overlap(programme, taken, specification.overlap, len(words))
    if pairs := _pairs(scenarios):
        words.append("no form has both halves of a flip pair")
        _keep_apart(programme, taken, pairs, len(words))
    if pairs and specification.twins.across and n_forms == 2:  # noqa: PLR2004 - a pair has two halves
        words.append("the other half of a flip pair stands in the other form")
        _put_across(programme, taken, pairs, len(words))
    for difference in differences(specification, pool, scenarios):
        _add_difference(programme, taken, difference)
    for spread in spreads(specification, scenarios):
        _add_spread(programme, taken, spread)
    programme.add_row(programme.add_variables(np.array([FIXED_COST])), np.ones(1), lower=1.0, upper=1.0)
    avoided = taken[:, amounts(scenarios, lambda scenario: scenario.id in specification.avoid) > 0].ravel()
    return AssemblyModel(programme, scenarios, taken, avoided, tuple(words), rules)


def overlap_words(overlap: int) -> str:
    """Say how many scenarios two forms may share."""
    if not overlap:
        return "no scenario in two forms (overlap = 0)"
    return f"at most {scenarios_in_words(overlap)} shared by two forms (overlap = {overlap})"


def _candidates(specification: ContentSpecification, pool: ScenarioPool, seed: int) -> tuple[Scenario, ...]:
    """Sort by id, as the order of files decides nothing, then shuffle: the solver finds another of several equals.

    Small random costs would do the same, but the solver then searches on for minutes for nothing.
    """
    wanted = [scenario for scenario in pool.scenarios if scenario.competency in specification.scenarios]
    wanted.sort(key=lambda scenario: scenario.id)
    return tuple(wanted[place] for place in np.random.default_rng(seed).permutation(len(wanted)))


def _limit_overlap(programme: Programme, taken: Columns, overlap: int, rule: int) -> None:
    if not overlap:
        for columns in taken.T:
            programme.add_row(columns, np.ones(columns.size), upper=1.0, rule=rule)
        return
    for one, other in combinations(taken, 2):
        shared = programme.add_variables(np.zeros(one.size), upper=1.0)
        for columns in zip(one, other, shared, strict=True):
            programme.add_row(np.array(columns), np.array([1.0, 1.0, -1.0]), upper=1.0)
        programme.add_row(shared, np.ones(shared.size), upper=float(overlap), rule=rule)


def _keep_apart(programme: Programme, taken: Columns, pairs: Pairs, rule: int) -> None:
    for columns in taken:
        for pair in pairs:
            programme.add_row(columns[list(pair)], np.ones(2), upper=1.0, rule=rule)


def _put_across(programme: Programme, taken: Columns, pairs: Pairs, rule: int) -> None:
    first, second = taken
    for one, other in pairs:
        for here, there in ((one, other), (other, one)):
            columns = np.array([first[here], second[there]])
            programme.add_row(columns, np.array([1.0, -1.0]), lower=0.0, upper=0.0, rule=rule)


def _pairs(scenarios: tuple[Scenario, ...]) -> Pairs:
    """List the places of both halves of each pair of which both may be taken; one half's word is enough."""
    place = {scenario.id: number for number, scenario in enumerate(scenarios)}
    named = [(number, place.get(scenario.twin or "")) for number, scenario in enumerate(scenarios)]
    return sorted({(min(here, there), max(here, there)) for here, there in named if there is not None})


def _add_difference(programme: Programme, taken: Columns, difference: Difference) -> None:
    """Let a variable be at least what any form differs by, beyond what counts as alike."""
    n_forms = len(taken)
    if n_forms == 1 and difference.target is None:
        return
    (size,) = programme.add_variables(np.array([difference.weight]))
    for form in range(n_forms):
        share = np.full((n_forms, 1), 0.0 if difference.target is not None else -1.0 / n_forms)
        share[form] += 1.0
        columns, factors = np.append(taken.ravel(), size), (share * difference.amounts).ravel()
        middle = difference.target or 0.0
        programme.add_row(columns, np.append(factors, -1.0), upper=middle + difference.alike, rule=FOR_COST)
        programme.add_row(columns, np.append(factors, 1.0), lower=middle - difference.alike, rule=FOR_COST)


def _add_spread(programme: Programme, taken: Columns, spread: Spread) -> None:
    for columns in taken:
        outside = programme.add_variables(np.array([spread.weight]))
        both, factors = np.append(columns, outside), np.append(spread.amounts, -1.0)
        programme.add_row(both, factors, upper=float(spread.most), rule=FOR_COST)
        programme.add_row(both, np.append(spread.amounts, 1.0), lower=float(spread.least), rule=FOR_COST)
