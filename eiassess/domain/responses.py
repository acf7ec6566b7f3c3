"""What a candidate answered to a scenario, and what counts as an answer in each format.

An answer is one mapping from option to whole number in every format, so that it is saved, compared and exported in one
way: ratings hold a point of the scale for each option; best and worst hold 1 for the best and -1 for the worst; a rank
order holds each option's place, 1 = best; the pick of the best holds 1 for it.
"""

from collections import Counter
from collections.abc import Mapping

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.scenarios import Scenario
from eiassess.errors import InvalidInputError

Ratings = Mapping[str, int]
"""Answer to one scenario: option id -> rating, pick or place; an option without one is absent."""

BEST = 1
WORST = -1


def option_values(form: AssessmentForm, scenario: Scenario) -> tuple[int, ...]:
    """Return the whole numbers that an option can have in the scenario's format."""
    match form.format_of(scenario):
        case ResponseFormat.PICK_BEST_AND_WORST:
            return (BEST, WORST)
        case ResponseFormat.PICK_BEST:
            return (BEST,)
        case ResponseFormat.RANK:
            return tuple(range(1, len(scenario.options) + 1))
    return form.scale_of(scenario).points


def checked_answer(form: AssessmentForm, scenario: Scenario, answer: Ratings) -> dict[str, int]:
    """Return an answer that can be kept, complete or not.

    Raises
    ------
    InvalidInputError
        An option is not the scenario's, a number is not the format's, or two options share a place or pick.
    """
    values = option_values(form, scenario)
    for option, value in answer.items():
        if option not in scenario.option_ids or type(value) is not int or value not in values:
            message = f"Each {_noun(form, scenario)} is {_expected(values)} for an option on the page"
            raise InvalidInputError(message, "ratings")
    if not form.format_of(scenario).is_rated and max(Counter(answer.values()).values(), default=0) > 1:
        message = f"Two responses have the same {_noun(form, scenario)}; choose one for it"
        raise InvalidInputError(message, "ratings")
    return dict(answer)


def n_missing(form: AssessmentForm, scenario: Scenario, answer: Ratings) -> int:
    """Count the ratings, picks or places that a kept answer still lacks."""
    return form.decisions_of(scenario) - len(answer)


def _noun(form: AssessmentForm, scenario: Scenario) -> str:
    match form.format_of(scenario):
        case ResponseFormat.PICK_BEST_AND_WORST | ResponseFormat.PICK_BEST:
            return "choice"
        case ResponseFormat.RANK:
            return "place"
    return "rating"


def _expected(values: tuple[int, ...]) -> str:
    if values in {(BEST, WORST), (BEST,)}:
        return " or ".join(str(value) for value in values)
    return f"a whole number from {values[0]} to {values[-1]}"
