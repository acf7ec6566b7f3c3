"""Which parts of a form can have a score of their own: a rule about the form, whoever answers it."""

import math
from collections.abc import Iterable

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.reasons import NotScored, NotScoredCode
from eiassess.domain.scenarios import Scenario

RATED_SCENARIOS_FOR_A_PART = 2
CHOICE_SCENARIOS_FOR_A_PART = 3
"""A pick or two say less than four ratings."""

PART_SHARE = 2 / 3


def is_enough(complete: int, asked: int) -> bool:
    """Whether so many complete scenarios are worth handing in for somebody whose time has ended.

    Examples
    --------
    >>> is_enough(16, 24), is_enough(15, 24)
    (True, False)
    """
    return 3 * complete >= 2 * asked  # in whole numbers, so that no rounding costs anybody a scenario


def formats_used(form: AssessmentForm) -> frozenset[ResponseFormat]:
    """Return the formats of a form's scenarios; scores of different formats are never compared, linked or not."""
    return frozenset(form.format_of(scenario) for scenario in form.scenarios)


def forms_compare(first: AssessmentForm, second: AssessmentForm) -> bool:
    """Whether scores of two forms under one key compare: the same form, or two in the same formats that were linked."""
    if first.digest == second.digest:
        return True
    linked = first.compares_with(second.digest) or second.compares_with(first.digest)
    return linked and formats_used(first) == formats_used(second)


def needed_scenarios(form: AssessmentForm, scenarios: Iterable[Scenario]) -> int:
    """Return how many scenarios a competency or style needs in a form: more where options are chosen, not rated."""
    if all(form.format_of(scenario).is_rated for scenario in scenarios):
        return RATED_SCENARIOS_FOR_A_PART
    return CHOICE_SCENARIOS_FOR_A_PART


def gives_overall_only(form: AssessmentForm) -> bool:
    """Whether the form has too few scenarios of every competency to score any."""
    of_competencies: dict[str, list[Scenario]] = {}
    for scenario in form.scenarios:
        of_competencies.setdefault(str(scenario.competency), []).append(scenario)
    return all(len(mine) < needed_scenarios(form, mine) for mine in of_competencies.values())


def overall_only(form: AssessmentForm) -> NotScored:
    """Give the reason why a form has an overall score only."""
    needed = RATED_SCENARIOS_FOR_A_PART if form.is_rated else CHOICE_SCENARIOS_FOR_A_PART
    return NotScored("", NotScoredCode.FORM_OVERALL_ONLY, needed=needed)


def part_refusal(part: str, asked: int, needed: int, counted: int) -> NotScored | None:
    """Say why a part cannot be scored; ``None`` if it can.

    Parameters
    ----------
    part
        Its id.
    asked, counted
        How many of its scenarios the form has, and how many the person completed.
    needed
        From `needed_scenarios`.
    """
    if asked < needed:
        return NotScored(part, NotScoredCode.FORM_TOO_SMALL, counted, asked, needed)
    if counted < PART_SHARE * asked:
        return NotScored(part, NotScoredCode.TOO_FEW_COMPLETE, counted, asked, math.ceil(PART_SHARE * asked))
    return None
