"""The page of other weights: at an address that can be sent, with intervals, and a what-if wherever it is kept."""

import re
from dataclasses import replace
from html import unescape
from math import ceil

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.services.differences.estimates import renew_estimates
from eiassess.services.people.accounts import find_account
from eiassess.services.results.what_if import WhyNot, get_what_if
from eiassess.web.recruiter.what_if.presenters import present_what_if
from eiassess.web.recruiter.what_if.sentences import NO_GAP, WHY_NOT, lead_sentence, said_of_result
from eiassess.web.shell.context import Installation
from tests.candidates import add_many
from tests.hiring_story import rows, switch_on
from tests.web.pages import check_page
from tests.web.people import press, sign_in
from tests.web.staff import Office

NAMES = [f"Nora {n:02}" for n in range(60)]
RECOVERY = "weight-recovery=3" + "".join(
    f"&weight-{name}=0"
    for name in (
        "understanding-emotions", "managing-emotions", "keeping-composure", "listening-with-compassion",
        "adapting-to-style", "ownership-and-boundaries", "speaking-up",
    )
)  # fmt: skip

ONLY_RECOVERY = dict(each.split("=") for each in RECOVERY.split("&"))


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


@pytest.fixture
def address(office: Office, installation: Installation) -> str:
    """An opening whose scores may rank, with 57 people scored and an estimate of their errors."""
    add_many(installation.database, office.empty_opening, NAMES, installation.clock(), handed_in=57)
    renew_estimates(installation.database, installation.clock())
    switch_on(installation.database, office.empty_opening)
    return f"/openings/{office.empty_opening}/what-if"


def plain(page: str) -> str:
    """Return a page's words without the marks that isolate names."""
    return unescape(page).replace("\u2068", "").replace("\u2069", "")


def body(page: str) -> str:
    return re.sub(r"<svg.*?</svg>", "", page.split("<tbody>", 1)[1], flags=re.DOTALL)


def test_it_begins_with_the_overall_score_and_nobody_moved(alice: FlaskClient, address: str) -> None:
    page = alice.get(address).text
    check_page(page)
    assert "<h1>What if the job weighed differently?</h1>" in page
    assert "Nobody would stand in another band than by the overall score." in page
    assert "All count the same, so this is the overall score." in page
    assert re.search(r"Two scores must lie about \d+ points apart with these weights to be called different\.", page)
    assert "Nothing is tested here, and within a band people stand by name." in page
    assert re.search(r"Band 1: \d+ (people|person) within \d+ points of \d+", page)
    assert page.count('value="1" checked') == 8
    assert "give nothing a weight, so you begin with 1 for all" in page
    assert re.search(r"Page 1 of 2, 57 people", page)
    assert re.search(r"from the answers of 6\d people, with these weights", page)
    assert "chart-random" not in page, "the range of random answering is the overall score's"


def test_other_weights_are_in_the_address_and_say_who_moved(alice: FlaskClient, address: str) -> None:
    page = alice.get(f"{address}?{RECOVERY}&weight-charm=2&weight-recovery=9").text
    check_page(page)
    assert re.search(r"Of 57 people, (\d+|nobody) would stand in a higher band than by the overall score", page)
    assert re.search(r"Recovery alone counts\. One competency alone is far less sure", page)
    assert re.search(
        r"By the overall score it is \d+\. Bands are wider here, and that alone moves people: with the overall score "
        r"and bands this wide, (\d+|nobody) would change band\.",
        page,
    )
    assert re.search(r'name="weight-recovery" value="3" checked', page)
    (moved,) = re.findall(r"Show only the (\d+) who would stand in another band", page)
    only = alice.get(f"{address}?{RECOVERY}&moved=yes").text
    assert "Only those who would stand in another band are shown." in only
    assert len(sessions_in_rows(only)) == min(int(moved), 50)
    assert re.search(r'<td class="only-wide">(up|down) from \d</td>', only)
    following = alice.get(f"{address}?{RECOVERY}&page=2").text
    assert len(sessions_in_rows(following)) == 7
    assert 'rel="prev"' in following
    check_page(following)


def sessions_in_rows(page: str) -> list[str]:
    return re.findall(r'<th scope="row" title="[^"]*"><a href="/candidates/([^"]+)"', page)


def test_the_part_that_follows_is_sent_alone(alice: FlaskClient, address: str) -> None:
    part = alice.get(f"{address}/now?{RECOVERY}").text
    assert "<h1>" not in part
    assert "data-lead" in part
    assert part.strip() in alice.get(f"{address}?{RECOVERY}").text


def test_nothing_counts(alice: FlaskClient, address: str) -> None:
    page = alice.get(f"{address}?{RECOVERY.replace('=3', '=0')}").text
    check_page(page)
    assert WHY_NOT[WhyNot.NOTHING_COUNTS] in page
    assert "<table" not in page
    assert page.count('value="0" checked') == 8


def test_names_are_hidden(alice: FlaskClient, address: str) -> None:
    press(alice, "/openings", "/blind", hide="yes")
    page = alice.get(f"{address}?{RECOVERY}").text
    check_page(page)
    assert "Nora" not in page
    assert re.search(r"Candidate \d\d", page)
    numbers = re.findall(r"Candidate (\d\d)</a>", page.split("Band 2")[0])
    assert numbers == sorted(numbers)


