"""A scenario as it stands on a page, in whichever format its form gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from eiassess.domain.formats import ChoicePrompt, RatingScale, ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.responses import Ratings
from eiassess.domain.scenarios import ResponseOption, Scenario
from eiassess.domain.shuffling import shuffled_options
from eiassess.web.candidate.answers import PageAnswer, fields_of
from eiassess.web.candidate.words import clash_at, clash_summary, nothing_given, noun_of, said
from eiassess.web.shell.answering import place_of


@dataclass(frozen=True)
class Problem:
    """A line of the summary on top of a page, and the id of the place that it leads to."""

    target: str
    message: str


@dataclass(frozen=True)
class Question:
    """One scenario on a page, its options in this candidate's order.

    Parameters
    ----------
    noun
        What is given: a rating, a choice or a place.
    nothing
        How the page says that an option was given nothing.
    scale
        Of the ratings.
    prompt
        The words of the other formats; ``None`` where options are rated.
    fields
        The fields that are filled, by name.
    errors
        Option id -> what is wrong there.
    problems
        The same for the summary.
    """

    form: AssessmentForm
    scenario: Scenario
    place: str
    situation: tuple[str, ...]
    format: ResponseFormat
    noun: str
    nothing: str
    scale: RatingScale
    prompt: ChoicePrompt | None
    options: tuple[ResponseOption, ...]
    fields: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def scenario_id(self) -> str:
        """The scenario's id, with which the ids on the page begin."""
        return self.scenario.id

    def label_of(self, option_id: str, ratings: Ratings) -> str:
        """Say in words what an answer gives to an option."""
        return said(self.form, self.scenario, ratings.get(option_id))


def saved_answer(form: AssessmentForm, scenario: Scenario, ratings: Ratings) -> PageAnswer:
    """Make of an answer what its page would send."""
    return PageAnswer(fields_of(form, scenario, ratings), ratings)


def question(form: AssessmentForm, scenario: Scenario, order_seed: str, answer: PageAnswer) -> Question:
    """Put a scenario on a page with what was given, clashes marked."""
    used = form.format_of(scenario)
    return Question(
        form=form,
        scenario=scenario,
        place=place_of(scenario),
        situation=scenario.paragraphs,
        format=used,
        noun=noun_of(form, scenario),
        nothing=nothing_given(form, scenario),
        scale=form.scale_of(scenario),
        prompt=None if used.is_rated else form.prompt_of(scenario),
        options=shuffled_options(scenario, order_seed),
        fields=answer.fields,
        errors={
            option: clash_at(form, scenario, clash, option) for clash in answer.clashes for option in clash.options
        },
        problems=tuple(
            Problem(f"{scenario.id}-{clash.options[-1]}", clash_summary(form, scenario, clash))
            for clash in answer.clashes
        ),
    )
