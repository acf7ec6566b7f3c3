"""GET /candidates/<session>."""

import re

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from eiassess.scoring.person.engine import ENGINE
from tests.hiring_story import standard_form
from tests.web.pages import check_page
from tests.web.people import sign_in
from tests.web.staff import HOSTILE, Office


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


def test_the_message_comes_first_and_the_evidence_cannot_be_missed(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/candidates/{office.casey}")
    assert page.headers["Cache-Control"] == "no-store"
    assert "Casey Zwart&#39;s ratings follow the answer key clearly more closely than random answering" in page.text
    assert "not for ranking or selection" in page.text
    assert "THEORY, with 0 experts" in page.text
    assert 'id="profile"' in page.text
    check_page(page.text)


def test_every_score_has_interval_and_random_range_and_nothing_is_named_without_a_test(
    alice: FlaskClient, office: Office
) -> None:
    page = alice.get(f"/candidates/{office.casey}").text
    for part in ("Understanding emotions", "Speaking up", "Analytical", "Personal"):
        assert part in page
    assert "No strength or weakness is named" in page
    assert "not a validated typology" in page
    assert page.count("<td>not known</td>") == 8


def test_a_score_is_one_number_in_message_picture_and_table(alice: FlaskClient, office: Office) -> None:
    for who in ("casey", "nora", "hostile", "random"):
        page = alice.get(f"/candidates/{getattr(office, who)}").text
        said = re.search(r"\(score (\d+), (?:stored )?95 % interval (\d+ to \d+)\)", page)
        assert said
        cells = re.findall(r'<td class="num">(?:<b>)?([^<]*)', page)
        stored = re.search(r"The stored one, from these answers alone, is (\d+ to \d+)", page)
        assert cells[0] == said[1]
        assert said[2] == (stored[1] if stored else cells[1]), "words rest on the interval that they name"
        pictures = re.findall(r"<title>([^<]*): (\d+), 95 % interval (\d+ to \d+), random answering (\d+ to \d+)", page)
        drawn = re.findall(r'<text class="chart-text chart-number"[^>]*>([^<]*)<', page)
        assert pictures[0][1:] == (said[1], cells[1], cells[2])
        assert drawn == [each[1] for each in pictures]
        rows = re.findall(
            r'<th scope="row">([^<]*)</th>\s*<td class="num"><b>(\d+)</b></td>\s*<td class="num">([^<]*)</td>\s*'
            r'<td class="num">([^<]*)</td>',
            page,
        )
        assert set(pictures) <= set(rows)
        assert not re.search(r"overall \d+\.\d", page)


def test_scenario_by_scenario(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/candidates/{office.casey}").text
    assert page.count('<details class="scenario"') == 16
    assert page.count('<details class="scenario" open') == 2
    assert "Why the key rates it so" in page
    for scenario in standard_form().form.scenarios:
        assert str(escape(scenario.title)) in page
        assert str(escape(scenario.situation)) in page
    sources = standard_form().bank.sources
    assert str(escape(sources[standard_form().form.scenarios[0].sources[0]].title)) in page


def test_no_scenario_has_a_number_of_its_own(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/candidates/{office.casey}").text
    heads = re.findall(r'<span class="meta num">(.*?)</span></summary>', page)
    assert len(heads) == 16
    assert sum("<b>furthest from the key</b>, " in head for head in heads) == 2
    assert {re.sub(r"<b>furthest from the key</b>, ", "", head) for head in heads} == {"1 min 00 s"}
    assert "<b>not scored</b>, " in alice.get(f"/candidates/{office.gap}").text


def test_a_part_without_a_score_says_why(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/candidates/{office.gap}").text
    assert "<em>1 of 2 scenarios are complete; at least two thirds are needed</em>" in page
    skipped = standard_form().form.scenarios[3]
    assert page.count('<span class="quiet">not rated</span>') == len(skipped.options)
    check_page(page)


def test_the_provenance_is_whole(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/candidates/{office.casey}").text
    assert ENGINE in page
    assert f"Form screening, version {standard_form().form.version}" in page
    assert "Mon 23 Nov 2026, 14:02 UTC" in page


def test_the_way_to_the_next(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/candidates/{office.nora}").text
    assert f'href="/candidates/{office.casey}" rel="prev"' in page
    assert f'href="/candidates/{office.hostile}" rel="next"' in page
    assert 'rel="prev"' not in alice.get(f"/candidates/{office.casey}").text


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("random", "cannot be told from random answering"),
        ("same", "Sam Same cannot be scored: 66 of 66 ratings are the same"),
        ("half", "Ilka Half has answered 8 of 16 scenarios and not handed in yet"),
        ("invited", "Xanthe Invited has not begun yet."),
    ],
)
def test_whoever_has_no_profile_is_told_of_honestly(alice: FlaskClient, office: Office, who: str, said: str) -> None:
    page = alice.get(f"/candidates/{getattr(office, who)}").text
    assert said in page
    check_page(page)


def test_without_a_score_no_scenario_is_called_the_furthest_from_the_key(alice: FlaskClient, office: Office) -> None:
    said = "The two scenarios furthest from the key stand open."
    assert said in alice.get(f"/candidates/{office.nora}").text
    assert said not in alice.get(f"/candidates/{office.same}").text


def test_a_flag_is_a_reason_for_a_conversation(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/candidates/{office.random}").text
    assert "A reason for a conversation, never for a rejection" in page


def test_names_are_escaped_in_page_title_and_picture(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/candidates/{office.hostile}").text
    assert HOSTILE not in page
    assert "<script>alert" not in page
    assert f"<title>{escape(HOSTILE)}" in page
    check_page(page)


def test_what_is_not_ones_own_is_not_there(alice: FlaskClient, office: Office) -> None:
    for session_id in (office.elsewhere, "nobody"):
        page = alice.get(f"/candidates/{session_id}")
        assert page.status_code == 404
        assert "Zoe" not in page.text
