"""Every way of answering without scripts: how it is asked, saved, mended and reviewed."""

import html
import json
import re

import pytest
from flask.testing import FlaskClient

from eiassess.web.shell.context import Installation
from tests.web.candidate.test_without_scripts import FormReader
from tests.web.mixed import NUMBERS
from tests.web.people import Casey, hidden, press, save, stored, token_in

PICKED, RANKED, BEST = (NUMBERS[name] for name in ("picked", "ranked", "best"))


def send(client: FlaskClient, number: int, fields: dict[str, str], *, go: str = "save", page: str | None = None):  # noqa: ANN201 - Flask's test response
    """Post the page of a scenario with some of its choices, as a browser without scripts does."""
    sheet = FormReader(page or client.get(f"/sit/scenario/{number}").text)
    for name, value in fields.items():
        assert value in sheet.choices[name], f"the page does not offer {name}={value}"
    return client.post(sheet.action, data=sheet.fields | fields | {"go": go})


def answer_of(installation: Installation, casey: Casey, number: int) -> dict[str, int]:
    record = stored(installation, casey, number)
    found: dict[str, int] = json.loads(record.ratings) if record else {}
    return found


WAYS = [
    ("rated", {"rating-a": "6", "rating-b": "1", "rating-c": "1"}, {"a": 6, "b": 1, "c": 1}),
    ("felt", {"rating-e": "3"}, {"e": 3}),
    ("picked", {"best": "c", "worst": "a"}, {"c": 1, "a": -1}),
    ("picked", {"worst": "b"}, {"b": -1}),
    ("ranked", {"rating-a": "4", "rating-b": "1", "rating-c": "2", "rating-d": "3"}, {"a": 4, "b": 1, "c": 2, "d": 3}),
    ("ranked", {"rating-d": "2"}, {"d": 2}),
    ("best", {"best": "d"}, {"d": 1}),
]


@pytest.mark.parametrize(("way", "fields", "answer"), WAYS)
def test_an_answer_is_saved_whole_or_in_part_and_shown_again(
    client: FlaskClient,
    mixed_sitting: Casey,
    installation: Installation,
    way: str,
    fields: dict[str, str],
    answer: dict[str, int],
) -> None:
    number = NUMBERS[way]
    sent = send(client, number, fields)
    assert (sent.status_code, sent.location) == (303, f"/sit/scenario/{number}")
    assert answer_of(installation, mixed_sitting, number) == answer
    sheet = FormReader(client.get(f"/sit/scenario/{number}").text)
    assert {name: value for name, value in sheet.fields.items() if name in sheet.choices} == fields


CHOICES = [
    ("rated", {f"rating-{option}": 6 for option in "abcd"}),
    ("felt", {f"rating-{option}": 6 for option in "abcde"}),
    ("picked", {"best": 4, "worst": 4}),
    ("ranked", {f"rating-{option}": 4 for option in "abcd"}),
    ("best", {"best": 4}),
]


@pytest.mark.parametrize(("way", "choices"), CHOICES)
@pytest.mark.usefixtures("mixed_sitting")
def test_each_way_has_its_own_choices_and_question(client: FlaskClient, way: str, choices: dict[str, int]) -> None:
    page = client.get(f"/sit/scenario/{NUMBERS[way]}").text
    assert {name: len(values) for name, values in FormReader(page).choices.items()} == choices
    asked = {
        "rated": "How effective is each response?",
        "felt": "How strongly does the customer probably feel each of these?",
        "picked": "Which response is best here, and which is worst?",
        "ranked": "Put the responses in order",
        "best": "Which response is best here? ",
    }
    assert [name for name, words in asked.items() if words in page] == [way]


@pytest.mark.usefixtures("mixed_sitting")
def test_best_and_worst_are_named_with_the_text_that_they_are_about(client: FlaskClient) -> None:
    page = client.get(f"/sit/scenario/{PICKED}").text
    for named in re.findall(r'aria-labelledby="(picked-one-\S+ \S+)"', page):
        assert all(f'id="{part}"' in page for part in named.split())
    assert page.count('aria-labelledby="picked-one-') == 8
    assert ">Best</span>" in page
    assert ">Worst</span>" in page


@pytest.mark.usefixtures("mixed_sitting")
def test_the_ends_of_the_order_are_named_in_words(client: FlaskClient) -> None:
    page = client.get(f"/sit/scenario/{RANKED}").text
    names = re.findall(r'<span class="choice-face">(.*?)</span></span>', page)
    spoken = [re.sub("<[^>]+>", "", name) for name in names]
    assert spoken == ["Place 1, Best", "Place 2", "Place 3", "Place 4, Worst"] * 4


