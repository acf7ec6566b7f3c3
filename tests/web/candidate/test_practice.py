"""GET and POST /sit/practice: scenarios to try, with feedback; the first answers are kept for the candidate alone."""

import pytest
from flask.testing import FlaskClient

from eiassess.domain.shuffling import shuffled_options
from eiassess.services.sitting.answers import list_practice_answers
from eiassess.web.shell.context import Installation
from tests.hiring_story import standard_form
from tests.web.candidate.test_notice import session_of
from tests.web.candidate.test_without_scripts import FormReader
from tests.web.people import Casey, Clock, looking_into, press, stored


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


@pytest.fixture
def agreed_to_mixed(client: FlaskClient, mixed_casey: Casey) -> Casey:
    client.get(mixed_casey.link)
    press(client, "/sit/notice", agree="y")
    return mixed_casey


@pytest.mark.usefixtures("agreed_to_mixed")
def test_several_practice_scenarios_come_one_a_page_in_their_own_way(client: FlaskClient) -> None:
    first = client.get("/sit/practice").text
    assert "<h1>Practice scenario 1 of 2</h1>" in first
    assert FormReader(first).choices.keys() == {"best", "worst"}
    looked = press(client, "/sit/practice", go="save", best="b", worst="c").text
    assert "<h1>Practice 1 of 2: what our answer key says</h1>" in looked
    assert looked.count("<strong>not chosen</strong>") == 2
    assert "<strong>best</strong>" in looked
    assert "<strong>worst</strong>" in looked
    assert all(f"The key on {option} of try-picked-one." in looked for option in "abcd")
    assert 'href="/sit/practice/2">Next practice scenario</a>' in looked
    second = client.get("/sit/practice/2").text
    assert FormReader(second).choices.keys() == {f"rating-{option}" for option in "abcd"}
    looked = press(client, "/sit/practice/2", go="save", **{"rating-d": "1"}).text
    assert "<strong>place 1</strong>" in looked
    assert looked.count("<strong>no place</strong>") == 3
    assert ">Start</button>" in looked
    assert "Next practice scenario" not in looked


def test_one_may_start_after_the_first(
    client: FlaskClient, agreed_to_mixed: Casey, installation: Installation, clock: Clock
) -> None:
    looked = press(client, "/sit/practice", go="save").text
    assert ">Start now</button>" in looked
    assert press(client, "/sit/practice", go="continue").location == "/sit"
    assert session_of(installation, agreed_to_mixed).practised_at == clock()


@pytest.mark.usefixtures("agreed_to_mixed")
@pytest.mark.parametrize(
    ("number", "given", "said"),
    [
        (1, {"best": "a", "worst": "a"}, "is chosen as best and as worst"),
        (2, {"rating-a": "3", "rating-b": "3"}, "Place 3 is given to"),
    ],
)
def test_a_clash_is_shown_in_place_of_the_feedback(
    client: FlaskClient, number: int, given: dict[str, str], said: str
) -> None:
    answer = press(client, f"/sit/practice/{number}", go="save", **given)
    assert answer.status_code == 400
    assert f"<title>Error: Practice {number} of 2" in answer.text
    assert said in answer.text
    assert "The key on" not in answer.text
    assert given.items() <= FormReader(answer.text).fields.items()


@pytest.mark.usefixtures("agreed_to_mixed")
@pytest.mark.parametrize("number", [0, 3, 10**20])
def test_there_are_no_other_practice_scenarios(client: FlaskClient, number: int) -> None:
    assert client.get(f"/sit/practice/{number}").status_code == 404
    assert press(client, "/sit/practice", to=f"/sit/practice/{number}", go="save").status_code == 404


def test_the_first_answers_are_kept_and_count_for_nothing(
    client: FlaskClient, agreed_to_mixed: Casey, installation: Installation
) -> None:
    assert "Practice: it does not count" in client.get("/sit/practice").text
    press(client, "/sit/practice", go="save", best="b", worst="b")  # clashes: nothing to keep
    press(client, "/sit/practice", go="save", best="b", worst="c")
    press(client, "/sit/practice", go="save", best="a", worst="d")
    press(client, "/sit/practice/2", go="save", **{"rating-d": "1"})
    with looking_into(installation.database) as db:
        kept = list_practice_answers(db, agreed_to_mixed.session_id)
    assert list(kept.values()) == [{"b": 1, "c": -1}, {"d": 1}]
    assert session_of(installation, agreed_to_mixed).practised_at is None
    assert all(stored(installation, agreed_to_mixed, number) is None for number in range(1, 6))
