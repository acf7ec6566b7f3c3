"""What each form has to hold, as linear rules, each with the words that a clash is told in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt

from eiassess.domain.scenarios import Scenario
from eiassess.domain.specifications import ContentSpecification, CountRule, Facet, ScenarioPool

Array = npt.NDArray[np.float64]

SECONDS = 60.0
"""In a minute."""
NAMED = "named"
"""The unit of rules about scenarios that are named, not counted."""


@dataclass(frozen=True, eq=False)
class FormRule:
    """Bounds on a sum over the scenarios of a form.

    Parameters
    ----------
    words
        The rule as its author would say it.
    amounts
        What each scenario that may be taken adds; shape (scenarios,).
    lower, upper
        What every form's sum lies between.
    competency
        The competency whose number of scenarios this is; empty for other rules.
    unit, size
        What the sum is counted in, and how much of the amounts makes one; ``NAMED`` where scenarios are named.
    """

    words: str
    amounts: Array
    lower: float = -inf
    upper: float = inf
    competency: str = ""
    unit: str = "scenarios"
    size: float = 1.0


def form_rules(
    specification: ContentSpecification, pool: ScenarioPool, scenarios: tuple[Scenario, ...]
) -> tuple[FormRule, ...]:
    """Put a specification's rules for each form in rows over the scenarios.

    Parameters
    ----------
    specification
        What the forms have to hold.
    pool
        Where the scenarios come from.
    scenarios
        Those that may be taken, in the order of the amounts.

    Returns
    -------
    tuple of FormRule
        Competencies first, so that a search for clashes tries last what its author can loosen most easily.
    """
    return (
        *_competency_rules(specification, pool, scenarios),
        *(_count_rule(rule, pool, scenarios) for rule in specification.counts),
        *_length_rules(specification, pool, scenarios),
        *_twin_rules(specification, scenarios),
        *_group_rules(specification, scenarios),
        *_named_rules(specification, scenarios),
    )


def amounts(scenarios: tuple[Scenario, ...], amount: Callable[[Scenario], float]) -> Array:
    """Take a number of each scenario; shape (scenarios,)."""
    return np.array([float(amount(scenario)) for scenario in scenarios])


def _competency_rules(
    specification: ContentSpecification, pool: ScenarioPool, scenarios: tuple[Scenario, ...]
) -> Iterator[FormRule]:
    for competency, number in specification.scenarios.items():
        counts = CountRule({Facet.COMPETENCY: competency}, number, number)
        rule = _count_rule(counts, pool, scenarios)
        yield FormRule(rule.words, rule.amounts, number, number, competency)


def _count_rule(rule: CountRule, pool: ScenarioPool, scenarios: tuple[Scenario, ...]) -> FormRule:
    upper = inf if rule.maximum is None else rule.maximum
    return FormRule(count_words(rule, pool), amounts(scenarios, rule.covers), rule.minimum, upper)


def count_words(rule: CountRule, pool: ScenarioPool) -> str:
    """Say how many scenarios of what, as in "at least 3 scenarios of Speaking up on channel chat".

    Parameters
    ----------
    rule
        The rule.
    pool
        Knows the names of competencies and styles.
    """
    kinds = "".join(f" {_PLACES[facet]} {pool.names.get(value, value)}" for facet, value in rule.where.items())
    return f"{limits_in_words(rule.minimum, rule.maximum)}{kinds}"


_PLACES = {
    Facet.COMPETENCY: "of",
    Facet.CHANNEL: "on channel",
    Facet.STYLE: "of style",
    Facet.TRADE: "in trade",
    Facet.KIND: "of kind",
}


def limits_in_words(minimum: int, maximum: int | None) -> str:
    """Say how many scenarios there may be.

    Examples
    --------
    >>> limits_in_words(2, 2), limits_in_words(1, None), limits_in_words(0, 3), limits_in_words(1, 3)
    ('2 scenarios', 'at least 1 scenario', 'at most 3 scenarios', '1 to 3 scenarios')
    """
    if minimum == maximum:
        return scenarios_in_words(minimum)
    if maximum is None:
        return f"at least {scenarios_in_words(minimum)}"
    if not minimum:
        return f"at most {scenarios_in_words(maximum)}"
    return f"{minimum} to {scenarios_in_words(maximum)}"


def scenarios_in_words(number: int) -> str:
    """Count scenarios.

    Examples
    --------
    >>> scenarios_in_words(1), scenarios_in_words(3)
    ('1 scenario', '3 scenarios')
    """
    return f"{number} scenario{'' if number == 1 else 's'}"


def _length_rules(
    specification: ContentSpecification, pool: ScenarioPool, scenarios: tuple[Scenario, ...]
) -> Iterator[FormRule]:
    words = amounts(scenarios, lambda scenario: scenario.word_count)
    limits = specification.words
    if limits.minimum is not None:
        yield FormRule(f"at least {limits.minimum:,} words", words, lower=limits.minimum, unit="words")
    if limits.maximum is not None:
        yield FormRule(f"at most {limits.maximum:,} words", words, upper=limits.maximum, unit="words")
    if specification.minutes is not None:
        seconds = amounts(scenarios, pool.seconds)
        most = specification.minutes * SECONDS
        yield FormRule(f"at most {specification.minutes:g} minutes", seconds, upper=most, unit="minutes", size=SECONDS)


def _named_rules(specification: ContentSpecification, scenarios: tuple[Scenario, ...]) -> Iterator[FormRule]:
    for name in specification.must_include:
        is_it = amounts(scenarios, lambda scenario, name=name: scenario.id == name)  # type: ignore[misc]
        yield FormRule(f"must_include puts {name} into every form", is_it, lower=1, unit=NAMED)
    for group in specification.never_together:
        in_group = amounts(scenarios, lambda scenario, group=group: scenario.id in group)  # type: ignore[misc]
        yield FormRule(f"never_together keeps {' and '.join(group)} apart", in_group, upper=1, unit=NAMED)


def _twin_rules(specification: ContentSpecification, scenarios: tuple[Scenario, ...]) -> Iterator[FormRule]:
    if specification.twins.halves:
        is_half = amounts(scenarios, lambda scenario: scenario.twin is not None)
        words = f"at least {scenarios_in_words(specification.twins.halves)} of flip pairs"
        yield FormRule(words, is_half, lower=specification.twins.halves)


def _group_rules(specification: ContentSpecification, scenarios: tuple[Scenario, ...]) -> Iterator[FormRule]:
    for group in specification.groups:
        in_group = amounts(scenarios, lambda scenario, group=group: scenario.id in group.scenarios)  # type: ignore[misc]
        upper = inf if group.maximum is None else group.maximum
        words = f"{limits_in_words(group.minimum, group.maximum)} of the group {group.name!r}"
        yield FormRule(words, in_group, group.minimum, upper)
