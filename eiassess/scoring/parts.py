"""Which parts of a form can have a score of their own: a rule about the form, whoever answers it."""

from collections.abc import Iterable

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.scenarios import Scenario

RATED_SCENARIOS_FOR_A_PART = 2
CHOICE_SCENARIOS_FOR_A_PART = 3
"""A pick or two say less than four ratings."""

PART_SHARE = 2 / 3

_WORDS = {
    RATED_SCENARIOS_FOR_A_PART: "two of its scenarios",
    CHOICE_SCENARIOS_FOR_A_PART: "three of its scenarios, which choices need",
}

NO_PROFILE = "No strength or weakness is named, since the form mixes formats and their scores are not compared"
OVERALL_ONLY = "This form gives an overall score only"


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


def overall_only_reason(form: AssessmentForm) -> str:
    """Say why the form gives an overall score only."""
    needed = "two" if form.is_rated else "three"
    more = "" if form.is_rated else ", and a choice among the responses says less than a rating of each"
    return f"{OVERALL_ONLY}: it has fewer than {needed} scenarios of each competency{more}"


def part_refusal(name: str, asked: int, needed: int, counted: int) -> str:
    """Say why a part cannot be scored; empty if it can.

    Parameters
    ----------
    asked, counted
        How many of its scenarios the form has, and how many the person completed.
    needed
        From `needed_scenarios`.
    """
    if asked < needed:
        return f"{name}: the form has fewer than {_WORDS[needed]}"
    if counted < PART_SHARE * asked:
        return f"{name}: {counted} of {asked} scenarios are complete; at least two thirds are needed"
    return ""
