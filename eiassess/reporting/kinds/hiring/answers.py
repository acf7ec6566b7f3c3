"""What somebody answered, in words, for a report: without the key's values, which are not for whoever reads it."""

from collections.abc import Mapping

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.reports import AnsweredScenario
from eiassess.domain.responses import BEST, WORST, Ratings
from eiassess.domain.scenarios import Scenario

NO_ANSWER = "no answer"


def answered_scenarios(form: AssessmentForm, answers: Mapping[str, Ratings]) -> tuple[AnsweredScenario, ...]:
    """Lay out each scenario of a form with what was given to its options, in the form's order."""
    return tuple(
        AnsweredScenario(
            scenario.title,
            scenario.situation,
            tuple(
                (option.text, answer_in_words(form, scenario, answers.get(scenario.id, {}).get(option.id)))
                for option in scenario.options
            ),
        )
        for scenario in form.scenarios
    )


def answer_in_words(form: AssessmentForm, scenario: Scenario, value: int | None) -> str:
    """Say a rating, choice or place with its words."""
    match form.format_of(scenario):
        case ResponseFormat.PICK_BEST_AND_WORST | ResponseFormat.PICK_BEST:
            prompt = form.prompt_of(scenario)
            return {BEST: prompt.top.lower(), WORST: prompt.bottom.lower(), None: "not chosen"}[value]
        case ResponseFormat.RANK:
            return NO_ANSWER if value is None else f"place {value}"
    if value is None:
        return NO_ANSWER
    scale = form.scale_of(scenario)
    return f"{value}, {scale.labels[value - scale.minimum].lower()}"
