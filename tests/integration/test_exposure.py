"""To how many candidates each scenario was shown, counted on both databases."""

from datetime import timedelta

from eiassess.persistence.engine import Database
from eiassess.persistence.tables import ScenarioShowingRecord
from eiassess.services.statistics.exposure import list_exposure
from tests.hiring_story import rows
from tests.sittings import NOON, drawn, sat_by, small_form

SCENARIO, NEVER = small_form().form.scenario_ids[:2]


def show(database: Database, session_id: str, days: int) -> None:
    with database.writing() as db:
        at = NOON + timedelta(days=days)
        db.add(ScenarioShowingRecord(session_id=session_id, scenario_id=SCENARIO, position=1, first_shown_at=at))


def test_nothing_is_in_use(database: Database) -> None:
    assert list_exposure(database) == ()


def test_each_candidate_counts_once_over_all_openings_of_a_bank_and_simulated_ones_apart(database: Database) -> None:
    sat_by(database, drawn(2), title="One")
    sat_by(database, drawn(1), title="Two", loaded=small_form(key_version=2))
    sat_by(database, drawn(1), title="Three", simulated=True)
    for day, each in enumerate(rows(database, "assessment_session")):
        show(database, each["id"], day)
    (bank,) = list_exposure(database)
    assert (bank.id, len(bank.scenarios)) == (small_form().form.bank, len(small_form().form.scenarios))
    first, *others = bank.scenarios
    assert (first.id, first.n, first.n_simulated) == (SCENARIO, 3, 1)
    assert (first.first, first.last) == (NOON.date(), (NOON + timedelta(days=3)).date())
    assert {(each.n, each.n_simulated, each.first, each.last) for each in others} == {(0, 0, None, None)}
    assert NEVER in {each.id for each in others}