def test_one_response_as_best_and_worst_is_shown_again_and_nothing_saved(
    client: FlaskClient, mixed_sitting: Casey, installation: Installation
) -> None:
    send(client, PICKED, {"best": "b"})
    answer = send(client, PICKED, {"best": "c", "worst": "c"}, go="continue")
    page = html.unescape(answer.text)
    assert answer.status_code == 400
    assert "<title>Error: Scenario 3 of 5" in page
    assert '<a href="#picked-one-c">“Third answer of picked-one, said in…” is chosen as best and as worst.' in page
    assert "This is chosen as both best and worst. Choose another for one of them." in page
    assert page.count('aria-describedby="picked-one-c-error"') == 2
    assert {"best": "c", "worst": "c"}.items() <= FormReader(answer.text).fields.items()
    assert answer_of(installation, mixed_sitting, PICKED) == {"b": 1}
    mended = send(client, PICKED, {"worst": "a"}, page=answer.text, go="continue")
    assert mended.location == f"/sit/scenario/{PICKED + 1}"
    assert answer_of(installation, mixed_sitting, PICKED) == {"c": 1, "a": -1}


def test_two_responses_in_one_place_are_named_and_kept_on_the_page(
    client: FlaskClient, mixed_sitting: Casey, installation: Installation
) -> None:
    given = {"rating-a": "2", "rating-b": "1", "rating-c": "2", "rating-d": "1"}
    answer = send(client, RANKED, given)
    page = html.unescape(answer.text)
    first, second, third, last = (
        f"“{word} answer of ranked-one, said in…”" for word in ("First", "Second", "Third", "Last")
    )
    assert answer.status_code == 400
    assert f"Place 2 is given to {first} and {third}. Give each a place of its own." in page
    assert f"Place 1 is given to {second} and {last}. Give each a place of its own." in page
    assert f"Place 2 is also given to {first}. Choose another place here or there." in page
    assert page.count("is also given to") == 4
    assert given.items() <= FormReader(answer.text).fields.items()
    assert answer_of(installation, mixed_sitting, RANKED) == {}
    send(client, RANKED, {"rating-c": "3", "rating-d": "4"}, page=answer.text)
    assert answer_of(installation, mixed_sitting, RANKED) == {"a": 2, "b": 1, "c": 3, "d": 4}


def test_a_clash_on_a_stale_page_is_settled_first_and_both_versions_shown_then(
    client: FlaskClient, mixed_sitting: Casey, installation: Installation
) -> None:
    page = client.get(f"/sit/scenario/{PICKED}").text
    send(client, PICKED, {"best": "a", "worst": "b"})
    clash = send(client, PICKED, {"best": "d", "worst": "d"}, page=page)
    assert clash.status_code == 400
    conflict = send(client, PICKED, {"best": "b"}, page=clash.text)
    assert conflict.status_code == 409
    shown = html.unescape(re.sub(r"\s+", " ", conflict.text))
    assert 'First answer of picked-one, said in a calm voice." <strong>best</strong>' in shown
    assert 'First answer of picked-one, said in a calm voice." <strong>not chosen</strong>' in shown
    assert 'Last answer of picked-one, said in a calm voice." <strong>worst</strong>' in shown
    form = next(part for part in conflict.text.split("<form") if "Keep what I gave here" in part)
    fields = {name: hidden(form, name) for name in ("revision", "sitting", "best", "worst")}
    client.post(f"/sit/scenario/{PICKED}", data=fields | {"csrf_token": token_in(form)})
    assert answer_of(installation, mixed_sitting, PICKED) == {"b": 1, "d": -1}


def test_two_versions_of_an_order_speak_of_places(client: FlaskClient, mixed_sitting: Casey) -> None:
    del mixed_sitting
    page = client.get(f"/sit/scenario/{RANKED}").text
    send(client, RANKED, {"rating-a": "1"})
    conflict = send(client, RANKED, {"rating-a": "3", "rating-b": "2"}, page=page)
    assert [
        f"<strong>{words}</strong>" in conflict.text for words in ("place 1", "place 3", "place 2", "no place")
    ] == [True] * 4


@pytest.mark.parametrize(
    ("way", "fields"),
    [
        ("picked", {"best": "e"}),
        ("picked", {"worst": "<b>"}),
        ("ranked", {"rating-a": "5"}),
        ("ranked", {"rating-a": "0"}),
        ("ranked", {"rating-a": "-1"}),
        ("best", {"best": "1"}),
    ],
)
def test_what_no_page_offers_is_refused(
    client: FlaskClient, mixed_sitting: Casey, installation: Installation, way: str, fields: dict[str, str]
) -> None:
    answer = press(client, f"/sit/scenario/{NUMBERS[way]}", **fields, revision="0")
    assert answer.status_code == 400
    assert "Whatever was shown as saved before is kept" in answer.text
    assert answer_of(installation, mixed_sitting, NUMBERS[way]) == {}


def test_fields_of_another_way_change_nothing(
    client: FlaskClient, mixed_sitting: Casey, installation: Installation
) -> None:
    for number in (PICKED, BEST):
        press(client, f"/sit/scenario/{number}", **{"rating-a": "3", "best": "a"}, revision="0")
        assert answer_of(installation, mixed_sitting, number) == {"a": 1}
    press(client, f"/sit/scenario/{BEST}", best="b", worst="a", revision="1")
    assert answer_of(installation, mixed_sitting, BEST) == {"b": 1}
    press(client, f"/sit/scenario/{RANKED}", **{"rating-a": "3", "best": "a"}, revision="0")
    assert answer_of(installation, mixed_sitting, RANKED) == {"a": 3}


