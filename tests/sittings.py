"""Many people who sat a small form, put straight into the database: what statistics are tested with."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from eiassess.banks.catalog import LoadedForm, load_form
from eiassess.domain.sessions import SessionState
from eiassess.persistence.tables import ItemResponseRecord, OpeningRecord
from eiassess.scoring.person.plan import scoring_plan
from eiassess.scoring.simulating import simulate_people
from eiassess.services import Database
from eiassess.services.hiring.invitations import add_candidate
from eiassess.services.hiring.openings import add_opening
from eiassess.services.sitting.handing_in import hand_in
from tests.banks.small_bank import FORM, edit, write_small_bank

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
Answers = Mapping[str, Mapping[str, int]]
KEY_LINE = r"^value = 5\.5$"


@cache
def small_form(*, key_version: int = 1) -> LoadedForm:
    """A form of four scenarios; a later version of its key has one other value."""
    with TemporaryDirectory() as folder:
        bank = write_small_bank(Path(folder) / "small")
        if key_version > 1:
            edit(bank, "keys/theory-1.toml", "^version = 1$", f"version = {key_version}")
            edit(bank, "keys/theory-1.toml", KEY_LINE, "value = 3.0")
        return load_form(FORM, (Path(folder),))


def drawn(n: int, seed: int = 1) -> list[Answers]:
    """Answers of people who rate near the key."""
    loaded = small_form()
    plan = scoring_plan(loaded.form, loaded.key)
    return [
        {
            scenario.id: {option: int(row[plan.columns.index((scenario.id, option))]) for option in scenario.option_ids}
            for scenario in loaded.form.scenarios
        }
        for row in (simulate_people(plan, n, seed).ratings if n else [])
    ]


def sat_by(
    database: Database,
    people: Sequence[Answers],
    *,
    simulated: bool = False,
    loaded: LoadedForm | None = None,
    now: datetime = NOON,
    handed_in: bool = True,
    title: str = "Adviser",
) -> str:
    """Make an opening whose candidates gave these answers, each scenario in 60 seconds; return the form's digest."""
    loaded = loaded or small_form()
    opening = add_opening(database, title, loaded, now, simulated=simulated)
    with database.writing() as db:
        for number, answers in enumerate(people):
            name = f"Nora Number {number}"
            session = add_candidate(db, opening, name, f"n{number}@example.org", now, simulated=simulated)
            session.state = SessionState.STARTED
            session.consented_at = session.practised_at = now
            for scenario, ratings in answers.items():
                db.add(
                    ItemResponseRecord(
                        session_id=session.id,
                        scenario_id=scenario,
                        ratings=json.dumps(ratings),
                        revision=1,
                        seconds=60.0 + number if ratings else 0.0,
                        saved_at=now,
                    )
                )
            db.flush()
            if handed_in:
                hand_in(db, session, now)
        return db.get_one(OpeningRecord, opening).form_digest
