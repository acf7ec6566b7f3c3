"""What a browser says of its owner is not kept, and a link's token is nowhere but in the link."""

import logging

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
    what = {"base_url": HOST, "headers": TELLING, "environ_overrides": {"REMOTE_ADDR": ADDRESS}}
    assert browser.get(f"/i/{casey.token}", **what).status_code == 303  # type: ignore[arg-type]  # as a browser asks
    assert browser.get("/sit/scenario/1", **what).status_code == 200  # type: ignore[arg-type]  # the same
    extra = {"camera": "xylograph-camera", "latitude": "59.91", "keystrokes": "xylograph-keys"}
    browser.post("/sit/scenario/1", data=extra, **what)  # type: ignore[arg-type]  # the same
    browser.get("/i/xylograph-guess", **what)  # type: ignore[arg-type]  # the same
    database = house.story.database
    kept = "\n".join(str(row) for table in tables(database) for row in rows(database, table)) + caplog.text
    for word in ("xylograph", "203.0.113.77", "59.91", ADDRESS, casey.token.lower()):
        assert word not in kept.lower()


def test_a_token_is_in_no_page_and_no_address_that_follows(house: House) -> None:
    casey = house.story.begun("Lou")
    browser = house.app.test_client()
    answer = browser.get(f"/i/{casey.token}", base_url=HOST)
    for path in ("/sit/notice", "/sit/practice", "/sit/scenario/1", "/sit/review", "/sit/no-link"):
        assert casey.token not in answer.headers.get("Location", "") + answer.text + str(answer.headers)
        answer = browser.get(path, base_url=HOST)
