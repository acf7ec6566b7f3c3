"""A list of more candidates than a page holds, and the way through it."""

import re

import pytest
from flask.testing import FlaskClient

from eiassess.web.shell.context import Installation
from tests.candidates import add_many
from tests.statements import asked
from tests.web.pages import check_page
from tests.web.people import press, sign_in
from tests.web.recruiter.openings.test_opening import sessions_in
from tests.web.staff import Office

SESSION_USER_ROLES_USE_AND_LIST = 19


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


@pytest.fixture
def many(installation: Installation, office: Office) -> list[str]:
    """51 candidates in the opening that nobody was in; the name of the last is found by a search."""
    names = [f"Nora Number {n:02}" for n in range(50)] + ["Zoë " + "Wolfeschlegelsteinhausenbergerdorff" * 3]
    return add_many(installation.database, office.empty_opening, names, installation.clock(), handed_in=2)


def links(page: str) -> list[str]:
    return [each.replace("&amp;", "&") for each in re.findall(r'href="(/[^"]*)"', page)]


def test_forty_candidates_are_on_one_page_without_any_more(
    alice: FlaskClient, installation: Installation, office: Office
) -> None:
    names = [f"Nora Number {n:02}" for n in range(40)]
    ids = add_many(installation.database, office.empty_opening, names, installation.clock())
    page = alice.get(f"/openings/{office.empty_opening}").text
    assert sessions_in(page) == ids
    assert page.count("40 of 40 candidates shown.") == 2, "in the caption and under the table"
    assert "Next page" not in page
    assert "Page 1 of" not in page
    assert "Pages of candidates" not in page


def test_the_pages_of_a_list(alice: FlaskClient, office: Office, many: list[str]) -> None:
    address = f"/openings/{office.empty_opening}"
    first, second = alice.get(address).text, alice.get(f"{address}?page=2").text
    assert (sessions_in(first), sessions_in(second)) == (many[:50], many[50:])
    assert "1 to 50 of 51 candidates." in first
    assert "51 to 51 of 51 candidates." in second
    assert "Page 1 of 2" in first
    assert f"{address}?page=2" in links(first)
    assert "Previous page" not in first
    assert "Page 2 of 2" in second
    assert address in links(second)
    assert "Next page" not in second
    check_page(first)
    check_page(second)


@pytest.mark.parametrize(
    ("page", "really"), [("0", 1), ("-1", 1), ("x", 1), ("3", 2), ("9999", 2), ("10000", 1), ("\u0663", 1)]
)
def test_a_page_that_there_is_not(alice: FlaskClient, office: Office, many: list[str], page: str, really: int) -> None:
    found = sessions_in(alice.get(f"/openings/{office.empty_opening}?page={page}").text)
    assert found == (many[:50] if really == 1 else many[50:])


def test_a_filter_leads_to_its_own_first_page_and_says_how_many_match(
    alice: FlaskClient, office: Office, many: list[str]
) -> None:
    page = alice.get(f"/openings/{office.empty_opening}?q=zo&page=2").text
    assert sessions_in(page) == many[50:]
    assert "1 of 51 candidates shown." in page
    check_page(page)
    page = alice.get(f"/openings/{office.empty_opening}?state=invited&sort=name&order=desc").text
    assert "49 of 51 candidates shown." in page


def test_sorting_and_filtering_stay_with_the_pages_and_begin_at_the_first(
    alice: FlaskClient, office: Office, many: list[str]
) -> None:
    address = f"/openings/{office.empty_opening}"
    page = alice.get(f"{address}?sort=number&order=desc&page=2").text
    assert sessions_in(page) == many[:1]
    assert f"{address}?sort=number&order=desc" in links(page)
    assert f"{address}" in links(page), "turned round from the first page on"
    assert not [link for link in links(page) if "sort=name" in link and "page=" in link]
    assert f"/candidates/{many[0]}?sort=number&order=desc&page=2" in links(page)


def test_the_way_to_the_next_candidate_and_back_follows_the_list(
    alice: FlaskClient, office: Office, many: list[str]
) -> None:
    asked_for = "sort=number&order=desc&state=invited"
    page = alice.get(f"/candidates/{many[49]}?{asked_for}").text
    assert f"/candidates/{many[50]}?{asked_for}" in links(page)
    assert f"/candidates/{many[48]}?{asked_for}" in links(page)
    assert f"/openings/{office.empty_opening}?{asked_for}" in links(page)
    assert "2 of 49" in page
    check_page(page)
    first, last = (alice.get(f"/candidates/{many[place]}?{asked_for}").text for place in (50, 2))
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in last


def test_releasing_comes_back_to_the_list_that_one_came_from(
    alice: FlaskClient, office: Office, many: list[str]
) -> None:
    assert office.empty_opening
    address = f"/candidates/{many[0]}"
    answer = press(alice, address, f"{address}/release?sort=score&order=desc&state=submitted")
    assert answer.location == f"{address}?sort=score&order=desc&state=submitted#release"
    page = alice.get(f"{address}?state=submitted").text
    assert f'action="{address}/withdraw?state=submitted"' in page


def test_what_cannot_be_compared_comes_back_to_the_same_list(
    alice: FlaskClient, office: Office, many: list[str]
) -> None:
    page = alice.get(f"/openings/{office.empty_opening}?sort=name&order=desc&page=2").text
    assert re.findall(r'<input type="hidden" name="(sort|order|page)" value="([^"]*)">', page)[-3:] == [
        ("sort", "name"), ("order", "desc"), ("page", "2")
    ]  # fmt: skip
    answer = alice.get(f"/openings/{office.empty_opening}/compare?sort=name&order=desc&page=2&c={many[0]}")
    assert answer.status_code == 400
    assert sessions_in(answer.text) == many[:1]
    assert "checked" in answer.text


def test_no_name_goes_along_when_names_are_hidden(alice: FlaskClient, office: Office, many: list[str]) -> None:
    for address in (
        f"/openings/{office.empty_opening}?q=zo&state=invited",
        f"/candidates/{many[50]}?q=zo&state=invited",
    ):
        back = alice.get(address).text.split('name="next" value="')[1].split('"')[0].replace("&amp;", "&")
        assert back == address.replace("q=zo&", "")
    press(alice, "/openings", "/blind", hide="yes", next="/openings")
    page = alice.get(f"/candidates/{many[49]}?q=zo").text
    assert "Candidate 51" in page
    assert "Zo" not in page
    assert "q=" not in page


def test_a_page_takes_as_many_statements_for_40_candidates_as_for_5(
    alice: FlaskClient, installation: Installation, office: Office
) -> None:
    address = f"/openings/{office.empty_opening}"
    add_many(
        installation.database, office.empty_opening, [f"Nora {n}" for n in range(5)], installation.clock(), handed_in=3
    )
    alice.get(address)  # what is pinned is held from here on
    with asked() as for_5:
        alice.get(address)
    more = [f"Ida {n}" for n in range(35)]
    add_many(installation.database, office.empty_opening, more, installation.clock(), handed_in=30)
    with asked() as for_40:
        page = alice.get(address)
    assert len(sessions_in(page.text)) == 40
    assert len(for_5) == len(for_40) <= SESSION_USER_ROLES_USE_AND_LIST
