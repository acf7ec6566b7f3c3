"""GET /sit/done: thanks, and something to take along."""

import html

import pytest
from flask.testing import FlaskClient

from eiassess.web.shell.answering import place_of
from eiassess.web.shell.context import Installation
from tests.hiring_story import standard_form
from tests.web.people import Casey, begin, hand_in, make_casey, press, rate


@pytest.fixture
def page(client: FlaskClient, sitting: Casey) -> str:
    del sitting
    rate(client, 1, {"a": 2})
    hand_in(client)
    return html.unescape(client.get("/sit/done").text)


def test_it_gives_back_an_idea_for_each_competency(page: str) -> None:
    bank = standard_form().bank
    for group in bank.model.groups:
        assert f"<h3>{group.name}</h3>" in page
    for competency in bank.model.competencies.values():
        assert competency.name in page
        assert competency.candidate_feedback in page


def test_it_says_what_follows_and_why_there_is_no_score(page: str) -> None:
    assert standard_form().bank.notice.key_status in page
    assert "A number alone would look more certain than it is" in page
    assert "16 scenarios, 65 answers left open" in page
    assert "kept for 180 days" in page
    assert "help@example.org" in page
    assert "A person decides about the job" in page


def handed_in(client: FlaskClient, practised: dict[str, str], ratings: list[dict[str, int]]) -> str:
    """The page of somebody who practised, rated the first scenarios and handed in."""
    if practised:
        press(client, "/sit/practice", go="save", **practised)
    for number, given in enumerate(ratings, 1):
        rate(client, number, given)
    hand_in(client)
    return html.unescape(client.get("/sit/done").text)


def own_part(page: str) -> str:
    return page.partition("Your answers to the practice")[2].partition("What the scenarios were about")[0]


def test_two_people_with_opposite_answers_read_their_own(
    client: FlaskClient, other_device: FlaskClient, sitting: Casey, installation: Installation
) -> None:
    robin = make_casey(installation, "Robin Opposite")
    begin(other_device, robin)
    low = handed_in(client, {"rating-a": "1", "rating-b": "6"}, [dict.fromkeys("abcd", 1), {"a": 1}])
    high = handed_in(other_device, {"rating-a": "6", "rating-b": "1"}, [dict.fromkeys("abcd", 6), {"a": 6}])
    labels = sitting.form.scale_of(sitting.form.practice[0]).labels
    own = {1: own_part(low), 6: own_part(high)}
    assert own[1] != own[6]
    example = sitting.form.practice[0]
    for option in example.options:
        assert all(option.feedback in each and option.text in each for each in own.values())
    for rating, page in own.items():
        assert f"most often “{labels[rating - 1]}”" in page
        assert "Of 5 ratings, 5 are at one of the two ends of the scale. You used 1 of its 6 points" in page
        assert page.count("not rated") == 2
        assert "Scenario 1 (" not in page
        assert f"Scenario 2 ({place_of(sitting.form.scenarios[1])}): 3 ratings missing" in page
        assert "Scenario 16 (" in page
    assert low.partition("What the scenarios were about")[2] == high.partition("What the scenarios were about")[2]


def test_no_topic_is_named_and_no_score(page: str) -> None:
    assert "Nor do we name a topic as your strong or weak side" in page
    assert "These ideas are the same for everybody" in page
    for competency in standard_form().bank.model.competencies.values():
        assert competency.close_to_key not in page
        assert competency.far_from_key not in page


def test_who_did_not_practise_and_left_nothing_out_is_told_so(client: FlaskClient, sitting: Casey) -> None:
    every = [dict.fromkeys(each.option_ids, 3) for each in sitting.form.scenarios]
    own = own_part(handed_in(client, {}, every))
    assert "You did not answer the practice" in own
    assert "Nothing: you answered every scenario in full." in own
    assert own.count("<caption>") == len({each.kind for each in sitting.form.scenarios})


def test_a_form_of_choices_has_no_scale_to_speak_of(client: FlaskClient, mixed_sitting: Casey) -> None:
    del mixed_sitting
    page = handed_in(client, {"best": "b", "worst": "c"}, [])
    assert "How you used the scale" not in page
    assert "<strong>not chosen</strong>" in page
    assert "<strong>best</strong>" in page


def test_everything_leads_here_from_now_on(client: FlaskClient, page: str) -> None:
    del page
    for address in ("/sit", "/sit/notice", "/sit/practice", "/sit/scenario/1", "/sit/review"):
        answer = client.get(address)
        assert (answer.status_code, answer.location) == (303, "/sit/done")


def test_it_waits_for_handing_in(client: FlaskClient, sitting: Casey) -> None:
    del sitting
    assert client.get("/sit/done").location == "/sit"


def test_the_link_still_opens_it(other_device: FlaskClient, sitting: Casey, page: str) -> None:
    del page
    other_device.get(sitting.link)
    assert "Thank you, Casey Moreau" in other_device.get("/sit", follow_redirects=True).text
