"""Some hundred hostile requests to every route as everybody; ``python -m tests.soak`` asks ten thousand."""

from random import Random

import pytest
from werkzeug.test import TestResponse

from tests.house.conftest import House
from tests.house.hostile import MARKUP, Asked, Crawler, check, crawl

REQUESTS = 300


def test_no_request_makes_us_fail_and_no_page_gives_markup_back(house: House) -> None:
    faults: list[str] = []
    crawler = Crawler(house, Random(20261129))  # noqa: S311 - no secret
    codes = crawl(crawler, REQUESTS, lambda error: faults.append(str(error)))
    crawler.close()
    assert not faults
    assert sum(codes.values()) == REQUESTS
    assert {200, 303, 400, 404} <= codes.keys(), "the crawler gets in, and is refused"


@pytest.mark.parametrize("markup", MARKUP[:4])
def test_markup_that_came_back_would_be_found(house: House, markup: str) -> None:
    shown = markup if not markup.startswith("javascript") else f'<a href="{markup}">x</a>'
    answer = house.ask("anonymous", "GET", "/sign-in")
    asked = Asked("anonymous", "GET", "/sign-in", {})
    answer.set_data(f"<h1>{shown}</h1>")
    with pytest.raises(AssertionError, match="raw"):
        check(answer, asked)


def test_a_failure_of_ours_would_be_found(house: House) -> None:
    answer: TestResponse = house.ask("anonymous", "GET", "/sign-in")
    answer.status_code = 500
    with pytest.raises(AssertionError, match="500"):
        check(answer, Asked("anonymous", "GET", "/sign-in", {}))
