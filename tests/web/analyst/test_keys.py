"""GET /analysis/forms/<digest>/keys."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from eiassess.web.shell.context import Installation
from tests.integration.test_item_statistics import ranked
from tests.sittings import NOON, drawn, sat_by, small_form
from tests.web.pages import check_page


def test_two_keys_are_put_side_by_side_and_none_is_called_better(
    avery: FlaskClient, installation: Installation
) -> None:
    digest = sat_by(installation.database, drawn(40))
    sat_by(installation.database, [], loaded=small_form(key_version=2), now=NOON + timedelta(days=1))
    page = avery.get(f"/analysis/forms/{digest}/keys").text
    assert re.search(
        r"The two orders of 40 people correlate \S+ \(95 % \S+ to \S+\); (nobody|\d+ pe\w+) moves? by", page
    )
    assert "theory-1, version 2 (theory, 0 experts)" in page
    assert "Key difference" in page
    assert len(re.findall("<option ", page)) == 12
    assert "not which is better" in page
    check_page(page)


def test_the_address_says_which_ways(avery: FlaskClient, installation: Installation) -> None:
    digest, key = sat_by(installation.database, drawn(40)), small_form().key.digest
    page = avery.get(f"/analysis/forms/{digest}/keys?first={key}:distance&second={key}:squared distance").text
    assert f'value="{key}:squared distance" selected' in page
    assert "Key difference" not in page
    check_page(page)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("first=nonsense", "choose from the list"),
        ("first={key}:distance&second={key}:distance", "Both ways to score are the same"),
        ("second={key}:hits", "choose from the list"),
    ],
)
def test_a_choice_that_cannot_be_used_is_said_and_the_page_stays(
    avery: FlaskClient, installation: Installation, query: str, problem: str
) -> None:
    digest, key = sat_by(installation.database, drawn(10)), small_form().key.digest
    answer = avery.get(f"/analysis/forms/{digest}/keys?{query.format(key=key)}")
    assert answer.status_code == 400
    assert problem in answer.text
    assert "<title>Error: " in answer.text
    assert "Both over the same people" in answer.text
    check_page(answer.text)


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_few_people_give_reasons(avery: FlaskClient, installation: Installation, n: int) -> None:
    digest = sat_by(installation.database, drawn(n))
    page = avery.get(f"/analysis/forms/{digest}/keys").text
    assert ("Nobody real has handed in" in page) is (n == 0)
    assert ("cannot be compared yet" in page) is (n > 0)
    assert "nan" not in page
    check_page(page)


def test_one_key_and_one_rule_leave_nothing_to_choose(avery: FlaskClient, installation: Installation) -> None:
    digest = sat_by(installation.database, [], loaded=ranked())
    page = avery.get(f"/analysis/forms/{digest}/keys").text
    assert "There is only one way to score this form" in page
    check_page(page)


def test_simulated_people_stay_apart_here_too(avery: FlaskClient, installation: Installation) -> None:
    digest = sat_by(installation.database, drawn(12), simulated=True)
    page = avery.get(f"/analysis/forms/{digest}/keys?people=simulated").text
    assert "12 simulated people" in page
    assert '<input type="hidden" name="people" value="simulated">' in page
    assert 'class="pill pill-simulated"' in page