def test_it_is_kept_with_a_name_and_a_reason_and_is_a_what_if_everywhere(
    alice: FlaskClient, address: str, installation: Installation
) -> None:
    answer = press(alice, address, name="Only <b>nights</b>", reason="Fewer calls.", **ONLY_RECOVERY)
    assert answer.status_code == 303
    page = plain(alice.get(answer.location).text)
    assert "<h1>What if: Only <b>nights</b></h1>" in page
    assert re.search(r"This is a what-if\.</b> Kept by Alice, .* UTC, because: Fewer calls\.", page)
    assert "<p>Recovery 3; nothing else counts.</p>" in page
    assert "Recovery alone counts." in page
    check_page(alice.get(answer.location).text)
    assert "What if: Only <b>nights</b></a>" in plain(alice.get(address).text)
    assert rows(installation.database, "opening_profile") == []
    stored = str(rows(installation.database, "what_if") + rows(installation.database, "what_if_weight"))
    assert "Nora" not in stored
    press(alice, address, f"{answer.location}/delete")
    assert alice.get(answer.location).status_code == 404
    assert "Kept what-ifs" not in alice.get(address).text


def test_what_is_kept_is_what_the_page_shows_and_names(alice: FlaskClient, address: str) -> None:
    page = alice.get(f"{address}?{RECOVERY}").text
    assert "These weights are kept: <b data-kept>Recovery 3; nothing else counts</b>." in page
    form = page.split('id="keep"')[1]
    brought = dict(re.findall(r'<input type="hidden" name="(weight-[^"]+)" value="(\d)">', form))
    assert brought == ONLY_RECOVERY
    kept = press(alice, address, f"{address}?weight-speaking-up=3", name="Nights", reason="Why.", **brought).location
    assert "<p>Recovery 3; nothing else counts.</p>" in alice.get(kept).text, "an address that went on changes nothing"
    nothing = alice.get(f"{address}?{RECOVERY.replace('=3', '=0')}").text
    assert "<b data-kept>nothing counts</b>" in nothing


def test_what_lacks_a_name_or_a_reason_is_not_kept(alice: FlaskClient, address: str) -> None:
    answer = press(alice, address, name=" ", reason="Fewer calls.", **ONLY_RECOVERY)
    assert answer.status_code == 400
    assert '<a href="#name">Give the what-if a name of 1 to 60 characters.</a>' in answer.text
    assert 'value="Fewer calls."' in answer.text
    assert re.search(r'name="weight-recovery" value="3" checked', answer.text)
    check_page(answer.text)
    answer = press(alice, address, name="Nights", **ONLY_RECOVERY)
    assert '<a href="#reason">Say why you try these weights' in answer.text
    answer = press(alice, address, name="Nights", reason="Why.", **dict.fromkeys(ONLY_RECOVERY, "0"))
    assert '<a href="#weights">Give at least one of the competencies a weight' in answer.text
    check_page(answer.text)


def test_others_open_it_and_do_not_delete_it(
    alice: FlaskClient, app: Flask, office: Office, installation: Installation
) -> None:
    switch_on(installation.database, office.opening)
    address = f"/openings/{office.opening}/what-if"
    kept = press(alice, address, name="Nights", reason="Why.", **ONLY_RECOVERY).location
    bob = app.test_client()
    sign_in(bob, "bob")
    page = bob.get(kept).text
    assert "What if: Nights" in plain(page)
    assert "Delete for everybody" not in page
    assert press(bob, address, f"{kept}/delete").status_code == 409
    assert "Delete for everybody" in alice.get(kept).text


def test_where_scores_may_not_rank_the_page_says_why(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/openings/{office.opening}/what-if").text
    check_page(page)
    assert WHY_NOT[WhyNot.ORDER] in page
    assert f'href="/openings/{office.opening}/use"' in page
    assert "<table" not in page
    assert 'id="weights"' not in page
    refused = press(alice, f"/openings/{office.opening}", f"/openings/{office.opening}/what-if", name="A", reason="B")
    assert refused.status_code == 409


def test_before_an_estimate_there_are_scores_and_no_bands(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    switch_on(installation.database, office.opening)
    page = alice.get(f"/openings/{office.opening}/what-if").text
    check_page(page)
    assert "Until then there are no bands, and people stand by name." in page
    assert "people lend each other strength: everybody has their own error alone." in page
    assert "Band</th>" not in page
    assert sessions_in_rows(page)


def test_nobody_is_scored_yet(alice: FlaskClient, office: Office, installation: Installation) -> None:
    switch_on(installation.database, office.empty_opening)
    page = alice.get(f"/openings/{office.empty_opening}/what-if").text
    check_page(page)
    assert WHY_NOT[WhyNot.NOBODY] in page


@pytest.mark.usefixtures("address")
def test_what_is_not_known_or_left_out_is_said(office: Office, installation: Installation) -> None:
    alice = find_account(installation.database, "alice@example.org")
    assert alice
    found = get_what_if(installation.database, alice.id, office.empty_opening, {})
    assert lead_sentence(replace(found, bands=None)) == NO_GAP
    people = (replace(found.people[0], weighted=None, weighted_band=None), *found.people[1:])
    said = " ".join(said_of_result(replace(found, people=people, n_apart=2)))
    assert (
        "1 person has no score with these weights: their answers agree completely with the key in what counts" in said
    )
    assert "2 with a score that does not compare with the others' are left out." in said
    last = ceil(len(people) / 50)
    page = present_what_if(replace(found, people=people), blind=False, only_moved=False, page=last)
    assert page.groups[-1].lines[-1].score == page.groups[-1].lines[-1].interval == ""


def test_the_list_leads_there(alice: FlaskClient, address: str, office: Office) -> None:
    assert f'href="{address}"' in alice.get(f"/openings/{office.empty_opening}").text
    assert set(WHY_NOT) == set(WhyNot)
