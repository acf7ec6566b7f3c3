"""GET /worth."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from eiassess._resources import data_folder
from eiassess.web.worth.presenters import SOURCES
from tests.hiring_story import PASSWORD
from tests.web.browsing import check_everywhere, opened, started
from tests.web.pages import check_page

FIGURES = {"hired": "10", "of_100": "50", "years": "2", "spread": "10000", "cost": "50", "unit": "EUR"}
TITLE = "What better hiring is worth"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as opened_browser:
        yield opened_browser


def shown(client: FlaskClient, status: int = 200, **figures: str) -> str:
    answer = client.get("/worth", query_string={**FIGURES, **figures})
    assert answer.status_code == status
    check_page(answer.text)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text)).replace("\u00a0", " "))


def row(page: str, name: str) -> str:
    found = re.search(rf"{re.escape(name)}(.*?EUR)(?: |$)", page)
    assert found
    return found[1].strip()


def test_before_any_figure_it_asks_and_suggests_none(alice: FlaskClient) -> None:
    answer = alice.get("/worth")
    assert answer.status_code == 200
    check_page(answer.text)
    assert "Nothing is stored" in answer.text
    assert re.findall(r'<input[^>]*value="[^"]+"', answer.text.partition("<main")[2]) == []
    assert "Worth by validity" not in answer.text


def test_an_analyst_sees_it_too(avery: FlaskClient) -> None:
    assert TITLE in avery.get("/worth").text
    assert "/worth" in avery.get("/analysis").text


def test_recruiters_find_it_from_their_openings(alice: FlaskClient) -> None:
    assert "/worth" in alice.get("/openings").text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("spread", "8.000", "8.000 may be read in two ways; write 8000, or 8 if you mean that."),
        ("cost", "1.250", "1.250 may be read in two ways; write 1250, or 1 if you mean that."),
        ("hired", "2.000", "2.000 may be read in two ways; write 2000, or 2 if you mean that."),
    ],
)
def test_a_point_before_three_digits_is_asked_about(alice: FlaskClient, field: str, typed: str, said: str) -> None:
    assert said in shown(alice, 400, **{field: typed})


def test_years_and_correlations_take_three_decimals(alice: FlaskClient) -> None:
    assert "1.125 years" in shown(alice, years="1.125", r="0.125", n="100")


def test_without_a_study_it_is_a_what_if_and_says_so(alice: FlaskClient) -> None:
    """By hand: 10 * 2 * .2 * 10,000 * .79788 = 31,915, less 10 * 50 / .5 = 1,000."""
    page = shown(alice)
    assert "What if: were this score as valid as like tests were in studies" in page
    assert "29,300 EUR to 51,700 EUR over 2 years. Nobody has measured that it is." in page
    assert "No validity is claimed for this answer key" in page
    assert row(page, "mean as observed (McDaniel and others, 2007)") == "0.20 30,900 EUR"
    assert row(page, "If the score foretells nothing") == "0.00 \u22121,000 EUR"
    assert "0.33 (0.18 to 0.47)" in page
    assert "Found here" not in page
    assert "about 20, to hire 10" in page
    assert "from a validity of 0.006" in page


def test_a_study_of_ones_own_comes_first_with_its_error(alice: FlaskClient) -> None:
    page = shown(alice, r="0.30", n="120")
    assert "At the validity that your study found" in page
    assert row(page, "Your study of 120 people") == "0.30 (0.13 to 0.45) 46,900 EUR"
    assert "46,900 EUR 19,400 EUR to 71,600 EUR" in page
    assert "No validity is claimed" not in page
    assert "EIAssess has not seen that study" in page
    assert "does not rule out" not in page
    assert "chance of 80 %" not in page


def test_a_small_study_leaves_it_open_whether_anything_is_gained(alice: FlaskClient) -> None:
    page = shown(alice, r="0.20", n="30", years="1", unit="")
    assert "The study does not rule out that it brings nothing." in page
    assert "over 1 year (95 %: \u2212" in page
    assert "194 people give a chance of 80 % to find it" in page


def test_a_validity_of_none_costs_what_assessing_costs(alice: FlaskClient) -> None:
    assert row(shown(alice, r="0", n="100"), "Your study of 100 people").endswith("\u22121,000 EUR")


def test_assessing_that_can_never_pay_for_itself(alice: FlaskClient) -> None:
    page = shown(alice, spread="1", cost="1000", years="0.1")
    assert "at no validity" in page


def test_a_free_test_of_no_validity_is_worth_nothing(alice: FlaskClient) -> None:
    assert row(shown(alice, cost="0"), "If the score foretells nothing") == "0.00 0 EUR"


def test_the_example_is_marked_as_one(alice: FlaskClient) -> None:
    link = re.search(r'href="(/worth\?[^"]+)"', alice.get("/worth").text)
    assert link
    page = alice.get(unescape(link[1])).text
    assert "An example." in page
    assert "made up" in page
    check_page(page)
    assert "An example." not in shown(alice)


def test_thousands_may_be_marked(alice: FlaskClient) -> None:
    assert "30,900 EUR" in shown(alice, spread="10,000", cost=" 50 ")
    assert "30,900 EUR" in shown(alice, spread="10\u00a0000")


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ({"hired": ""}, "People hired: enter a number, such as 20."),
        ({"hired": "2.5"}, "People hired: enter a whole number from 1 to 1,000,000."),
        ({"hired": "0"}, "People hired: enter a whole number from 1 to 1,000,000."),
        ({"of_100": "100"}, "Hired out of 100 assessed: enter a number from 0.1 to 99."),
        ({"years": "0,5"}, "Years they stay on average: use digits, and a point before decimals, such as 3."),
        ({"spread": "nan"}, "Spread of performance, in money a year: use digits"),
        ({"cost": "-1"}, "Cost of assessing one person: enter a number from 0 to 1,000,000."),
        ({"unit": "EUR" * 5}, "Currency: 12 characters at most."),
        ({"r": "0.2"}, "People in that study: give both figures of the study, or leave both empty."),
        ({"n": "50"}, "Validity found (a correlation): give both figures of the study, or leave both empty."),
        ({"r": "1", "n": "50"}, "Validity found (a correlation): enter a number from -0.99 to 0.99."),
        ({"r": "0.2", "n": "3"}, "People in that study: enter a whole number from 4"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_once_and_what_was_typed_stays(
    alice: FlaskClient, figures: dict[str, str], says: str
) -> None:
    page = shown(alice, 400, **figures)
    assert page.count(says) == 2, "in the summary and at the field"
    assert "Worth by validity" not in page
    kept = alice.get("/worth", query_string={**FIGURES, **figures}).text
    for name, value in {**FIGURES, **figures}.items():
        assert not value or re.search(rf'name="{name}"[^>]*value="{re.escape(value)}"', kept)


def test_what_the_sources_say_is_what_the_bank_documents() -> None:
    documented = (data_folder("question_banks") / "service-ei" / "sources.toml").read_text("utf-8")
    for source in SOURCES:
        entry = documented.partition(f"[sources.{source.id}]")[2].partition("[sources.")[0]
        assert entry, source.id
        figures = re.findall(r"\$?\d[\d,.]*\d(?: %)?", source.says)
        assert figures
        assert all(figure in entry for figure in figures)
        assert re.split(r",? as ", source.study)[0] in entry


def test_axe_finds_nothing(app: Flask, alice: FlaskClient, browser: Browser) -> None:
    assert alice
    with opened(browser, app) as context:
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("E-mail").fill("alice@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        query = "&".join(f"{name}={value}" for name, value in FIGURES.items())
        for path in ("", f"?{query}", f"?{query}&r=0.1&n=40&example=1", "?hired=x"):
            page.goto(f"/worth{path}")
            check_everywhere(page, TITLE)
