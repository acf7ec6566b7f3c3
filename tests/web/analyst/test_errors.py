"""GET and POST /analysis/forms/<digest>/errors."""

import re

import pytest
from flask.testing import FlaskClient

from eiassess.web.shell.context import Installation
from tests.sittings import drawn, sat_by
from tests.web.pages import check_page


def pressed(client: FlaskClient, address: str) -> str:
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
    assert token
    answer = client.post(address, data={"csrf_token": token[1]})
    assert answer.status_code == 303
    return client.get(answer.headers["Location"]).text


def test_from_thirty_people_it_says_where_scores_vary(avery: FlaskClient, installation: Installation) -> None:
    digest = sat_by(installation.database, drawn(40))
    page = avery.get(f"/analysis/forms/{digest}/errors").text
    for words in (
        "Persons by scenarios",
        "Scenarios for .80",
        "Scenarios for .90",
        "40, with a score for every",
    ):
        assert words in page
    assert "No estimate of errors is kept yet" in page
    assert "Nora" not in page
    check_page(page)


@pytest.mark.parametrize(("n", "words"), [(0, "Nobody real has"), (1, "1 was scored"), (29, "29 were scored")])
def test_below_thirty_it_says_what_is_missing(
    avery: FlaskClient, installation: Installation, n: int, words: str
) -> None:
    digest = sat_by(installation.database, drawn(n))
    page = avery.get(f"/analysis/forms/{digest}/errors").text
    assert words in page
    assert "Persons by scenarios" not in page
    check_page(page)


def test_an_analyst_makes_a_new_estimate_once(avery: FlaskClient, installation: Installation) -> None:
    digest = sat_by(installation.database, drawn(35))
    address = f"/analysis/forms/{digest}/errors"
    page = pressed(avery, address)
    assert "A new estimate was made" in page
    assert re.search(r"Comparisons lean on the estimate of .+, from \d+ people", page)
    assert re.search(r"two scores must lie about \d+ points apart", page)
    check_page(page)
    assert "Nothing was made" in pressed(avery, address)
    simulated = avery.get(f"{address}?people=simulated").text
    assert "Nobody simulated has handed in" in simulated


def test_people_who_are_all_alike_are_not_seen_to_differ(avery: FlaskClient, installation: Installation) -> None:
    digest = sat_by(installation.database, [drawn(1)[0]] * 30)
    page = avery.get(f"/analysis/forms/{digest}/errors").text
    assert "people are not seen to differ" in page or "who differ in something" in page
    check_page(page)


def test_thirty_of_whom_one_left_a_scenario_are_too_few(avery: FlaskClient, installation: Installation) -> None:
    *others, last = drawn(30)
    digest = sat_by(installation.database, [*others, dict(list(last.items())[1:])])
    page = avery.get(f"/analysis/forms/{digest}/errors").text
    assert "No study yet" in page
    assert "Persons by scenarios" not in page
    check_page(page)


def test_no_such_form(avery: FlaskClient) -> None:
    assert avery.get("/analysis/forms/nothing/errors").status_code == 404
