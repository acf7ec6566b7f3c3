"""Why a specification cannot be met: what the bank lacks, or which rules clash."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from math import comb

import numpy as np

from eiassess.domain.specifications import ContentSpecification, ScenarioPool
from eiassess.scoring.assembling.model import AssemblyModel
from eiassess.scoring.assembling.rules import NAMED, FormRule

CLASH_SECONDS = 10.0
"""How long the solver may think about each set of rules that is tried."""
NAMED_COMPETENCIES = 2
"""So many competencies are named in a clash; of more, only their number."""


def what_is_lacking(
    specification: ContentSpecification, pool: ScenarioPool, model: AssemblyModel, n_forms: int
) -> tuple[str, ...]:
    """Say which single rules the bank cannot meet, without solving anything.

    Parameters
    ----------
    specification
        What the forms have to hold.
    pool
        What may be taken.
    model
        Their programme.
    n_forms
        How many forms.
    """
    if named := tuple(_not_to_be_had(specification, pool, model, n_forms)):
        return named
    lacking = (*_beyond_reach(model), *_too_few_for_all(specification, model, n_forms))
    return (*lacking, *_not_taken(pool)) if lacking else ()


def _not_to_be_had(
    specification: ContentSpecification, pool: ScenarioPool, model: AssemblyModel, n_forms: int
) -> Iterator[str]:
    """Say which scenarios must be in every form and cannot."""
    number = len(specification.must_include)
    if n_forms > 1 and number > specification.overlap:
        yield f"must_include puts {number} into every form, but overlap lets two forms share {specification.overlap}"
    usable = {scenario.id for scenario in model.scenarios}
    for name in specification.must_include:
        if name not in usable:
            reason = pool.unusable.get(name, "the specification takes none of its competency")
            yield f"must_include names {name}, but {reason}"


def _beyond_reach(model: AssemblyModel) -> Iterator[str]:
    """Compare each rule that counts with the least and the most that a form of these competencies can have."""
    numbers = [(rule.amounts > 0, int(rule.lower)) for rule in model.form_rules if rule.competency]
    for rule in (each for each in model.form_rules if each.unit != NAMED):
        chosen = [(np.sort(rule.amounts[of_it]), number) for of_it, number in numbers]
        most = sum(float(each[::-1][:number].sum()) for each, number in chosen)
        least = sum(float(each[:number].sum()) for each, number in chosen)
        if most < rule.lower:
            yield f"{rule.words}: the bank has {_amount(most, rule)} for a form"
        elif least > rule.upper:
            yield f"{rule.words}: the scenarios that the competencies need have {_amount(least, rule)} at least"


def _amount(amount: float, rule: FormRule) -> str:
    return f"{amount / rule.size:,.4g} {rule.unit}" if rule.unit == "minutes" else f"{amount:,.0f}"


def _too_few_for_all(specification: ContentSpecification, model: AssemblyModel, n_forms: int) -> Iterator[str]:
    for rule in model.form_rules:
        if rule.unit != "scenarios" or rule.lower <= 0:
            continue
        shared = min(specification.overlap, int(rule.lower))
        needed = n_forms * int(rule.lower) - comb(n_forms, 2) * shared
        supply = int(rule.amounts.sum())
        if rule.lower <= supply < needed:
            sharing = f"at most {shared} shared by two" if shared else "none shared"
            yield f"{rule.words} in each of {n_forms} forms, {sharing}, need {needed}; the bank has {supply}"


def _not_taken(pool: ScenarioPool) -> Iterator[str]:
    if pool.unusable:
        reasons = Counter(pool.unusable.values())
        yield "may not be taken: " + ", ".join(f"{number} ({reason})" for reason, number in reasons.items())


def clashing_rules(model: AssemblyModel) -> tuple[str, ...]:
    """Find rules that clash, none of which could be left out of the clash: a deletion filter.

    Each rule is left out in turn; where the rest still clashes, it stays out.

    Parameters
    ----------
    model
        A programme without a solution.

    References
    ----------
    Chinneck, J. W. (2008). Feasibility and infeasibility in optimization. Springer.
    """
    clash = frozenset(range(1, len(model.rules) + 1))
    for rule in sorted(clash):
        fewer = clash - {rule}
        if model.programme.is_infeasible(fewer, time_limit=CLASH_SECONDS):
            clash = fewer
    return _in_words(model, sorted(clash))


def _in_words(model: AssemblyModel, clash: list[int]) -> tuple[str, ...]:
    """Name the rules; of many competencies only how many scenarios they ask for."""
    competencies = [rule for rule in clash if rule <= len(model.form_rules) and model.form_rules[rule - 1].competency]
    if len(competencies) <= NAMED_COMPETENCIES:
        return tuple(model.rules[rule - 1] for rule in clash)
    total = sum(int(model.form_rules[rule - 1].lower) for rule in competencies)
    others = (model.rules[rule - 1] for rule in clash if rule not in competencies)
    return tuple(chain([f"{total} scenarios in {len(competencies)} competencies"], others))
