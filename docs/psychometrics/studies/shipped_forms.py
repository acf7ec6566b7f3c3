"""The four forms that ship, as pinned when the study of differences was made: plans, and the form laid end to end."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from docs.psychometrics.studies.population import Layout
from eiassess._resources import data_folder
from eiassess.banks.catalog import decode_pinned_form, decode_pinned_key, load_form
from eiassess.domain.digests import canonical_json, digest_of
from eiassess.psychometrics import AnswerSheets, FormColumns
from eiassess.scoring.differences.measuring import form_columns
from eiassess.scoring.person.choices import choices_of, is_choice
from eiassess.scoring.person.plan import ScoringPlan, scoring_plan

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

PINNED = Path(__file__).parent / "pinned"
NAMES = ("standard-a", "standard-b", "screening", "short")
AREAS: Mapping[str, tuple[str, ...]] = {
    "emotional-intelligence-in-service": (
        "understanding-emotions",
        "managing-emotions",
        "keeping-composure",
        "listening-with-compassion",
    ),
    "service-judgement": ("adapting-to-style", "recovery", "ownership-and-boundaries", "speaking-up"),
}


def pin_shipped_forms() -> None:
    """Take over the forms and the key that the product ships now."""
    for name in NAMES:
        loaded = load_form(name, (data_folder("question_banks"),))
        (PINNED / f"{name}.json").write_text(loaded.form_json, encoding="utf-8")
        (PINNED / "key.json").write_text(loaded.key_json, encoding="utf-8")


@cache
def plan_of(name: str) -> ScoringPlan:
    """Return a pinned form under the pinned key."""
    form, key = ((PINNED / f"{each}.json").read_text(encoding="utf-8") for each in (name, "key"))
    return scoring_plan(decode_pinned_form(form), decode_pinned_key(key))


@cache
def digest_of_inputs() -> str:
    """Return a digest of all that a study takes from the pinned forms and key: layout, places and values, no words.

    Nothing else of them goes into a study that simulates people, so an edit of words alone cannot change its numbers.
    """
    return digest_of(canonical_json({name: inputs_of(plan_of(name)) for name in NAMES}))


def inputs_of(plan: ScoringPlan) -> dict[str, object]:
    """Return what a study takes from a form and its key."""
    arrays = (plan.key_values, plan.scenario, plan.kind, plan.rated, plan.decisions, plan.competency)
    return {
        "format": str(plan.form.format),
        "scale": [plan.key.minimum, plan.key.maximum],
        "scenarios": list(plan.form.scenario_ids),
        "columns": [list(each) for each in plan.columns],
        "arrays": [each.tolist() for each in arrays],
        "competencies": list(plan.competencies),
        "styles": {name: list(places) for name, places in plan.styles.items()},
    }


@cache
def columns_of(name: str, n_scenarios: int = 0) -> FormColumns:
    """Lay a rated form out; with ``n_scenarios``, standard-a lengthened by the first scenarios of standard-b."""
    columns = form_columns(plan_of(name))
    if not n_scenarios:
        return columns
    other, names = form_columns(plan_of("standard-b")), tuple(plan_of(name).competencies)
    taken = np.arange(n_scenarios - columns.competency.size)
    rows = np.isin(other.scenario, taken)
    renamed = np.array([names.index(each) for each in plan_of("standard-b").competencies])
    return FormColumns(
        key=np.concatenate([columns.key, other.key[rows]]),
        scenario=np.concatenate([columns.scenario, columns.competency.size + other.scenario[rows]]),
        kind=np.concatenate([columns.kind, other.kind[rows]]),
        competency=np.concatenate([columns.competency, renamed[other.competency[taken]]]),
        choice=np.concatenate([columns.choice, other.choice[taken]]),
        decisions=np.concatenate([columns.decisions, other.decisions[taken]]),
    )


def area_of_scenarios(name: str, columns: FormColumns) -> Array:
    """Say which scenarios are of which area, shape (scenarios, areas)."""
    names = tuple(plan_of(name).competencies)
    inside = [np.isin(columns.competency, [names.index(each) for each in area]) for area in AREAS.values()]
    return np.array(inside, dtype=np.float64).T


def layout_of(columns: FormColumns) -> Layout:
    """Lay a rated form out as the former rule's scoring takes it."""
    return Layout(columns.scenario, columns.kind, columns.competency, {})


def sheets_of(plan: ScoringPlan, answers: Array) -> AnswerSheets:
    """Take complete answers, shape (people, columns of the plan), to a form of any format."""
    choices = np.zeros((len(answers), plan.competency.size))
    places = np.flatnonzero(is_choice(plan))
    choices[:, places] = choices_of(plan, places).scores(answers)
    counted = np.ones(choices.shape, dtype=np.bool_)
    return AnswerSheets(form_columns(plan), answers[:, plan.rated], choices, counted)
