"""People's answers for tests of statistics: drawn near a key, or written out by hand."""

from collections.abc import Mapping, Sequence

import numpy as np

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.scoring.samples.answers import PersonAnswers
from tests.builders import make_form, make_scenario

RATED = make_form()


def form_of(chosen: ResponseFormat, n: int = 3, options: int = 4) -> AssessmentForm:
    """A form all of whose scenarios have one format."""
    scenarios = [make_scenario(f"s{number}", options=options) for number in range(1, n + 1)]
    made = make_form(scenarios, id=f"form-{chosen.value.lower()}-{n}-{options}")
    return AssessmentForm(**{**vars(made), "format": chosen})


def written(form: AssessmentForm, *rows: Sequence[Sequence[int | None]], seconds: float = 0) -> list[PersonAnswers]:
    """People as rows of scenarios, each with what was done with its options; None = nothing."""
    return [
        PersonAnswers(
            {
                scenario.id: {o: v for o, v in zip(scenario.option_ids, values, strict=True) if v is not None}
                for scenario, values in zip(form.scenarios, row, strict=True)
            },
            dict.fromkeys(form.scenario_ids, seconds + number) if seconds else {},
        )
        for number, row in enumerate(rows)
    ]


def near_the_key(
    form: AssessmentForm, key: ScoringKey, n: int, *, seed: int = 1, turned: Mapping[str, bool] | None = None
) -> list[PersonAnswers]:
    """People who rate near the key, each with a noise of their own; in turned scenarios the other way round."""
    generator = np.random.default_rng(seed)
    people = []
    for noise in generator.uniform(0.3, 4, n):
        answers = {}
        for scenario in form.scenarios:
            values = np.array([key.credits[scenario.id][option].value for option in scenario.option_ids])
            if (turned or {}).get(scenario.id):
                values = 7 - values
            given = np.clip(np.rint(values + noise * generator.normal(size=values.size)), 1, 6)
            answers[scenario.id] = {o: int(v) for o, v in zip(scenario.option_ids, given, strict=True)}
        people.append(PersonAnswers(answers, {}))
    return people
