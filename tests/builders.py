"""Builders: valid by default, and changed only in what a test is about."""

import hashlib
from collections.abc import Mapping, Sequence

from eiassess.domain.formats import ChoicePrompt, RatingScale, ResponseFormat
from eiassess.domain.forms import AssessmentForm, ResponseInstruction
from eiassess.domain.keys import KeyingMethod, OptionCredit, ScoringKey
from eiassess.domain.scenarios import ResponseOption, Scenario, ScenarioKind
from eiassess.scoring.person.plan import ScoringPlan, scoring_plan

COMPETENCIES = ("recovery", "composure", "listening")
VALUES = (5.5, 2.0, 1.5, 4.0, 3.0)


def digest(*content: object) -> str:
    """Different content, different digest: plans and random ranges are kept by it."""
    return hashlib.sha256(repr(content).encode()).hexdigest()


def make_scenario(
    id: str = "late-repair",  # noqa: A002 - the field's name
    *,
    options: int = 4,
    kind: ScenarioKind = ScenarioKind.RESPONSES,
    competency: str | None = "recovery",
    style: str | None = None,
    feedback: str = "",
) -> Scenario:
    return Scenario(
        id=id,
        version=1,
        title="The third promise",
        kind=kind,
        channel="phone",
        trade="repair",
        situation="A customer calls for the third time about a repair.",
        options=tuple(ResponseOption(name, f"Option {name} is said.", feedback) for name in "abcdef"[:options]),
        competency=competency,
        style=style,
        sources=("own-it",),
    )


def make_scenarios(per_competency: int = 3, *, emotions: int = 0) -> tuple[Scenario, ...]:
    """Scenarios of responses, three competencies in turn, then some of emotions in a competency of their own."""
    responses = [
        make_scenario(f"{competency}-{number}", competency=competency, style=("direct", "warm")[number % 2])
        for number in range(1, per_competency + 1)
        for competency in COMPETENCIES
    ]
    of_emotions = [
        make_scenario(f"emotions-{number}", options=5, kind=ScenarioKind.EMOTIONS, competency="emotions")
        for number in range(1, emotions + 1)
    ]
    return (*responses, *of_emotions)


def make_scale(minimum: int = 1, maximum: int = 6) -> RatingScale:
    labels = tuple(f"point {point}" for point in range(minimum, maximum + 1))
    return RatingScale(minimum, maximum, labels, "How effective is each response?")


PROMPTS = {
    kind: {
        each: ChoicePrompt("Which is best, and which worst?", "Best", "Worst")
        for each in ResponseFormat
        if not each.is_rated
    }
    for kind in ScenarioKind
}


def make_form(
    scenarios: Sequence[Scenario] | None = None,
    *,
    id: str = "form-a",  # noqa: A002 - the field's name
    format: ResponseFormat = ResponseFormat.RATE_EACH,  # noqa: A002 - the field's name
    formats: Mapping[str, ResponseFormat] | None = None,
    prompts: Mapping[ScenarioKind, Mapping[ResponseFormat, ChoicePrompt]] = PROMPTS,
) -> AssessmentForm:
    """Make a form of rated scenarios, unless a format is given for all or, by scenario, for some."""
    scenarios = make_scenarios() if scenarios is None else tuple(scenarios)
    formats = formats or {}
    return AssessmentForm(
        id=id,
        version=1,
        title="Form A",
        bank="a-bank",
        format=format,
        instruction=ResponseInstruction.SHOULD_DO,
        key_id="theory-1",
        scales={ScenarioKind.RESPONSES: make_scale(), ScenarioKind.EMOTIONS: make_scale()},
        practice=(make_scenario("practice-one", competency=None, feedback="Why."),),
        scenarios=tuple(scenarios),
        digest=digest(id, scenarios, format, formats),
        formats=formats,
        prompts=prompts,
    )


def make_key(
    form: AssessmentForm | None = None,
    values: Mapping[str, Sequence[float]] | None = None,
    *,
    method: KeyingMethod = KeyingMethod.THEORY,
    experts: int = 0,
) -> ScoringKey:
    """Give a key to every option of a form; by default each scenario has the same values, turned on by one."""
    form = form or make_form()
    values = values or {
        scenario.id: [VALUES[(number + i) % len(VALUES)] for i in range(len(scenario.options))]
        for number, scenario in enumerate(form.scenarios)
    }
    key_credits = {
        scenario.id: {
            option: OptionCredit(float(value), "Because it helps.", ("own-it",))
            for option, value in zip(scenario.option_ids, values[scenario.id], strict=True)
        }
        for scenario in form.scenarios
    }
    return ScoringKey("theory-1", 1, method, experts, 1, 6, key_credits, digest(values, method, experts))


def make_plan(form: AssessmentForm | None = None, values: Mapping[str, Sequence[float]] | None = None) -> ScoringPlan:
    form = form or make_form()
    return scoring_plan(form, make_key(form, values))
