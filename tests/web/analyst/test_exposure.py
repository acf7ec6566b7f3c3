"""GET /analysis/exposure."""

from flask.testing import FlaskClient

from eiassess.persistence.tables import ScenarioShowingRecord
from eiassess.web.shell.context import Installation
from tests.hiring_story import NOON, rows
from tests.sittings import drawn, sat_by
from tests.web.pages import check_page


def test_before_any_opening_the_page_says_what_it_is_for(avery: FlaskClient) -> None:
    page = avery.get("/analysis/exposure").text
    assert "Nothing is shown yet" in page
    check_page(page)


def test_each_scenario_has_its_count_and_nobody_a_name(avery: FlaskClient, installation: Installation) -> None:
    sat_by(installation.database, drawn(3))
    sessions = [each["id"] for each in rows(installation.database, "assessment_session")]
    with installation.database.writing() as db:
        for session_id in sessions[:2]:
            db.add(
                ScenarioShowingRecord(session_id=session_id, scenario_id="lost-key", position=1, first_shown_at=NOON)
            )
    answer = avery.get("/analysis/exposure")
    page = answer.text
    check_page(page)
    assert "How often each scenario was shown" in avery.get("/analysis").text
    (line,) = [each for each in page.split("<tr>") if "lost-key" in each]
    assert '<td class="num"><b>2</b></td>' in line
    assert line.count("2026-11-02") == 2
    assert "Not shown" in page
    assert "example.org</" not in page
