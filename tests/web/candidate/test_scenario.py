"""GET /sit/scenario/<number>: one scenario a page."""

import math
import re

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from eiassess.domain.shuffling import shuffled_options
from eiassess.persistence.tables import OpeningRecord
from eiassess.web.shell.context import Installation
from tests.web.candidate.test_notice import session_of
from tests.web.people import Casey, first_scenario, hidden, make_casey, rate


@pytest.mark.usefixtures("sitting")
def test_the_title_says_where_one_is(client: FlaskClient) -> None:
    assert "<title>Scenario 7 of 16 - EIAssess</title>" in client.get("/sit/scenario/7").text


def test_no_page_shows_a_scenarios_title_which_may_hint_at_the_key(client: FlaskClient, sitting: Casey) -> None:
    shown = client.get("/sit/review").text + "".join(
        client.get(f"/sit/scenario/{number}").text for number in range(1, 17)
    )
    for scenario in sitting.form.scenarios:  # a title may quote what is said in the scene
        for text in (scenario.situation, *(option.text for option in scenario.options)):
            shown = shown.replace(str(escape(text)), "")
    assert [scenario.id for scenario in sitting.form.scenarios if str(escape(scenario.title)) in shown] == []


def test_the_time_left_is_that_of_what_is_not_complete(client: FlaskClient, sitting: Casey) -> None:
    everything = sitting.form.scenarios
    minutes = math.ceil(sitting.form.expected_seconds(everything) / 60)
    assert f"about {minutes} minutes left" in client.get("/sit/scenario/7").text
    for number, scenario in enumerate(everything[:8], 1):
        rate(client, number, dict.fromkeys(scenario.option_ids, 3))
    minutes = math.ceil(sitting.form.expected_seconds(everything[8:]) / 60)
    assert f"about {minutes} minutes left" in client.get("/sit/scenario/16").text


def test_at_the_end_no_time_is_left(client: FlaskClient, sitting: Casey) -> None:
    for number, scenario in enumerate(sitting.form.scenarios, 1):
        rate(client, number, dict.fromkeys(scenario.option_ids, 3))
        if number == 15:
            assert "about 2 minutes left" in client.get("/sit/scenario/1").text
    assert "all of them answered" in client.get("/sit/scenario/1").text


def test_the_order_is_the_same_at_every_reload_and_differs_between_people(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    scenario = sitting.form.scenarios[0]
    expected = [option.id for option in shuffled_options(scenario, session_of(installation, sitting).order_seed)]
    for _ in range(3):
        page = client.get("/sit/scenario/1").text
        assert sorted(expected, key=lambda option: page.index(f'data-option="{option}"')) == expected
    others = {session_of(installation, make_casey(installation)).order_seed for _ in range(3)}
    assert len({shuffled_options(scenario, seed) for seed in others}) > 1


def test_what_was_saved_is_shown_with_its_revision_and_time(client: FlaskClient, sitting: Casey) -> None:
    scenario = sitting.form.scenarios[0]
    rate(client, 1, {"a": 3, "b": 6})
    page = client.get("/sit/scenario/1").text
    assert page.count(" checked") == 2
    assert f'id="{scenario.id}-b-6" value="6" checked' in page
    assert hidden(page, "revision") == "1"
    assert 'Saved <time datetime="2026-11-23T14:02:00+00:00" data-local="minute">14:02 UTC</time>' in page
    assert (
        f"{len(scenario.options) - 2} of {len(scenario.options)} not rated yet. You can go on and come back to them."
        in page
    )


def test_without_scripts_the_time_of_saving_is_that_of_the_openings_clocks(
    client: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    with installation.database.writing() as db:
        db.get_one(OpeningRecord, sitting.opening_id).time_zone = "Europe/Berlin"
    rate(client, 1, {"a": 3})
    page = client.get("/sit/scenario/1").text
    assert 'Saved <time datetime="2026-11-23T14:02:00+00:00" data-local="minute">15:02 (Europe/Berlin)</time>' in page


def test_save_back_and_continue_are_always_there(client: FlaskClient, sitting: Casey) -> None:
    for number in (1, len(sitting.form.scenarios)):
        page = client.get(f"/sit/scenario/{number}").text
        for go, kind in (("save", "quiet"), ("back", "quiet"), ("continue", "primary")):
            assert f'<button class="button button-{kind}" type="submit" name="go" value="{go}">' in page


@pytest.mark.parametrize("number", ["0", "17", "-1", "x", "99999999999999999999"])
def test_there_are_no_others(client: FlaskClient, sitting: Casey, number: str) -> None:
    del sitting
    assert client.get(f"/sit/scenario/{number}").status_code == 404


def test_each_scenario_waits_for_consent_and_practice(client: FlaskClient, casey: Casey) -> None:
    client.get(casey.link)
    assert client.get("/sit/scenario/1").location == "/sit/notice"
    assert client.get("/sit/review").location == "/sit/notice"


def test_what_was_skipped_is_said_with_the_heading_of_the_next_page(client: FlaskClient, sitting: Casey) -> None:
    rate(client, 1, dict.fromkeys(sitting.form.scenarios[0].option_ids[1:], 3), go="continue")
    page = client.get("/sit/scenario/2").text
    assert '<h1 aria-describedby="skipped">' in page
    said = " ".join(page.split('id="skipped">')[1].split("</p>")[0].split())
    assert said == 'Left open so far: scenario <a href="/sit/scenario/1">1</a> (1 rating missing).'
    rate(client, 1, dict.fromkeys(sitting.form.scenarios[0].option_ids, 3))
    assert "skipped" not in client.get("/sit/scenario/2").text
    page = client.get("/sit/scenario/7").text
    assert page.split("Left open so far:")[1].split("</p>")[0].count("<a ") == 3
    assert "and 2 more." in page


@pytest.mark.usefixtures("sitting")
def test_each_group_of_choices_carries_the_question(client: FlaskClient) -> None:
    page = client.get("/sit/scenario/1").text
    named = f"{first_scenario().id}-question"
    asked = re.findall(rf'id="{named}">([^<]+)</p>', page)
    assert len(asked) == 1
    assert asked[0].endswith("?")
    assert page.count(f'aria-describedby="{named}"') == page.count("<fieldset") == len(first_scenario().options)


@pytest.mark.usefixtures("sitting")
def test_one_place_is_listened_to(client: FlaskClient) -> None:
    page = client.get("/sit/scenario/1").text
    assert page.count('role="status"') == 1
    assert "aria-live" not in page
    assert page.count('class="note" aria-hidden="true"') == len(first_scenario().options)
