"""Flip pairs on GET /analysis/forms/<digest>."""

import re
from collections.abc import Sequence

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from eiassess.web.shell.context import Installation
from tests.flip_pairs import parallel_forms, reading
from tests.hiring_story import PASSWORD
from tests.sittings import Answers, drawn, sat_by
from tests.web.browsing import check_everywhere, opened
from tests.web.pages import check_page

PICKED = 'formats = { sewing = "PICK_BEST_AND_WORST", on-the-sign = "PICK_BEST_AND_WORST" }'


def section(page: str) -> str:
    """What stands in the section, without marks."""
    found = page.partition('<h2 id="pairs">')[2].partition("</section>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def rows(page: str, table: int) -> list[list[str]]:
    part = page.partition('<h2 id="pairs">')[2].split("<table")[table].partition("</thead>")[2]
    lines = re.findall(r"<tr>.*?</tr>", part, re.DOTALL)
    cells = [re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]
    return [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in cells]


def both_sat(
    installation: Installation, here: Sequence[Answers], there: Sequence[Answers], *, simulated: bool = False
) -> tuple[str, str]:
    first, second = parallel_forms()
    return (
        sat_by(installation.database, here, loaded=first, simulated=simulated),
        sat_by(installation.database, there, loaded=second, simulated=simulated),
    )


def test_texts_stand_under_both_situations_beside_the_key(avery: FlaskClient, installation: Installation) -> None:
    first, second = parallel_forms()
    here, there = both_sat(installation, reading(first, 40), reading(second, 35, seed=2))
    page = avery.get(f"/analysis/forms/{here}").text
    said = section(page)
    assert "Mean sensitivity to the situation over 2 flip pairs is 0." in said
    assert "0 of 8 texts move against the key by more than chance." in said
    assert f'<a href="/analysis/forms/{there}">Small form B, version 1</a>' in page
    assert f'href="/analysis/forms/{there}/scenarios/sixty-scales"' in page
    pairs = rows(page, 1)
    assert [[row[0], *row[3:]] for row in pairs] == [
        ["sewing", "40", "35", "sixty-scales"], ["on-the-sign", "40", "35", "by-bus"],
    ]  # fmt: skip
    assert all(0.4 < float(row[1]) < 1.1 and re.fullmatch(r"\S+ to \S+", row[2]) for row in pairs)
    texts = rows(page, 2)
    assert texts[0] == ["sewing (here), sixty-scales (there)"]
    assert [len(row) for row in texts] == [1, 8, 8, 8, 8] * 2
    name, difference, of_key, interval, mean, n, mean_there, n_there = texts[1]
    ratings = [[person[scenario]["a"] for person in people] for scenario, people in (
        ("sewing", reading(first, 40)), ("sixty-scales", reading(second, 35, seed=2)),
    )]  # fmt: skip
    means = [sum(each) / len(each) for each in ratings]
    assert name.startswith("a. &#34;I am sorry about Friday.")
    assert [mean, n, mean_there, n_there] == [f"{means[0]:.2f}", "40", f"{means[1]:.2f}", "35"]
    assert difference == f"{means[0] - means[1]:.2f}"
    low, high = map(float, interval.split(" to "))
    assert low < means[0] - means[1] < high
    assert of_key == "-3.0"
    assert "Nora" not in page
    check_page(page)
    other = section(avery.get(f"/analysis/forms/{there}").text)
    assert "With Small form A, version 1" in other


def test_a_text_that_moves_against_the_key_is_marked(avery: FlaskClient, installation: Installation) -> None:
    first, second = parallel_forms()
    turned = reading(first, 40, turned="sewing"), reading(second, 40, seed=2, turned="sixty-scales")
    page = avery.get(f"/analysis/forms/{both_sat(installation, *turned)[0]}").text
    assert "4 of 8 texts move against the key by more than chance." in section(page)
    marked = [row[0].endswith("against the key") for row in rows(page, 2) if len(row) > 1]
    assert marked == [True] * 4 + [False] * 4
    assert rows(page, 1)[0][1].startswith("-")
    check_page(page)


def test_below_the_least_number_there_are_words_and_no_figure(avery: FlaskClient, installation: Installation) -> None:
    first, second = parallel_forms()
    here, there = both_sat(installation, reading(first, 40), reading(second, 29))
    for digest, words in (
        (here, "40 people handed in this form, and 29 people the other, which shares 2 flip pairs with it."),
        (there, "29 people handed in this form, and 40 people the other, which shares 2 flip pairs with it."),
    ):
        page = avery.get(f"/analysis/forms/{digest}").text
        assert f"Not shown yet: {words} 30 are needed in each." in section(page)
        assert "<table" not in page.partition('<h2 id="pairs">')[2]
        assert not re.search(r"\d\.\d", section(page))
        check_page(page)


def test_a_text_with_too_few_ratings_has_its_numbers_only(avery: FlaskClient, installation: Installation) -> None:
    first, second = parallel_forms()
    people = [dict(person) for person in reading(first, 31)]
    for person in people[:2]:
        person["sewing"] = {option: value for option, value in person["sewing"].items() if option != "a"}
    page = avery.get(f"/analysis/forms/{both_sat(installation, people, reading(second, 30))[0]}").text
    assert rows(page, 1)[0] == ["sewing", "-", "-", "29", "30", "sixty-scales"]
    left_out, rated = rows(page, 2)[1:3]
    assert [*left_out[1:6], left_out[7]] == ["-", "-3.0", "-", "-", "29", "30"]
    assert (rated[5], "-" in rated) == ("31", False)
    assert "over 1 of 2 flip pairs cannot be estimated" in section(page)
    assert "0 of 7 texts move against the key" in section(page)
    check_page(page)


def test_with_nothing_rated_often_enough_no_text_is_counted(avery: FlaskClient, installation: Installation) -> None:
    first, second = parallel_forms()
    people: list[Answers] = [{name: {} for name in person} for person in reading(first, 31)]
    page = avery.get(f"/analysis/forms/{both_sat(installation, people, reading(second, 30))[0]}").text
    assert "texts move" not in section(page)
    assert not re.search(r"\bnan\b|None", section(page))
    assert [row[1:5] for row in rows(page, 1)] == [["-", "-", "0", "30"]] * 2
    check_page(page)


def test_real_and_simulated_people_are_kept_apart(avery: FlaskClient, installation: Installation) -> None:
    first, second = parallel_forms()
    here, there = both_sat(installation, reading(first, 33), [])
    both_sat(installation, reading(first, 34), reading(second, 36), simulated=True)
    real = section(avery.get(f"/analysis/forms/{here}").text)
    assert "nobody real has handed in Small form B, version 1, where the other halves stand." in real
    page = avery.get(f"/analysis/forms/{here}?people=simulated").text
    assert [row[3:5] for row in rows(page, 1)] == [["34", "36"]] * 2
    assert f'href="/analysis/forms/{there}?people=simulated"' in page
    assert f'href="/analysis/forms/{there}/scenarios/by-bus?people=simulated"' in page
    sat_by(installation.database, reading(second, 3), loaded=second)
    page = avery.get(f"/analysis/forms/{here}").text
    assert "33 people handed in this form, and 3 people the other" in section(page)


def test_a_form_of_singles_says_that_it_cannot_be_told(avery: FlaskClient, installation: Installation) -> None:
    digest = sat_by(installation.database, drawn(31))
    page = avery.get(f"/analysis/forms/{digest}").text
    assert "Not available for this form: none of its scenarios is half of a flip pair." in section(page)
    assert "<table" not in page.partition('<h2 id="pairs">')[2]
    check_page(page)


def test_it_is_said_why_where_nobody_sat_the_other_halves(avery: FlaskClient, installation: Installation) -> None:
    first, second = parallel_forms()
    here = sat_by(installation.database, reading(first, 31), loaded=first)
    halves = "Not available yet: 2 scenarios are halves of flip pairs, but"
    said = section(avery.get(f"/analysis/forms/{here}").text)
    assert f"{halves} no opening uses a form with the other halves." in said
    sat_by(installation.database, reading(second, 40), loaded=second, handed_in=False)
    sat_by(installation.database, reading(first, 2), loaded=first, simulated=True)
    for people, who in (("", "nobody real"), ("?people=simulated", "no simulated person")):
        page = avery.get(f"/analysis/forms/{here}{people}").text
        assert f"{halves} {who} has handed in Small form B, version 1, where the other halves stand." in section(page)
        check_page(page)


def test_pairs_that_are_not_rated_are_named(avery: FlaskClient, installation: Installation) -> None:
    first, _ = parallel_forms(more=PICKED)
    _, second = parallel_forms()
    picks = {"sewing": {"a": 1, "b": -1}, "on-the-sign": {"a": 1, "b": -1}}
    here = sat_by(installation.database, [{**each, **picks} for each in reading(first, 31)], loaded=first)
    sat_by(installation.database, reading(second, 31), loaded=second)
    page = avery.get(f"/analysis/forms/{here}").text
    assert "Nothing can be compared." in section(page)
    assert "sewing and sixty-scales: their options are not rated, so there is nothing to compare" in section(page)
    check_page(page)


def test_axe_finds_nothing_with_texts_folded_or_open(
    app: Flask, avery: FlaskClient, installation: Installation, browser: Browser
) -> None:
    assert avery
    first, second = parallel_forms()
    here, _ = both_sat(installation, reading(first, 40, turned="sewing"), reading(second, 40, turned="sixty-scales"))
    with opened(browser, app) as context:
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("E-mail").fill("avery@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.goto(f"/analysis/forms/{here}")
        check_everywhere(page, "Small form A")
        page.goto(f"/analysis/forms/{here}")
        page.get_by_text("The 8 texts shared with Small form B, version 1").click()
        assert page.get_by_role("table", name="Ratings of the 8 texts under the two situations").is_visible()
        check_everywhere(page, "Small form A")
