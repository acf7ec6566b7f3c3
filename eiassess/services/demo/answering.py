"""Answers of simulated people, stored with plausible times."""

import json
from datetime import datetime, timedelta

import numpy as np
from sqlmodel import Session

from eiassess.persistence.tables import AssessmentSessionRecord, ItemResponseRecord, ScenarioShowingRecord
from eiassess.scoring.person.plan import ScoringPlan
from eiassess.services.content.pinned import get_form

SECONDS_A_WORD = 60 / 200
SECONDS_A_RATING = 8
CARELESS_SECONDS_A_RATING = 1


def answer_as(
    db: Session,
    session: AssessmentSessionRecord,
    plan: ScoringPlan,
    given: np.ndarray,
    began: datetime,
    *,
    careless: bool = False,
    n_scenarios: int | None = None,
) -> datetime:
    """Store simulated answers in the form's order, to the first scenarios or to all; return when the last was given."""
    form = get_form(db, session.form_digest)
    pace = np.random.default_rng(int(session.order_seed, 16)).uniform(0.6, 1.4, len(form.scenarios))
    at = began
    for index, scenario in enumerate(form.scenarios[:n_scenarios]):
        seconds = pace[index] * (scenario.word_count * SECONDS_A_WORD + form.decisions_of(scenario) * SECONDS_A_RATING)
        if careless:
            seconds = pace[index] * len(scenario.options) * CARELESS_SECONDS_A_RATING
        shown, at = at, at + timedelta(seconds=seconds)
        mine = given[plan.scenario == index]
        answers = {
            option: int(value) for option, value in zip(scenario.option_ids, mine, strict=True) if not np.isnan(value)
        }
        db.add(
            ItemResponseRecord(
                session_id=session.id,
                scenario_id=scenario.id,
                ratings=json.dumps(answers, sort_keys=True),
                revision=1,
                seconds=seconds,
                saved_at=at,
            )
        )
        db.add(
            ScenarioShowingRecord(
                session_id=session.id, scenario_id=scenario.id, position=index + 1, first_shown_at=shown
            )
        )
    return at


def scale_misread(plan: ScoringPlan, given: np.ndarray, pages: int) -> np.ndarray:
    """Return one person's ratings with those of the first pages the other way round, as if the scale was misread.

    Parameters
    ----------
    given
        Shape (columns,), in the plan's order: what the person rates each option.
    """
    return np.where(plan.scenario < pages, plan.key.minimum + plan.key.maximum - given, given)
