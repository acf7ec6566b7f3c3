"""GET /analysis/forms/<digest>."""

import re

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from eiassess.web.shell.context import Installation
from tests.hiring_story import PASSWORD
from tests.sittings import Answers, drawn, sat_by
from tests.web.browsing import check_everywhere, opened
from tests.web.pages import check_page


def turned(people: list[Answers], scenario: str) -> list[Answers]:
    """Let everybody rate one scenario the other way round."""
    return [{**each, scenario: {option: 7 - value for option, value in each[scenario].items()}} for each in people]


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_first_sentence_says_the_finding_and_the_reasons_follow(
    avery: FlaskClient, installation: Installation
) -> None:
    digest = sat_by(installation.database, turned(drawn(60), "lost-key"))
    page = avery.get(f"/analysis/forms/{digest}").text
    assert re.search(r'class="lead">\d of 4 scenarios (is|are) weak in 60 people', page)
    assert f"/analysis/forms/{digest}/scenarios/lost-key" in page
    assert "is an option keyed the wrong way round?" in page
    assert "not above that of random answering (50)" in page
    assert "60 handed in, 60 have an overall score, 60 have a score for every scenario" in page
    assert "1 min 30 s" in page
    assert "SIMULATED" not in page
    assert "Nora" not in page
    check_page(page)


def test_real_people_come_first_and_simulated_ones_say_so(avery: FlaskClient, installation: Installation) -> None:
    digest = sat_by(installation.database, drawn(3))
    sat_by(installation.database, drawn(40, seed=2), simulated=True)
    page = avery.get(f"/analysis/forms/{digest}").text
    assert "Real people (3)" in page
    assert "30 are needed" in page
    assert 'class="pill pill-simulated"' not in page
    page = avery.get(f"/analysis/forms/{digest}?people=simulated").text
    assert "Simulated people (40)" in page
    assert 'class="pill pill-simulated"' in page
    assert "in 40 simulated people" in page
    assert "?people=simulated" in re.findall(r'href="([^"]+/scenarios/[^"]+)"', page)[0]
    check_page(page)


def test_with_nobody_real_the_page_leads_to_the_simulated_people(
    avery: FlaskClient, installation: Installation
) -> None:
    digest = sat_by(installation.database, drawn(2), simulated=True)
    page = avery.get(f"/analysis/forms/{digest}").text
    assert "Nobody real has handed in this form yet" in page
    assert "Show the 2 simulated people" in page
    assert "<table" not in page
    check_page(page)


def test_small_numbers_give_reasons_and_never_a_number_that_means_nothing(
    avery: FlaskClient, installation: Installation
) -> None:
    for people in (0, 1, 2, 3, 31):
        digest = sat_by(installation.database, drawn(people, seed=people + 1))
        page = avery.get(f"/analysis/forms/{digest}").text
        assert not re.search(r"\bnan\b|\binf\b|None", text_of(page).replace("None of", "")), people
        check_page(page)
    sat_by(installation.database, drawn(1), simulated=True)
    page = avery.get(f"/analysis/forms/{digest}?people=simulated").text
    assert "What cannot be estimated" in page
    assert "item statistics need two people with complete answers; there are 1" in page


def test_a_form_that_is_not_there_is_not_found(avery: FlaskClient) -> None:
    for path in ("", "/keys", "/scenarios/lost-key"):
        assert avery.get(f"/analysis/forms/{'f' * 64}{path}").status_code == 404


def test_axe_finds_nothing_on_any_page(
    app: Flask, avery: FlaskClient, installation: Installation, browser: Browser
) -> None:
    assert avery
    digest = sat_by(installation.database, turned(drawn(60), "lost-key"))
    with opened(browser, app) as context:
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("E-mail").fill("avery@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        for path, heading in (
            ("", "Forms in use"),
            (f"/forms/{digest}", "Small form A"),
            (f"/forms/{digest}?people=simulated", "Small form A"),
            (f"/forms/{digest}/scenarios/lost-key", "lost-key"),
            (f"/forms/{digest}/keys", "Two ways to score Small form A"),
        ):
            page.goto(f"/analysis{path}")
            check_everywhere(page, heading)
