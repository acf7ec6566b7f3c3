"""GET /candidates/<session> and /openings/<id>/compare of people who chose, instead of rating."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from eiassess.banks.catalog import LoadedForm
from eiassess.domain.formats import ResponseFormat
from eiassess.services.hiring.invitations import open_invitation
from eiassess.services.hiring.openings import add_opening
from eiassess.services.sitting.answers import record_consent, record_practice, save_response
from eiassess.services.sitting.handing_in import submit_session
from eiassess.web.shell.context import Installation
from tests.choice_forms import best_and_worst, short_form
from tests.web.pages import check_page
from tests.web.people import invite, sign_in


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


def open_short(installation: Installation, loaded: LoadedForm) -> str:
    now = installation.clock()
    return add_opening(installation.database, "Short", loaded, now, members=["alice@example.org"])


def sit(installation: Installation, opening: str, loaded: LoadedForm, name: str, *, wrong: int = 1) -> str:
    """Answer as the key, but the other way round in the first scenarios, and hand in; the last is left out."""
    database, now = installation.database, installation.clock() - timedelta(hours=1)
    issued = invite(installation, opening, name)
    invitation = open_invitation(database, issued.token)
    record_consent(database, invitation, now)
    record_practice(database, invitation, now)
    for number, scenario in enumerate(loaded.form.scenarios[:-1]):
        answer = best_and_worst(loaded, scenario.id, crossed=number < wrong)
        if loaded.form.format_of(scenario) is ResponseFormat.PICK_BEST:
            answer = {option: value for option, value in answer.items() if value == 1}
        if loaded.form.format_of(scenario) is ResponseFormat.RANK:
            values = loaded.key.credits[scenario.id]
            order = sorted(values, key=lambda each: -values[each].value)
            answer = {option: place for place, option in enumerate(order, start=1)}
        now += timedelta(seconds=40)
        save_response(database, invitation, scenario.id, answer, 0, now)
    submit_session(database, invitation, now)
    return issued.session_id


def rows(page: str) -> list[list[str]]:
    """The cells of the first scenario's table, tags off; the scenario that is turned round stands open."""
    (block, *_) = re.findall(r'<details class="scenario".*?</details>', page, flags=re.DOTALL)
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", block, flags=re.DOTALL)
    ]


def test_what_was_chosen_stands_beside_the_keys_value(
    alice: FlaskClient, installation: Installation, tmp_path: Path
) -> None:
    loaded = short_form(tmp_path)
    session = sit(installation, open_short(installation, loaded), loaded, "Casey Short")
    page = alice.get(f"/candidates/{session}").text
    check_page(page)
    head, *lines = rows(page)
    assert head[1:3] == ["Chosen as", "Key"]
    prompt = loaded.form.prompt_of(loaded.form.scenarios[0])
    keyed = [float(line[2]) for line in lines]
    assert keyed == sorted(keyed, reverse=True)
    chosen = {line[1]: value for line, value in zip(lines, keyed, strict=True) if line[1]}
    assert chosen == {prompt.bottom.lower(): keyed[0], prompt.top.lower(): keyed[-1]}, "turned round; two may be last"
    assert "In the small pictures" not in page
    assert "How far the ratings are" not in page


def test_a_short_form_shows_the_overall_score_and_says_why_no_other(
    alice: FlaskClient, installation: Installation, tmp_path: Path
) -> None:
    loaded = short_form(tmp_path)
    session = sit(installation, open_short(installation, loaded), loaded, "Casey Short")
    page = alice.get(f"/candidates/{session}").text
    assert "This form gives an overall score only" in page
    assert "Casey Short&#39;s choices" in page
    assert "Customer styles" not in page
    assert "not scored</b>" not in page.partition("Scenario by scenario")[0]
    assert "Adds to the overall score?" not in page


@pytest.mark.parametrize(
    ("format_", "label", "first"),
    [(ResponseFormat.RANK, "Place given", "1 "), (ResponseFormat.PICK_BEST, "Chosen as", "")],
)
def test_places_and_single_picks(
    alice: FlaskClient, installation: Installation, tmp_path: Path, format_: ResponseFormat, label: str, first: str
) -> None:
    loaded = short_form(tmp_path, format_)
    session = sit(installation, open_short(installation, loaded), loaded, "Casey Short", wrong=0)
    page = alice.get(f"/candidates/{session}").text
    check_page(page)
    head, *lines = rows(page)
    assert head[1] == label
    assert lines[0][1] == f"{first}{loaded.form.prompt_of(loaded.form.scenarios[0]).top.lower()}"
    assert lines[1][1] == ("2" if format_ is ResponseFormat.RANK else "")
    assert ("not placed" in page) is (format_ is ResponseFormat.RANK)


def test_people_who_chose_are_compared_by_their_overall_score_alone(
    alice: FlaskClient, installation: Installation, tmp_path: Path
) -> None:
    loaded = short_form(tmp_path)
    opening = open_short(installation, loaded)
    sessions = [
        sit(installation, opening, loaded, name, wrong=n) for name, n in (("Casey Short", 1), ("Robin Long", 9))
    ]
    page = alice.get(f"/openings/{opening}/compare?c={sessions[0]}&c={sessions[1]}").text
    check_page(page)
    assert page.count('<figure class="chart">') == 1
    assert "not scored" not in page
    assert "Casey Short over Robin Long" in page
