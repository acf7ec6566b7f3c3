"""POST /rate/scenario/<n>/save: what the script sends as ratings are given."""

import pytest
from flask.testing import FlaskClient

from eiassess.services.panels.experts import revoke_expert
from eiassess.services.panels.panels import close_panel, reopen_panel
from tests.hiring_story import rows
from tests.panel_story import PanelStory
from tests.web.keying_office import begin, page_fields, rate
from tests.web.pages import check_page
from tests.web.people import START

WELL = {"ratings": {"a": 3}, "comments": {}, "revision": 0}


@pytest.fixture
def expert(client: FlaskClient, panel: PanelStory) -> FlaskClient:
    begin(client, panel.invited(1)[0])
    return client


def send(client: FlaskClient, body: object, number: int = 1, token: str | None = None):  # noqa: ANN201 - Flask's test response
    token = page_fields(client.get("/rate/scenario/2").text)["csrf_token"] if token is None else token
    return client.post(f"/rate/scenario/{number}/save", json=body, headers={"X-CSRFToken": token})


def stored(panel: PanelStory) -> list[tuple[str, str, int]]:
    return [(row["ratings"], row["comments"], row["revision"]) for row in rows(panel.database, "expert_rating")]


def test_what_is_given_is_saved_at_once(expert: FlaskClient, panel: PanelStory) -> None:
    answer = send(expert, {"ratings": {"a": 3, "b": None}, "comments": {"a": "It depends."}, "revision": 0})
    assert (answer.status_code, answer.json["revision"], answer.json["saved_at"]) == (200, 1, "14:02 UTC")
    assert stored(panel) == [('{"a": 3, "b": null}', '{"a": "It depends."}', 1)]
    page = expert.get("/rate/scenario/1").text
    assert page.count(" checked") == 2
    assert 'value="cannot-judge" checked' in page
    assert page_fields(page)["shown"] == answer.json["shown"]
    assert (
        send(expert, {"ratings": {"a": 3, "b": None}, "comments": {"a": "It depends."}, "revision": 0}).status_code
        == 200
    )
    assert send(expert, {"ratings": {"a": 4}, "comments": {}, "revision": 1}).json["revision"] == 2
    check_page(page)


def test_without_scripts_cannot_judge_is_a_choice_like_the_others(expert: FlaskClient, panel: PanelStory) -> None:
    assert rate(expert, 1, a="cannot-judge", b="2").status_code == 303
    assert stored(panel)[0][0] == '{"a": null, "b": 2}'
    page = expert.get("/rate/scenario/1").text
    assert "2 of 4 not rated yet" in page
    other = rate(expert, 1, page=page.replace('name="revision" value="1"', 'name="revision" value="0"'), a="5", b="2")
    assert other.status_code == 409
    assert "Saved is that you cannot judge this." in other.text


def test_another_tabs_ratings_are_not_overwritten(expert: FlaskClient, panel: PanelStory) -> None:
    send(expert, WELL)
    answer = send(expert, {"ratings": {"a": 5}, "comments": {}, "revision": 0})
    assert answer.status_code == 409
    assert "changed in another tab" in answer.json["message"]
    assert stored(panel) == [('{"a": 3}', "{}", 1)]


@pytest.mark.parametrize(
    "body",
    [
        None, [], {}, {"ratings": {"a": 3}, "revision": 0}, {"ratings": [], "comments": {}, "revision": 0},
        {**WELL, "revision": None}, {**WELL, "revision": "0"},
        {**WELL, "revision": True}, {**WELL, "ratings": {"a": "3"}},
        {**WELL, "ratings": {"a": 7}}, {**WELL, "ratings": {"x": 1}}, {**WELL, "ratings": {"a": True}},
        {**WELL, "comments": {"a": 3}}, {**WELL, "comments": {"a": "y" * 1001}},
    ],
)  # fmt: skip
def test_what_no_page_of_ours_sends_is_refused(expert: FlaskClient, panel: PanelStory, body: object) -> None:
    answer = send(expert, body)
    assert answer.status_code == 400
    assert answer.json["message"].endswith(".")
    assert stored(panel) == []


def test_a_page_of_another_browser_session_is_told_so(expert: FlaskClient, panel: PanelStory) -> None:
    answer = send(expert, WELL, token="somebody else's")
    assert (answer.status_code, "message" in answer.json) == (401, True)
    assert stored(panel) == []
    assert send(expert, WELL, number=99).status_code == 404


def test_a_closed_panel_and_a_withdrawn_link_take_nothing(expert: FlaskClient, panel: PanelStory) -> None:
    token = page_fields(expert.get("/rate/scenario/1").text)["csrf_token"]
    close_panel(panel.database, panel.panel, START)
    closed = send(expert, WELL, token=token)
    assert (closed.status_code, "panel is closed" in closed.json["message"]) == (410, True)
    reopen_panel(panel.database, panel.panel)
    (row,) = rows(panel.database, "panel_expert")
    revoke_expert(panel.database, panel.panel, row["id"], START)
    assert send(expert, WELL, token=token).status_code == 410
    assert stored(panel) == []


def test_before_agreeing_nothing_is_taken(client: FlaskClient, panel: PanelStory) -> None:
    client.get(f"/e/{panel.invited(1)[0].token}")
    token = client.get("/rate/notice").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = send(client, WELL, token=token)
    assert answer.status_code == 409
    assert "read the notice" in answer.json["message"]
