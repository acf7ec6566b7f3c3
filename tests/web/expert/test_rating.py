"""The expert's way: link, notice, rating, review, handing in; what is refused and never lost."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.services.panels.experts import replace_expert_link, revoke_expert
from eiassess.services.panels.panels import close_panel
from eiassess.web.shell.context import Installation
from tests.hiring_story import LINKS, rows
from tests.panel_story import PanelStory
from tests.web.keying_office import begin, page_fields, rate
from tests.web.pages import check_page
from tests.web.people import START, Clock, press, token_in

SITUATED = "is not saved yet"


@pytest.fixture
def expert(client: FlaskClient, panel: PanelStory) -> FlaskClient:
    """The browser of an expert who has agreed."""
    begin(client, panel.invited(1)[0])
    return client


def stored(panel: PanelStory) -> list[tuple[str, str, int]]:
    return [(row["ratings"], row["comments"], row["revision"]) for row in rows(panel.database, "expert_rating")]


def options(panel: PanelStory, number: int) -> dict[str, str]:
    return dict.fromkeys(panel.loaded.form.scenarios[number - 1].option_ids, "3")


@pytest.mark.parametrize("tail", [".", ")", ">", ",", ";", '"', "'", "]", "%3E", "/", "</a>", "%3C/a%3E"])
def test_what_a_mail_program_takes_along_behind_the_link_does_not_matter(
    client: FlaskClient, panel: PanelStory, tail: str
) -> None:
    (link,) = panel.invited(1)
    assert client.get(f"/e/{link.token}{tail}", follow_redirects=True).status_code == 200
    assert client.get(f"/e/{link.token}A{tail}").status_code == 410


def test_the_token_leaves_the_address(client: FlaskClient, panel: PanelStory) -> None:
    (link,) = panel.invited(1)
    answer = client.get(f"/e/{link.token}")
    assert (answer.status_code, answer.location) == (303, "/rate")
    assert link.token not in answer.text
    page = client.get("/rate", follow_redirects=True)
    assert page.request.path == "/rate/notice"
    assert link.token not in page.text
    assert "Please rate alone" in page.text
    check_page(page.text)


def test_opening_the_link_changes_nothing(client: FlaskClient, panel: PanelStory) -> None:
    (link,) = panel.invited(1)
    before = rows(panel.database, "panel_expert")
    for _ in range(2):
        client.get(f"/e/{link.token}")
        client.get("/rate/notice")
    assert rows(panel.database, "panel_expert") == before


def test_agreement_is_asked_for(client: FlaskClient, panel: PanelStory) -> None:
    (link,) = panel.invited(1)
    client.get(f"/e/{link.token}")
    assert client.get("/rate/scenario/1").location == "/rate/notice"
    answer = press(client, "/rate/notice")
    assert answer.status_code == 400
    assert "Tick the box if you agree." in answer.text
    check_page(answer.text)
    assert press(client, "/rate/notice", agree="y").location == "/rate"
    assert "You have agreed to this page already." in client.get("/rate/notice").text


def test_a_page_holds_the_experts_order_and_nothing_of_the_key(
    expert: FlaskClient, app: Flask, panel: PanelStory
) -> None:
    first = panel.loaded.form.scenarios[0]
    page = expert.get("/rate/scenario/1").text
    check_page(page)
    for credit in panel.loaded.key.credits[first.id].values():
        assert credit.rationale not in page
    orders = set()
    for link in panel.invited(8, first=20):
        other = app.test_client()
        begin(other, link)
        orders.add(tuple(re.findall(r'data-option="(\w)"', other.get("/rate/scenario/1").text)))
    assert len(orders) > 1
    assert re.findall(r'data-option="(\w)"', expert.get("/rate/scenario/1").text) == re.findall(
        r'data-option="(\w)"', page
    )


def test_a_page_is_saved_with_its_comments_and_shown_again(expert: FlaskClient, panel: PanelStory) -> None:
    assert rate(expert, 1, a="3", comment_a="It depends.").location == "/rate/scenario/1"
    assert stored(panel) == [('{"a": 3}', '{"a": "It depends."}', 1)]
    page = expert.get("/rate/scenario/1").text
    assert "Saved 14:02 UTC" in page
    assert ">It depends.</textarea>" in page
    assert page.count(" checked") == 1
    assert "not rated yet" in page
    check_page(page)


@pytest.mark.parametrize(
    ("number", "go", "to"),
    [
        (1, "back", "/rate/notice"),
        (2, "back", "/rate/scenario/1"),
        (1, "continue", "/rate/scenario/2"),
        (4, "continue", "/rate/review"),
        (2, "review", "/rate/review"),
        (2, "guess", "/rate/scenario/2"),
    ],
)
def test_every_button_saves_and_goes_its_way(expert: FlaskClient, number: int, go: str, to: str) -> None:
    assert rate(expert, number, go=go, a="2").location == to


def test_going_through_without_changes_saves_nothing(expert: FlaskClient, panel: PanelStory) -> None:
    rate(expert, 1, a="3", comment_a="Why")
    old = expert.get("/rate/scenario/1").text
    rate(expert, 1, a="5", comment_a="Why")
    answer = rate(expert, 1, page=old, go="continue", a="3", comment_a="Why")  # an old tab, left as it was
    assert answer.location == "/rate/scenario/2"
    assert stored(panel) == [('{"a": 5}', '{"a": "Why"}', 2)]


def test_two_tabs_are_put_side_by_side(expert: FlaskClient, panel: PanelStory) -> None:
    old = expert.get("/rate/scenario/1").text
    rate(expert, 1, a="5", comment_a="First")
    answer = rate(expert, 1, page=old, a="2", b="1", comment_a="Second")
    assert answer.status_code == 409
    assert "Nothing was overwritten" in answer.text
    assert "Saved is 5," in answer.text
    assert "Saved is no rating." in answer.text
    assert "The saved comment is: First." in answer.text
    assert ">Second</textarea>" in answer.text
    assert "<title>Error: Scenario 1 of 4" in answer.text
    check_page(answer.text)
    assert rate(expert, 1, page=answer.text, a="2", b="1", comment_a="Second").status_code == 303
    assert stored(panel) == [('{"a": 2, "b": 1}', '{"a": "Second"}', 2)]


def test_a_comment_that_is_too_long_is_kept_on_the_page(expert: FlaskClient, panel: PanelStory) -> None:
    answer = rate(expert, 1, a="3", comment_a="y" * 1001)
    assert answer.status_code == 400
    assert "at most 1,000 characters" in answer.text
    assert "y" * 1001 in answer.text
    assert stored(panel) == []
    check_page(answer.text)


@pytest.mark.parametrize(("rating", "status"), [("x", 400), ("9" * 12, 400), ("7", 400), ("", 303)])
def test_odd_ratings(expert: FlaskClient, panel: PanelStory, rating: str, status: int) -> None:
    assert rate(expert, 1, a=rating).status_code == status
    assert stored(panel) == []


def test_numbers_that_there_are_not(expert: FlaskClient) -> None:
    for number in (0, 5):
        assert expert.get(f"/rate/scenario/{number}").status_code == 404
    fields = page_fields(expert.get("/rate/scenario/1").text)
    assert expert.post("/rate/scenario/5", data=fields).status_code == 404


def test_review_and_handing_in(expert: FlaskClient, panel: PanelStory) -> None:
    rate(expert, 1, **options(panel, 1), comment_a="One comment")
    page = expert.get("/rate/review").text
    assert "1 of 4 scenarios are complete." in page
    assert "1 comment" in page
    assert "Hand in my ratings" not in page
    check_page(page)
    assert expert.get("/rate").location == "/rate/scenario/2"
    token = token_in(expert.get("/rate/scenario/2").text)
    early = expert.post("/rate/hand-in", data={"csrf_token": token})
    assert early.status_code == 409
    assert "rate each, or say that you cannot judge it" in early.text
    for number in (2, 3, 4):
        rate(expert, number, **options(panel, number))
    assert expert.get("/rate").location == "/rate/review"
    assert expert.get("/rate/done").location == "/rate"
    check_page(expert.get("/rate/review").text)
    assert "all of them rated" in expert.get("/rate/scenario/1").text
    token = token_in(expert.get("/rate/review").text)
    for _ in range(2):
        assert expert.post("/rate/hand-in", data={"csrf_token": token}).location == "/rate/done"
    done = expert.get("/rate/done").text
    assert "Thank you, Expert Number 1" in done
    check_page(done)
    for page in ("/rate", "/rate/notice", "/rate/scenario/1", "/rate/review"):
        assert expert.get(page).location == "/rate/done"


def test_after_handing_in_an_old_page_changes_nothing(expert: FlaskClient, panel: PanelStory) -> None:
    for number in (1, 2, 3, 4):
        rate(expert, number, **options(panel, number))
    old = expert.get("/rate/scenario/1").text
    press(expert, "/rate/review", "/rate/hand-in")
    before = stored(panel)
    answer = rate(expert, 1, page=old, a="6")
    assert answer.status_code == 409
    assert "handed in already" in answer.text
    assert stored(panel) == before


def test_a_closed_panel_says_so(expert: FlaskClient, panel: PanelStory) -> None:
    old = expert.get("/rate/scenario/1").text
    close_panel(panel.database, panel.panel, START)
    for page in ("/rate", "/rate/notice", "/rate/scenario/1", "/rate/review"):
        answer = expert.get(page)
        assert answer.status_code == 410
        assert "This panel is closed" in answer.text
    check_page(answer.text)
    sent = rate(expert, 1, page=old, a="3")
    assert sent.status_code == 410
    assert "was not saved" in sent.text


def test_links_that_do_not_work_look_the_same(
    client: FlaskClient, panel: PanelStory, clock: Clock, installation: Installation
) -> None:
    replaced, revoked, expired = panel.invited(3)
    replace_expert_link(installation.database, installation.links, panel.panel, replaced.expert_id, clock())
    revoke_expert(installation.database, panel.panel, revoked.expert_id, clock())
    pages = {client.get(f"/e/{token}").text for token in (replaced.token, revoked.token, "guess")}
    clock.move(days=31)
    pages.add(client.get(f"/e/{expired.token}").text)
    assert len(pages) == 1
    check_page(pages.pop())


def test_a_browser_with_a_replaced_link_is_let_go(expert: FlaskClient, panel: PanelStory, clock: Clock) -> None:
    old = expert.get("/rate/scenario/1").text
    (row,) = rows(panel.database, "panel_expert")
    replace_expert_link(panel.database, LINKS, panel.panel, row["id"], clock())
    assert expert.get("/rate").status_code == 410
    sent = rate(expert, 1, page=old, a="3")
    assert sent.status_code == 410
    assert "was not saved" in sent.text
    assert stored(panel) == []


def test_guessing_is_limited(client: FlaskClient, panel: PanelStory) -> None:
    (link,) = panel.invited(1)
    statuses = [client.get(f"/e/guess-{i}").status_code for i in range(31)]
    assert statuses == [410] * 30 + [429]
    assert client.get(f"/e/{link.token}").status_code == 303


def test_without_a_link_the_page_says_how_to_get_in(client: FlaskClient) -> None:
    assert client.get("/rate").location == "/rate/no-link"
    page = client.get("/rate/no-link").text
    assert "ask help@example.org for a new one" in page
    check_page(page)


def test_another_experts_link_ends_the_first_ones_session(expert: FlaskClient, panel: PanelStory) -> None:
    old = expert.get("/rate/scenario/1").text
    begin(expert, panel.invited(1, first=9)[0])
    answer = rate(expert, 1, page=old, a="3", comment_a="Kept")
    assert answer.status_code == 400
    assert "please open your link again" in answer.text
    assert 'name="comment-a" value="Kept"' in answer.text
    assert stored(panel) == []
    check_page(answer.text)


def test_a_session_that_ended_loses_nothing(client: FlaskClient, panel: PanelStory) -> None:
    (link,) = panel.invited(1)
    begin(client, link)
    old = client.get("/rate/scenario/1").text
    client.delete_cookie("eiassess-expert")
    fields = {**page_fields(old), "rating-a": "3", "go": "save"}
    ended = client.post("/rate/scenario/1", data=fields)
    assert ended.status_code == 400
    assert "Send my ratings again" in ended.text
    client.get(f"/e/{link.token}")
    again = client.post("/rate/scenario/1", data=fields)  # the page, sent once more with a token that is old
    assert again.status_code == 400
    assert SITUATED in again.text
    check_page(again.text)
    assert rate(client, 1, page=again.text, a="3").status_code == 303
    assert stored(panel) == [('{"a": 3}', "{}", 1)]


def test_a_forged_page_with_odd_content_is_refused(expert: FlaskClient, panel: PanelStory) -> None:
    fields = page_fields(expert.get("/rate/scenario/1").text) | {"csrf_token": "forged"}
    odd = expert.post("/rate/scenario/1", data={**fields, "rating-a": "x"})
    assert odd.status_code == 400
    assert "could not be read" in odd.text
    assert expert.post("/rate/scenario/9", data=fields).status_code == 400
    assert expert.post("/rate/hand-in", data={"csrf_token": "forged"}).status_code == 400
    (row,) = rows(panel.database, "panel_expert")
    revoke_expert(panel.database, panel.panel, row["id"], START)
    assert expert.post("/rate/scenario/1", data=fields).status_code == 410


def test_an_expert_reaches_nobody_elses_pages(expert: FlaskClient, app: Flask) -> None:
    assert expert.get("/panels").location.startswith("/sign-in")
    assert expert.get("/sit").location == "/sit/no-link"
    cookie = expert.get_cookie("eiassess-expert")
    assert cookie is not None
    for name in ("eiassess-staff", "eiassess-candidate"):
        swapped = app.test_client()
        swapped.set_cookie(name, cookie.value)
        assert swapped.get("/panels").location.startswith("/sign-in")
        assert swapped.get("/sit").location == "/sit/no-link"
