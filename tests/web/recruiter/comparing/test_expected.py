"""What the job expects, over the competencies of the page that compares; and the page on paper."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from eiassess.domain.openings import OpeningSettings, ProfileRow
from eiassess.services.hiring.opening_settings import change_settings
from eiassess.services.people.accounts import find_account
from eiassess.web.shell.context import Installation
from tests.hiring_story import PASSWORD, standard_form
from tests.web.browsing import opened, started
from tests.web.pages import check_page
from tests.web.people import sign_in
from tests.web.staff import Office

MODEL = standard_form().bank.model
FIRST = MODEL.competency_ids[0]


@pytest.fixture
def address(installation: Installation, office: Office) -> str:
    """A comparison in an opening that expects 61 to 83 in one competency."""
    alice = find_account(installation.database, "alice@example.org")
    assert alice
    row = ProfileRow(FIRST, 3, "Most calls are complaints.", 61, 83, "So the <b>last</b> team did.")
    settings = OpeningSettings("Adviser", profile=(row,))
    change_settings(installation.database, alice.id, office.opening, settings, installation.clock())
    return f"/openings/{office.opening}/compare?c={office.nora}&c={office.casey}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


def test_a_range_is_drawn_and_said(client: FlaskClient, address: str) -> None:
    sign_in(client, "alice")
    page = client.get(address).text
    # two people, for wide and for narrow screens, and a key in each legend
    assert page.count('class="chart-expected"') == 2 * (2 + 1)
    assert page.count(">expected for the job</text>") == 2
    assert f"Expected for the job, in dashed frames: {MODEL.competencies[FIRST].short_name} 61 to 83." in page
    assert len(re.findall(r"<title>Nora Quizenberry: \d+, [^<]*, expected for the job 61 to 83</title>", page)) == 2
    row = rf'<th scope="row">{MODEL.competencies[FIRST].name} <span class="quiet">So the &lt;b&gt;last&lt;/b&gt; team'
    assert re.search(rf"{row}[^<]*</span></th><td>61 to 83</td>(<td>\d+ \(\d+ to \d+\)</td>){{2}}</tr>", page)
    check_page(page)


def test_without_a_range_nothing_is_said_of_it(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    page = client.get(f"/openings/{office.opening}/compare?c={office.nora}&c={office.casey}").text
    assert "What the job expects" not in page
    assert "chart-expected" not in page


def test_paper_has_the_numbers_and_nothing_to_press(browser: Browser, app: Flask, address: str) -> None:
    with opened(browser, app) as context:
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("E-mail address").fill("alice@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/openings")
        page.goto(address)
        numbers = page.get_by_role("columnheader", name="Adjusted p")
        expect(numbers).to_be_hidden()
        page.emulate_media(media="print")
        expect(numbers).to_be_visible()
        expect(page.get_by_role("link", name="Address of exactly this comparison")).to_have_count(0)
        for pressed in ("button", "navigation", "checkbox"):
            expect(page.get_by_role(pressed)).to_have_count(0)  # type: ignore[arg-type]
