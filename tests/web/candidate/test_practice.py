"""GET and POST /sit/practice: one scenario to try, with feedback, stored nowhere."""

import pytest
from flask.testing import FlaskClient

from eiassess.domain.shuffling import shuffled_options
from eiassess.web.context import Installation
from tests.web.candidate.test_notice import session_of
from tests.web.people import Casey, Clock, press, standard_form


@pytest.fixture
def agreed(client: FlaskClient, casey: Casey) -> Casey:
    client.get(casey.link)
    press(client, "/sit/notice", agree="y")
    return casey


def test_the_feedback_comes_only_after_rating(client: FlaskClient, agreed: Casey, installation: Installation) -> None:
    example = standard_form().form.practice[0]
    before = client.get("/sit/practice").text
    assert not any(option.feedback in before for option in example.options)
    after = press(client, "/sit/practice", go="save", **{"rating-a": "2"}).text
    assert all(option.feedback in after for option in example.options)
    assert "<strong>2, ineffective</strong>" in after
    assert after.count("<strong>not rated</strong>") == 3
    assert session_of(installation, agreed).practised_at is None


def test_the_order_is_the_candidates_own(client: FlaskClient, agreed: Casey, installation: Installation) -> None:
    example = standard_form().form.practice[0]
    expected = shuffled_options(example, session_of(installation, agreed).order_seed)
    page = client.get("/sit/practice").text
    assert sorted(expected, key=lambda option: page.index(f'data-option="{option.id}"')) == list(expected)


def test_starting_leads_to_the_first_scenario_and_starts_its_clock(
    client: FlaskClient, agreed: Casey, installation: Installation, clock: Clock
) -> None:
    clock.move(minutes=2)
    answer = press(client, "/sit/practice", go="continue")
    assert answer.location == "/sit"
    assert client.get("/sit").location == "/sit/scenario/1"
    record = session_of(installation, agreed)
    assert record.practised_at == record.clock_at == clock()


def test_a_strange_rating_is_refused(client: FlaskClient, agreed: Casey) -> None:
    del agreed
    assert press(client, "/sit/practice", go="save", **{"rating-a": "<b>"}).status_code == 400


def test_nobody_practises_without_agreeing(client: FlaskClient, casey: Casey, installation: Installation) -> None:
    client.get(casey.link)
    assert client.get("/sit/practice").location == "/sit/notice"
    answer = press(client, "/sit/notice", to="/sit/practice", go="continue")
    assert answer.status_code == 403
    assert "read the notice and agree" in answer.text
    assert session_of(installation, casey).practised_at is None