def test_the_script_saves_the_same_mapping_in_every_way(
    client: FlaskClient, mixed_sitting: Casey, installation: Installation
) -> None:
    for way, _fields, answer in WAYS:
        seen = stored(installation, mixed_sitting, NUMBERS[way])
        assert save(client, NUMBERS[way], answer, seen.revision if seen else 0).status_code == 200
        assert answer_of(installation, mixed_sitting, NUMBERS[way]) == answer


@pytest.mark.parametrize(
    ("way", "answer"),
    [("picked", {"a": 1, "b": 1}), ("picked", {"a": 2}), ("ranked", {"a": 1, "b": 1}), ("best", {"a": 1, "b": 1})],
)
def test_the_script_is_refused_what_clashes(
    client: FlaskClient, mixed_sitting: Casey, installation: Installation, way: str, answer: dict[str, int]
) -> None:
    refused = save(client, NUMBERS[way], answer, 0)
    assert refused.status_code == 400
    assert refused.json["message"]
    assert answer_of(installation, mixed_sitting, NUMBERS[way]) == {}


HINTS = [
    ("rated", {"rating-a": "6"}, "3 of 4 not rated yet. You can go on and come back to them.", "3 ratings missing"),
    ("ranked", {"rating-a": "1", "rating-b": "2", "rating-c": "3"}, "1 of 4 without a place yet.", "1 place missing"),
    ("picked", {"best": "a"}, "Worst is not chosen yet. You can go on and come back to it.", "1 choice missing"),
    ("picked", {"worst": "a"}, "Best is not chosen yet.", "1 choice missing"),
]


@pytest.mark.parametrize(("way", "fields", "hint", "missing"), HINTS)
def test_what_is_missing_is_said_in_the_words_of_the_way(
    client: FlaskClient, mixed_sitting: Casey, way: str, fields: dict[str, str], hint: str, missing: str
) -> None:
    del mixed_sitting
    send(client, NUMBERS[way], fields)
    assert hint in client.get(f"/sit/scenario/{NUMBERS[way]}").text
    assert f">{missing}</span>" in client.get("/sit/review").text


def test_what_was_taken_back_is_missing_again(client: FlaskClient, mixed_sitting: Casey) -> None:
    del mixed_sitting
    for number, (revision, answer) in ((PICKED, (0, {"a": 1})), (BEST, (0, {"a": 1}))):
        save(client, number, answer, revision)
        save(client, number, {}, 1)
    assert "Best and worst are not chosen yet." in client.get(f"/sit/scenario/{PICKED}").text
    assert "Best is not chosen yet." in client.get(f"/sit/scenario/{BEST}").text


def test_the_review_counts_what_each_way_asks_for(client: FlaskClient, mixed_sitting: Casey) -> None:
    del mixed_sitting
    page = client.get("/sit/review").text
    said = re.findall(r">(\d \w+) missing<", page)
    assert said == ["4 ratings", "5 ratings", "2 choices", "4 places", "1 choice"]
    for way, fields, _answer in (WAYS[2], WAYS[4], WAYS[6]):
        send(client, NUMBERS[way], fields)
    assert client.get("/sit/review").text.count(">Complete</span>") == 3


def test_the_notice_says_what_will_be_asked(client: FlaskClient, mixed_casey: Casey) -> None:
    client.get(mixed_casey.link)
    page = client.get("/sit/notice").text
    assert (
        "You rate 9 responses and feelings, choose 3 times what is best or worst and put 4 responses in order, "
        "after 2 scenarios to practise." in page
    )
    assert "8 seconds for each rating, choice or place" in page


def test_a_clash_from_an_earlier_browser_session_is_shown_and_not_lost(
    client: FlaskClient, mixed_sitting: Casey, installation: Installation
) -> None:
    data = {"sitting": mixed_sitting.session_id, "best": "a", "worst": "a", "revision": "0", "shown": ""}
    answer = client.post(f"/sit/scenario/{PICKED}", data=data)
    assert answer.status_code == 400
    assert "is chosen as best and as worst" in answer.text
    send(client, PICKED, {"worst": "b"}, page=answer.text)
    assert answer_of(installation, mixed_sitting, PICKED) == {"a": 1, "b": -1}


def test_picks_of_a_page_that_outlived_its_session_are_carried_along(
    client: FlaskClient, other_device: FlaskClient, mixed_sitting: Casey
) -> None:
    del mixed_sitting
    page = client.get(f"/sit/scenario/{PICKED}").text
    ended = other_device.post(f"/sit/scenario/{PICKED}", data=FormReader(page).fields | {"best": "a", "worst": "b"})
    assert "Not saved yet: please open your link again" in ended.text
    assert (hidden(ended.text, "best"), hidden(ended.text, "worst")) == ("a", "b")
