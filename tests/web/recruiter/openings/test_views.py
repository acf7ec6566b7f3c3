"""Views, columns and bands on the page of a list."""

import re

import pytest
from flask.testing import FlaskClient

from eiassess.services.differences.estimates import renew_estimates
from eiassess.web.shell.context import Installation
from tests.candidates import add_many
from tests.hiring_story import rows, switch_on
from tests.web.pages import check_page
from tests.web.people import press, sign_in
from tests.web.recruiter.openings.test_opening import sessions_in
from tests.web.staff import Office


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


def heads(page: str) -> list[str]:
    """Return the words of the table's heads, without the picture's."""
    (head,) = re.findall(r"<thead>.*?</thead>", page, re.DOTALL)
    return [
        re.sub(r"<svg.*?</svg>|<[^>]*>", "", each, flags=re.DOTALL).strip()
        for each in re.findall(r"<th .*?</th>", head, re.DOTALL)
    ]


def test_a_list_is_kept_under_a_name_and_found_again(alice: FlaskClient, office: Office) -> None:
    address = f"/openings/{office.opening}"
    asked = f"{address}?sort=name&order=desc&state=submitted&q=nora&page=1"
    press(alice, asked, f"{address}/views?sort=name&order=desc&state=submitted&q=nora", view="Last first")
    page = alice.get(f"{address}?sort=name&order=desc&state=submitted").text
    assert "Views (1)" in page
    assert 'aria-current="true">Last first</a>' in page.replace("\u2068", "").replace("\u2069", "")
    check_page(page)
    assert "nora" not in page.split("Views (1)")[1].split("</ul>")[0].lower()
    (forget,) = re.findall(r'action="([^"]*/forget[^"]*)"', page)
    press(alice, address, forget.replace("&amp;", "&"))
    assert "Views (" not in alice.get(address).text


def test_a_view_without_a_name_is_asked_for_one(alice: FlaskClient, office: Office) -> None:
    address = f"/openings/{office.opening}"
    answer = press(alice, address, f"{address}/views", view=" ")
    assert answer.status_code == 400
    assert '<a href="#view">Give the view a name of 1 to 60 characters</a>' in answer.text
    check_page(answer.text)


def test_columns_are_chosen_and_stay_chosen(alice: FlaskClient, office: Office) -> None:
    address = f"/openings/{office.opening}"
    page = alice.get(f"{address}?column=score&column=recovery&column=service-judgement&column=<b>").text
    assert heads(page) == ["Compare", "Name", "Score", "95 % interval", "", "Service judgement", "Recovery"]
    assert re.search(r"<td class=\"num\">\d+ \(\d+ to \d+\)</td>", page), "no score without its interval"
    assert "columns=score.recovery.service-judgement" in page
    check_page(page)
    assert heads(alice.get(f"{address}?columns=stage").text) == ["Compare", "Name", "Stage"]


def test_what_says_nothing_takes_no_room(alice: FlaskClient, office: Office, installation: Installation) -> None:
    names = [f"Nora {n}" for n in range(3)]
    add_many(installation.database, office.empty_opening, names, installation.clock())
    address = f"/openings/{office.empty_opening}"
    assert not {"Flag", "Report", "Band"} & set(heads(alice.get(address).text))
    assert "Report" in heads(alice.get(f"{address}?sort=released").text), "a list says what it stands by"
    assert "Flag" in heads(alice.get(f"/openings/{office.opening}").text)


def test_bands_stand_beside_the_rows_where_scores_may_rank(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    names = [f"Nora {n:02}" for n in range(20)]
    add_many(installation.database, office.empty_opening, names, installation.clock(), handed_in=19)
    renew_estimates(installation.database, installation.clock())
    address = f"/openings/{office.empty_opening}"
    page = alice.get(address).text
    assert re.search(r"Two scores must lie about \d+ points apart here to be called different\.", page)
    assert "Band" not in heads(page)
    assert "chart-band" not in page
    switch_on(installation.database, office.empty_opening)
    page = alice.get(f"{address}?sort=band").text
    assert re.search(r"to be called different; (\d+ lie|nobody else lies) within that of the highest\.", page)
    assert re.search(r"Band 1: \d+ (people|person) within \d+ points of \d+", page)
    assert "In no band" in page, "who has no score"
    assert re.search(r"from the answers of \d+ people, as of ", page)
    assert "chart-band" in page
    check_page(page)
    press(alice, "/openings", "/blind", hide="yes")
    hidden = alice.get(f"{address}?sort=band").text
    assert sorted(sessions_in(hidden)) == sorted(sessions_in(page))
    check_page(hidden)


def test_filters_by_day_and_score(alice: FlaskClient, office: Office, installation: Installation) -> None:
    address = f"/openings/{office.opening}"
    assert "Score from" not in alice.get(address).text
    assert sessions_in(alice.get(f"{address}?since=2031-01-01").text) == []
    assert len(sessions_in(alice.get(f"{address}?since=2031-13-45&least=ten").text)) == 8
    assert len(sessions_in(alice.get(f"{address}?least=101").text)) == 8, "not where scores may not rank"
    switch_on(installation.database, office.opening)
    page = alice.get(f"{address}?least=0.5&most=99&flag=yes&stage=to_review").text
    assert 'value="0.5"' in page
    assert sessions_in(page) == [office.random]
    assert sessions_in(alice.get(f"{address}?least=101").text) == []
    check_page(page)
    assert rows(installation.database, "saved_view") == []
