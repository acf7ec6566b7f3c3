"""A form and a key, laid out once as arrays, so that many people can be scored with them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.responses import Ratings
from eiassess.domain.scenarios import ScenarioKind
from eiassess.errors import InvalidInputError
from eiassess.scoring.person.cache import Cache

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class ScoringPlan:
    """The columns of a form: one entry an option, scenario after scenario, in every format.

    Parameters
    ----------
    form, key
        What the plan was made from.
    columns
        (scenario id, option id) of each column.
    key_values
        Shape (columns,).
    scenario, kind
        Shape (columns,): numbers of each column's scenario and kind.
    rated
        Shape (columns,): whether the option is rated, not chosen or ranked.
    decisions
        Shape (scenarios,): how many columns a complete answer fills: ratings, picks or places.
    competency
        Shape (scenarios,): number of each scenario's competency in ``competencies``.
    parts
        Competency and style id -> numbers of its scenarios.
    """

    form: AssessmentForm
    key: ScoringKey
    columns: tuple[tuple[str, str], ...]
    key_values: Array
    scenario: Labels
    kind: Labels
    rated: npt.NDArray[np.bool_]
    decisions: Labels
    competency: Labels
    competencies: Mapping[str, tuple[int, ...]]
    styles: Mapping[str, tuple[int, ...]]

    def vector(self, answers: Mapping[str, Ratings]) -> Array:
        """Lay a person's answers out as shape (columns,), NaN where an option was not rated, chosen or ranked."""
        values = [answers.get(scenario, {}).get(option, np.nan) for scenario, option in self.columns]
        return np.asarray(values, dtype=np.float64)


def scoring_plan(form: AssessmentForm, key: ScoringKey) -> ScoringPlan:
    """Return the plan of a form under a key; kept for the last few pairs of digests.

    Raises
    ------
    InvalidInputError
        The key lacks an option of the form.
    """
    return _PLANS.get((form.digest, key.digest), lambda: _lay_out(form, key))


_PLANS: Cache[tuple[str, str], ScoringPlan] = Cache(16)


def _lay_out(form: AssessmentForm, key: ScoringKey) -> ScoringPlan:
    columns = tuple((scenario.id, option) for scenario in form.scenarios for option in scenario.option_ids)
    for scenario, option in columns:
        if option not in key.credits.get(scenario, {}):
            message = f"The key {key.id!r} has no value for option {scenario}.{option} of form {form.id!r}"
            raise InvalidInputError(message)
    number = {scenario: index for index, scenario in enumerate(form.scenario_ids)}
    kinds = list(ScenarioKind)
    kind_of = {scenario.id: kinds.index(scenario.kind) for scenario in form.scenarios}
    rated = {scenario.id: form.format_of(scenario).is_rated for scenario in form.scenarios}
    competencies = _members([scenario.competency for scenario in form.scenarios])
    return ScoringPlan(
        form=form,
        key=key,
        columns=columns,
        key_values=np.array([key.credits[scenario][option].value for scenario, option in columns]),
        scenario=np.array([number[scenario] for scenario, _ in columns], dtype=np.intp),
        kind=np.array([kind_of[scenario] for scenario, _ in columns], dtype=np.intp),
        rated=np.array([rated[scenario] for scenario, _ in columns], dtype=np.bool_),
        decisions=np.array([form.decisions_of(scenario) for scenario in form.scenarios], dtype=np.intp),
        competency=np.array([list(competencies).index(str(s.competency)) for s in form.scenarios], dtype=np.intp),
        competencies=competencies,
        styles=_members([scenario.style for scenario in form.scenarios]),
    )


def _members(labels: list[str | None]) -> dict[str, tuple[int, ...]]:
    names = dict.fromkeys(label for label in labels if label is not None)
    return {name: tuple(i for i, label in enumerate(labels) if label == name) for name in names}
