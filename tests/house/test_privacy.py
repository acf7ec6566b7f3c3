"""What a browser says of its owner is not kept, and a link's token is nowhere but in the link."""

import logging
import re
from typing import Any

import pytest

from tests.hiring_story import rows, tables
from tests.house.conftest import HOST, House

TELLING = {
    "User-Agent": "Xylograph-Browser/1.0",
    "Referer": "https://mail.example.com/xylograph-inbox",
    "X-Forwarded-For": "203.0.113.77",
    "Accept-Language": "tlh-xylograph",
    "X-Geo": "59.91,10.75",
}
ADDRESS = "198.51.100.23"


def test_nothing_that_a_browser_tells_is_stored_or_logged(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    casey = house.story.begun("Kim")
    browser = house.app.test_client()
    what: Any = {"base_url": HOST, "headers": TELLING, "environ_overrides": {"REMOTE_ADDR": ADDRESS}}
    assert browser.get(f"/i/{casey.token}", **what).status_code == 303
    assert browser.get("/sit/scenario/1", **what).status_code == 200
    extra = {"camera": "xylograph-camera", "latitude": "59.91", "keystrokes": "xylograph-keys"}
    browser.post("/sit/scenario/1", data=extra, **what)
    browser.get("/i/xylograph-guess", **what)
    database = house.story.database
    kept = "\n".join(str(row) for table in tables(database) for row in rows(database, table)) + caplog.text
    for word in ("xylograph", "203.0.113.77", "59.91", ADDRESS, casey.token.lower()):
        assert word not in kept.lower()


def test_what_an_answer_says_besides_its_ratings_is_not_stored_or_logged(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """With a page's token, so that the answers are taken: the ratings are kept, and nothing of the rest."""
    caplog.set_level(logging.DEBUG)
    casey = house.story.begun("Uli")
    browser = house.app.test_client()
    what: Any = {"base_url": HOST, "environ_overrides": {"REMOTE_ADDR": ADDRESS}}
    browser.get(f"/i/{casey.token}", headers=TELLING, **what)
    page = browser.get("/sit/scenario/1", base_url=HOST).text
    token, sitting = (re.search(rf'name="{name}"[^>]*value="([^"]+)"', page) for name in ("csrf_token", "sitting"))
    assert token
    assert sitting
    extra = {"camera": "xylograph-camera", "keystrokes": "xylograph-keys", "rating-xylograph": "3", "times": "[59.91]"}
    form = {"csrf_token": token[1], "sitting": sitting[1], "revision": "0", "shown": "", "rating-a": "2"} | extra
    posted = browser.post("/sit/scenario/1", data=form, headers=TELLING, **what)
    assert posted.status_code == 303
    body = {"ratings": {"b": 3}, "revision": 0, "saved_at": "xylograph", **extra}
    headers = {**TELLING, "X-CSRFToken": token[1]}
    saved = browser.post("/sit/scenario/2/save", json=body, headers=headers, **what)
    assert saved.status_code == 200
    database = house.story.database
    answers = [row for row in rows(database, "item_response") if row["session_id"] == casey.session_id]
    assert sorted(row["ratings"] for row in answers) == ['{"a": 2}', '{"b": 3}']
    kept = "\n".join(str(row) for table in tables(database) for row in rows(database, table)) + caplog.text
    for word in ("xylograph", "203.0.113.77", "59.91", ADDRESS):
        assert word not in kept.lower()


def test_a_token_is_in_no_page_and_no_address_that_follows(house: House) -> None:
    casey = house.story.begun("Lou")
    browser = house.app.test_client()
    answer = browser.get(f"/i/{casey.token}", base_url=HOST)
    for path in ("/sit/notice", "/sit/practice", "/sit/scenario/1", "/sit/review", "/sit/no-link"):
        assert casey.token not in answer.headers.get("Location", "") + answer.text + str(answer.headers)
        answer = browser.get(path, base_url=HOST)
