"""GET /analysis/forms/<digest>."""

import re
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from eiassess.banks.catalog import LoadedForm, load_form
from eiassess.web.shell.context import Installation
from tests.banks.small_bank import FORM, KEY, edit, write, write_small_bank
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


IRRITANT = """
[irritants.process-lecture]
name = "A lecture on the process"
meaning = "Explains how things are done here"
sources = ["own-it"]

[irritants.process-lecture.interview]
question = "What do you say first?"
good = "What they will do."
poor = "The rule."
"""


def with_irritants(folder: Path) -> LoadedForm:
    """The small form, whose key tags one option with an irritant of the bank and two with one that the bank lacks."""
    bank = write_small_bank(folder / "small")
    write(bank, "competencies.toml", (bank / "competencies.toml").read_text("utf-8") + IRRITANT)
    for option, irritant in (("lost-key.d", "process-lecture"), ("lost-key.a", "odd"), ("cold-soup.d", "odd")):
        place = f"[scenarios.{option}]"
        edit(bank, KEY, f"^{re.escape(place)}$", f'{place}\nirritant = "{irritant}"')
    return load_form(FORM, (folder,))


def irritant_rows(page: str) -> list[list[str]]:
    section = page.partition('<h2 id="irritants">')[2]
    rows = re.findall(r"<tr>(.*?)</tr>", section.partition("<tbody>")[2], re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def test_irritants_are_counted_by_form(avery: FlaskClient, installation: Installation, tmp_path: Path) -> None:
    loaded, people = with_irritants(tmp_path), drawn(33)
    rated = {"lost-key": {"a": 1, "b": 6, "c": 5, "d": 4}, "cold-soup": {"a": 6, "b": 1, "c": 4, "d": 3}}
    calm = {**rated, "lost-key": {**rated["lost-key"], "d": 3}}
    both = {"lost-key": {**rated["lost-key"], "a": 5}, "cold-soup": {**rated["cold-soup"], "d": 6}}
    one = {**rated, "cold-soup": both["cold-soup"]}
    kinds = [rated] * 10 + [calm] * 12 + [both] * 3 + [one] * 6
    sat = [{**person, **kind} for person, kind in zip(people, kinds, strict=False)]
    left_out = {**people[31], "lost-key": {"b": 6, "c": 5}}
    digest = sat_by(installation.database, [*sat, left_out], loaded=loaded)
    page = avery.get(f"/analysis/forms/{digest}").text
    assert irritant_rows(page) == [
        ["odd", "", "2", "31", "9", "3"],
        ["A lecture on the process", "Explains how things are done here", "1", "31", "19", "19"],
    ]
    assert "Nothing is counted for an irritant before 30 people have rated all of its options." in page
    assert "Counted are people who rated all options of an irritant" in page
    check_page(page)


def test_below_thirty_people_no_irritant_is_counted(
    avery: FlaskClient, installation: Installation, tmp_path: Path
) -> None:
    digest = sat_by(installation.database, drawn(29), loaded=with_irritants(tmp_path))
    page = avery.get(f"/analysis/forms/{digest}").text
    assert [row[2:] for row in irritant_rows(page)] == [["2", "-", "-", "-"], ["1", "-", "-", "-"]]
    assert "Nothing is counted for an irritant before 30 people have rated all of its options." in page
    assert "Counted are" not in page
    check_page(page)


def test_a_form_without_irritants_says_nothing_of_them(avery: FlaskClient, installation: Installation) -> None:
    digest = sat_by(installation.database, drawn(31))
    assert "rritant" not in avery.get(f"/analysis/forms/{digest}").text


def test_a_form_that_is_not_there_is_not_found(avery: FlaskClient) -> None:
    for path in ("", "/keys", "/scenarios/lost-key"):
        assert avery.get(f"/analysis/forms/{'f' * 64}{path}").status_code == 404


def test_axe_finds_nothing_on_any_page(
    app: Flask, avery: FlaskClient, installation: Installation, browser: Browser, tmp_path: Path
) -> None:
    assert avery
    digest = sat_by(installation.database, turned(drawn(60), "lost-key"), loaded=with_irritants(tmp_path))
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
