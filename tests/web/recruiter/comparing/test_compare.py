"""GET /openings/<id>/compare."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web.pages import check_page
from tests.web.people import sign_in
from tests.web.staff import Office


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


def address(office: Office, *who: str) -> str:
    return f"/openings/{office.opening}/compare?" + "&".join(f"c={getattr(office, name)}" for name in who)


def test_two_side_by_side(alice: FlaskClient, office: Office) -> None:
    page = alice.get(address(office, "nora", "casey")).text
    assert page.index("Nora Quizenberry</a>") < page.index("Casey Zwart</a>")
    assert "3 differences were tested." in page
    assert "not tested between people" in page
    assert "Fewer than 10 people have shaped an estimate of this form&#39;s errors so far" in page
    assert "not for ranking or selection" in page
    assert page.count("<dt>") == 3
    check_page(page)


def test_words_and_table_agree_on_what_is_larger_than_its_error(alice: FlaskClient, office: Office) -> None:
    page = alice.get(address(office, "casey", "nora", "random")).text
    assert "9 differences were tested." in page
    said_yes, said_no = page.count("<td>yes</td>"), page.count("<td>no</td>")
    assert said_yes + said_no == 9
    assert page.count("more than the error.</b>") == said_yes > 0
    check_page(page)


def test_a_difference_is_one_number_in_words_and_table(alice: FlaskClient, office: Office) -> None:
    page = alice.get(address(office, "casey", "random")).text
    cell = r'<td class="num">[^<]*</td>'
    row = rf'<td>([^<]* over [^<]*)</td><td class="num">(\d+)</td>{cell}{cell}{cell}<td>yes</td>'
    table = re.findall(row, page)
    words = re.findall(r"<b>([^<]*) scores higher than ([^<]*), by (\d+) points: more than the error.</b>", page)
    assert words
    assert table == [(f"{first} over {second}", points) for first, second, points in words]


def test_nothing_apart_is_the_message(alice: FlaskClient, office: Office) -> None:
    page = alice.get(address(office, "gap", "hostile", "casey")).text
    lead = re.search(r'class="lead">([^<]*)<', page)
    assert lead
    assert lead[1] == "No two of these 3 candidates differ in the overall score by more than the error."
    assert "<dd>No two differ by more than the error.</dd>" in page
    assert "more than the error.</b>" not in page


def test_two_whose_difference_is_within_the_error(alice: FlaskClient, office: Office) -> None:
    page = alice.get(address(office, "hostile", "casey")).text
    assert re.search(
        r"do not differ in the overall score by more than the error: \d+ points? lies? between them\.", page
    )
    assert page.count("<dd>No difference larger than the error: ") == 3


@pytest.mark.parametrize(
    ("who", "code", "said"),
    [
        (("casey",), 400, "Choose 2 to 6 candidates to compare; 1 were chosen"),
        (("casey", "casey"), 400, "1 were chosen"),
        (("casey", "nora", "hostile", "random", "same", "half", "invited"), 400, "7 were chosen"),
        (("casey", "half"), 409, "Only candidates with a score can be compared"),
        (("casey", "same"), 409, "Only candidates with a score can be compared"),
    ],
)
def test_a_choice_that_cannot_be_compared_is_shown_again(
    alice: FlaskClient, office: Office, who: tuple[str, ...], code: int, said: str
) -> None:
    page = alice.get(address(office, *who))
    assert page.status_code == code
    assert said in page.text
    assert "<title>Error: " in page.text
    for name in set(who):
        assert re.search(rf'value="{getattr(office, name)}"[^>]* checked>', page.text)
    assert len(re.findall(r'name="c"[^>]* checked>', page.text)) == len(set(who))
    check_page(page.text)


def test_nobody_chosen(alice: FlaskClient, office: Office) -> None:
    assert alice.get(f"/openings/{office.opening}/compare").status_code == 400


def test_candidates_of_other_openings_are_not_there(alice: FlaskClient, office: Office) -> None:
    assert alice.get(address(office, "casey", "elsewhere")).status_code == 404
    assert alice.get(f"/openings/{office.other_opening}/compare?c={office.elsewhere}").status_code == 404
    both = f"/openings/{office.other_opening}/compare?c={office.elsewhere}&c={office.casey}"
    assert alice.get(both).status_code == 404


def test_a_part_without_a_score_says_why_and_namesakes_get_their_number(alice: FlaskClient, office: Office) -> None:
    page = alice.get(address(office, "random", "gap", "casey")).text
    assert re.search(r": Rana Fast \(08\) is not scored: 1 of 2 scenarios are complete", page)
    assert "Rana Fast (04)" in page
    check_page(page)


def test_answers_to_a_chosen_scenario_stand_side_by_side(alice: FlaskClient, office: Office) -> None:
    plain = alice.get(address(office, "nora", "casey")).text
    chosen = re.findall(r'name="scenario" value="([^"]+)"', plain)
    assert len(chosen) == 16
    assert "Choose scenarios to see what each person gave" in plain
    page = alice.get(f"{address(office, 'nora', 'casey')}&scenario={chosen[2]}&scenario=no-such").text
    assert page.count('<th scope="col">Nora Quizenberry</th><th scope="col">Casey Zwart</th>') == 1
    assert page.count(" checked>") == 1
    rows = re.findall(r"<td>(\d [^<]+)</td><td>(\d [^<]+)</td><td class=\"num\">(\d\.\d)</td>", page)
    assert [float(key) for *_, key in rows] == sorted((float(key) for *_, key in rows), reverse=True)
    assert len(rows) >= 3
    check_page(page)
