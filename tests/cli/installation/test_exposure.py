"""``eiassess exposure``."""

import csv
import io

from eiassess.cli.installation import opened_database, settings, utc_now
from eiassess.persistence.tables import ScenarioShowingRecord
from tests.candidates import add_many
from tests.cli.conftest import Run
from tests.hiring_story import rows


def shown(run: Run) -> dict[str, dict[str, str]]:
    return {each["scenario"]: each for each in csv.DictReader(io.StringIO(run("exposure").stdout))}


def test_each_scenario_has_a_row_with_how_many_were_shown_it(ready: Run, opening: str) -> None:
    with opened_database(settings()) as database:
        add_many(database, opening, ("Nora",), utc_now(), begun=1)
        (session,) = rows(database, "assessment_session")
        before = shown(ready)
        scenario = next(iter(sorted(name for name, each in before.items() if each["candidates"] == "0")))
        assert before[scenario]["first_shown"] == ""
        at, place = utc_now(), 99
        with database.writing() as db:
            db.add(
                ScenarioShowingRecord(session_id=session["id"], scenario_id=scenario, position=place, first_shown_at=at)
            )
    line = shown(ready)[scenario]
    assert (line["candidates"], line["simulated"], line["first_shown"]) == ("1", "0", str(at.date()))
    assert ready("exposure", "-o", "shown.csv").stderr == f"{len(before)} scenarios of 1 bank\n"


def test_before_any_opening_there_is_a_header_alone(ready: Run) -> None:
    result = ready("exposure", "-o", "shown.csv")
    assert (result.exit_code, result.stderr) == (0, "0 scenarios of 0 banks\n")
