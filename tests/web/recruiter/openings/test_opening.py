"""GET /openings/<id>: the table of candidates."""

import re

import pytest
from flask.testing import FlaskClient

from eiassess.web.shell.context import Installation
from tests.hiring_story import switch_on
from tests.web.pages import check_page
from tests.web.people import press, sign_in
from tests.web.staff import HOSTILE, Office


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


def sessions_in(page: str) -> list[str]:
    return re.findall(r'name="c" id="c-[^"]*" value="([^"]*)"', page)


def test_the_lead_says_what_the_list_can_bear(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/openings/{office.opening}")
    assert page.headers["Cache-Control"] == "no-store"
    assert "6 of 8 have handed in." in page.text
    assert "neighbours" not in page.text.lower()
    assert "told apart" not in page.text
    assert "not for ranking or selection" in page.text
    assert "THEORY, with 0 experts" in page.text
    assert "There is no norm group" in page.text
    check_page(page.text)


def test_everybody_is_there_by_number_with_the_reason_where_there_is_no_score(
    alice: FlaskClient, office: Office
) -> None:
    page = alice.get(f"/openings/{office.opening}").text
    assert sessions_in(page) == [
        office.casey, office.nora, office.hostile, office.random, office.same, office.half, office.invited, office.gap
    ]  # fmt: skip
    assert "not scored: 66 of 66 ratings are the same" in page
    assert "8 of 16 done" in page
    assert "Not begun" in page
    assert 'aria-sort="ascending"' in page


def test_names_are_escaped(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/openings/{office.opening}").text
    assert HOSTILE not in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_sorting_by_score_puts_those_without_last_both_ways(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    switch_on(installation.database, office.opening)
    down = sessions_in(alice.get(f"/openings/{office.opening}?sort=score&order=desc").text)
    up = sessions_in(alice.get(f"/openings/{office.opening}?sort=score&order=asc").text)
    assert down[0] == office.casey
    assert down[:5] == up[:5][::-1]
    assert down[5:] == up[5:] == [office.same, office.half, office.invited]


@pytest.mark.parametrize("sort", ["number", "name", "score", "state", "flag", "submitted", "released"])
def test_every_column_sorts_and_says_so(
    alice: FlaskClient, office: Office, installation: Installation, sort: str
) -> None:
    switch_on(installation.database, office.opening)
    for order, said in (("asc", "ascending"), ("desc", "descending")):
        page = alice.get(f"/openings/{office.opening}?sort={sort}&order={order}").text
        assert page.count("aria-sort") == 1
        assert f'aria-sort="{said}"' in page
        assert len(sessions_in(page)) == 8


def test_by_score_it_stands_only_where_that_is_allowed_and_says_why_not(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/openings/{office.opening}").text
    assert "sort=score" not in page
    assert "The list stands by" not in page
    asked = alice.get(f"/openings/{office.opening}?sort=score&order=desc").text
    assert sessions_in(asked) == sessions_in(alice.get(f"/openings/{office.opening}?sort=name").text)
    assert "The list stands by name, not by score: too few experts stand behind this answer key" in asked
    assert "sort=score" not in asked
    check_page(asked)


def test_while_names_are_hidden_it_stands_by_invitation_instead(alice: FlaskClient, office: Office) -> None:
    press(alice, "/openings", "/blind", hide="yes")
    asked = alice.get(f"/openings/{office.opening}?sort=score").text
    assert sessions_in(asked) == sessions_in(alice.get(f"/openings/{office.opening}").text)
    assert "The list stands by the order of invitation, not by score" in asked


def test_where_it_is_switched_on_the_page_says_who_answers_for_it(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    switch_on(installation.database, office.opening)
    for address in (
        f"/openings/{office.opening}",
        f"/candidates/{office.casey}",
        f"/openings/{office.opening}/compare?c={office.casey}&c={office.nora}",
    ):
        page = alice.get(address).text
        assert "Too few experts stand behind the key; sorting by score is switched on here" in page
        assert "answers for sorting by score here since 2 Nov 2026: We tried it." in page
        check_page(page)


def test_sorting_by_name(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/openings/{office.opening}?sort=name").text
    assert sessions_in(page)[1] == office.casey


@pytest.mark.parametrize(
    ("query", "who"),
    [
        ("state=submitted", ["casey", "nora", "hostile", "random", "same", "gap"]),
        ("state=started", ["half"]),
        ("state=invited", ["invited"]),
        ("q=QUIZ", ["nora"]),
        ("q=quiz&state=started", []),
        ("q=qu%C3%AFzenberry+n%C3%B3ra", ["nora"]),
        ("q=noraquizenberry%40example", ["nora"]),
        ("q=Same,+Sam", ["same"]),
        (
            "state=dreaming&sort=shoe&order=round",
            ["casey", "nora", "hostile", "random", "same", "half", "invited", "gap"],
        ),
    ],
)
def test_filtering(alice: FlaskClient, office: Office, query: str, who: list[str]) -> None:
    page = alice.get(f"/openings/{office.opening}?{query}").text
    assert sessions_in(page) == [getattr(office, name) for name in who]
    check_page(page)
    assert who or "Nobody matches" in page


def test_a_search_is_kept_by_the_sorting_links_and_escaped(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/openings/{office.opening}?q=<i>a").text
    assert "<i>a" not in page
    assert 'value="&lt;i&gt;a"' in page


def test_an_opening_without_candidates_says_what_to_do(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/openings/{office.empty_opening}").text
    assert "Nobody is invited yet" in page
    assert f'<a href="/openings/{office.empty_opening}/invite">invite people</a>' in page
    assert "eiassess invite" not in page
    check_page(page)


def test_the_one_who_answered_at_random_is_to_be_talked_to(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/openings/{office.opening}").text
    (row,) = [part for part in page.split("<tr>") if f'value="{office.random}"' in part]
    assert "talk about it" in row


def test_what_is_not_ones_own_is_not_there(client: FlaskClient, office: Office) -> None:
    sign_in(client, "charlie")
    assert client.get(f"/openings/{office.opening}").status_code == 404
    assert client.get("/openings/nowhere").status_code == 404
    assert client.get(f"/openings/{office.other_opening}").status_code == 200
