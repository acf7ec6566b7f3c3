"""Forms from a specification: solved, put in order, or refused with the reason."""

from dataclasses import dataclass, replace

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.specifications import ContentSpecification, ScenarioPool
from eiassess.errors import RefusedError
from eiassess.scoring.assembling.clashes import clashing_rules, what_is_lacking
from eiassess.scoring.assembling.model import AssemblyModel, assembly_model
from eiassess.scoring.assembling.ordering import in_good_order
from eiassess.scoring.assembling.programme import Effort, Outcome, Solution

ACCEPTED_GAP = 0.05
"""As a share of the cost: a solution that is proven to be so near the best is taken for it."""
MOST_NODES = 2000
"""Where the search ends at the latest. A count, unlike a time, gives the same forms on a slow machine."""
TAKEN = 0.5
"""The solver's zeros and ones are not quite whole."""


@dataclass(frozen=True)
class Assembly:
    """Forms of a specification, in order.

    Parameters
    ----------
    forms
        Each with its scenarios in the order in which they are sat; ids and titles are still those of the pool.
    gap
        How far their cost can be from the best, as a share of it.
    is_best
        Whether the gap was proven small enough before the search ended.
    """

    forms: tuple[AssessmentForm, ...]
    gap: float
    is_best: bool


def assemble(
    specification: ContentSpecification, pool: ScenarioPool, n_forms: int, *, seed: int = 1, time_limit: float = 60.0
) -> Assembly:
    """Assemble forms that are as parallel as can be, by integer programming.

    With x[f, i] = 1 where form f has scenario i: every rule bounds a sum of x over the scenarios of each form, or over
    forms. What is minimised is the weighted sum of the largest difference between any form and the mean of the forms
    in words, in scenarios of each channel, style and kind, in mean difficulty and in information, and of how
    unevenly each form is spread over channels, styles and trades. Weights stand in ``terms``.

    Parameters
    ----------
    specification
        What the forms have to hold.
    pool
        What may be taken.
    n_forms
        How many forms, from 1.
    seed
        Decides between solutions that are equally good. The same input and seed give the same forms, unless the time
        runs out first.
    time_limit
        Seconds.

    Raises
    ------
    RefusedError
        The specification cannot be met, and which rules clash; or no forms were found in time.

    References
    ----------
    van der Linden, W. J. (2005). Linear models for optimal test design. Springer.
    """
    model = assembly_model(specification, pool, n_forms, seed)
    if lacking := what_is_lacking(specification, pool, model, n_forms):
        _refuse(specification, "; ".join(lacking))
    solution = _solve(model, time_limit)
    if solution.outcome is Outcome.INFEASIBLE:
        _refuse(specification, f"these rules clash: {'; '.join(clashing_rules(model))}")
    return _assembly(specification, pool, model, solution)


def _solve(model: AssemblyModel, time_limit: float) -> Solution:
    """Take as few scenarios to be avoided as can be, then make the forms parallel."""
    if model.avoided.size:
        first = model.programme.solve_for_fewest(model.avoided, Effort(time_limit, nodes=MOST_NODES))
        if first.values is None:
            return first
    return model.programme.solve(Effort(time_limit, ACCEPTED_GAP, MOST_NODES))


def _refuse(specification: ContentSpecification, why: str) -> None:
    message = f"The specification {specification.id!r} cannot be met: {why}"
    raise RefusedError(message)


def _assembly(
    specification: ContentSpecification, pool: ScenarioPool, model: AssemblyModel, solution: Solution
) -> Assembly:
    if solution.values is None:
        message = f"No forms for {specification.id!r} were found in time; give more time or loosen a rule"
        raise RefusedError(message)
    taken = solution.values[model.taken] > TAKEN
    chosen = [
        [scenario for scenario, is_in in zip(model.scenarios, row, strict=True) if is_in] for row in taken.tolist()
    ]
    chosen.sort(key=lambda scenarios: min(scenario.id for scenario in scenarios))
    ordered = (in_good_order(scenarios, tuple(specification.scenarios)) for scenarios in chosen)
    forms = tuple(replace(pool.form, scenarios=scenarios) for scenarios in ordered)
    return Assembly(forms, solution.gap, solution.outcome is Outcome.SOLVED)
