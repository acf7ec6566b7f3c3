"""A panel whose experts are made up by a program, near the key that a form has: for the demo and for tests."""

import json
import secrets
from datetime import datetime, timedelta

import numpy as np
from sqlmodel import Session

from eiassess.banks.catalog import LoadedForm
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import ExpertRatingRecord, KeyingPanelRecord, PanelExpertRecord
from eiassess.services.identifiers import hash_token, new_id, new_token
from eiassess.services.panels.experts import VALID_DAYS
from eiassess.services.panels.panels import create_panel

EXPERTS = 10
SEED = 2026
NOISE = (0.3, 0.9)
"""Standard deviation of the ratings of an option, in rating points, drawn evenly for each: on some nobody agrees."""
SHIFT = 0.5
"""Standard deviation of what the experts as one think of an option otherwise than the key."""
COMMENT = "SIMULATED comment: it depends on how long the customer has waited already."


def simulate_panel(
    database: Database, user_id: str, title: str, loaded: LoadedForm, now: datetime, *, n: int = EXPERTS
) -> str:
    """Add a closed panel of simulated experts who all handed in, with the same ratings each time; return its id."""
    with database.writing() as db:
        panel_id = create_panel(db, user_id, title, loaded, now - timedelta(days=20), simulated=True)
        ratings = _ratings(loaded, n)
        for number in range(n):
            _add_expert(db, panel_id, loaded, ratings[number], number, now - timedelta(days=19, hours=-20 * number))
        panel = db.get_one(KeyingPanelRecord, panel_id)
        panel.closed_at = now - timedelta(days=1)
        db.add(panel)
        return panel_id


def _ratings(loaded: LoadedForm, n: int) -> np.ndarray:
    """Draw ratings of shape (experts, options), scenario after scenario."""
    generator = np.random.default_rng(SEED)
    key = loaded.key
    values = np.array([
        key.credits[each.id][option].value for each in loaded.form.scenarios for option in each.option_ids
    ])  # fmt: skip
    centre = values + SHIFT * generator.standard_normal(values.size)
    noise = generator.uniform(*NOISE, values.size) * generator.standard_normal((n, values.size))
    return np.clip(np.rint(centre + noise), key.minimum, key.maximum).astype(np.int64)


def _add_expert(
    db: Session, panel_id: str, loaded: LoadedForm, ratings: np.ndarray, number: int, began: datetime
) -> None:
    ended = began + timedelta(minutes=50)
    expert = PanelExpertRecord(
        id=new_id(),
        panel_id=panel_id,
        name=f"Simulated expert {number + 1}",
        email=f"simulated-expert-{number + 1:02}@demo.example.org",
        token_hash=hash_token(new_token()),
        order_seed=secrets.token_hex(8),
        created_at=began + timedelta(seconds=number),
        expires_at=began + timedelta(days=VALID_DAYS),
        agreed_at=began,
        submitted_at=ended,
    )
    db.add(expert)
    db.flush()
    given = iter(ratings.tolist())
    for scenario in loaded.form.scenarios:
        comments = {scenario.option_ids[0]: COMMENT} if number == 0 and scenario is loaded.form.scenarios[0] else {}
        db.add(
            ExpertRatingRecord(
                expert_id=expert.id,
                scenario_id=scenario.id,
                ratings=json.dumps({option: next(given) for option in scenario.option_ids}, sort_keys=True),
                comments=json.dumps(comments),
                revision=1,
                saved_at=ended,
            )
        )
