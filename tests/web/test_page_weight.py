"""A candidate's pages travel light: what docs/page-weight.md says, measured on a real socket."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.web.shell.context import Installation
from tests.web.page_weight import Visitor, served
from tests.web.people import Casey, begin, make_casey_on

MOST_BYTES = 4096
MOST_ROUND_TRIPS = 3


@pytest.fixture
def visitor(app: Flask, installation: Installation) -> Iterator[Visitor]:
    with served(app, installation) as port:
        yield Visitor(port)


@pytest.mark.parametrize("form", ["standard-a", "standard-b", "screening", "short"])
def test_no_scenario_weighs_more_than_four_kilobytes_with_its_head(
    visitor: Visitor, client: FlaskClient, installation: Installation, form: str
) -> None:
    casey = make_casey_on(installation, form)
    begin(client, casey)
    visitor.get(casey.link)
    pages = [visitor.get(f"/sit/scenario/{number}") for number in range(1, len(casey.form.scenarios) + 1)]
    assert {page.status for page in pages} == {200}
    assert all(f"Scenario {number} of {len(pages)}" in page.text for number, page in enumerate(pages, 1))
    assert max(page.on_the_wire for page in pages) <= MOST_BYTES
    assert min(len(page.text) for page in pages) > MOST_BYTES, "nothing would show without compression"


def test_a_link_opened_with_nothing_at_hand_takes_three_round_trips(visitor: Visitor, sitting: Casey) -> None:
    trips = visitor.visit(sitting.link)
    assert len(trips) <= MOST_ROUND_TRIPS
    assert trips[1][0].path == "/sit/scenario/1"
    names = [each.path.rpartition("/")[2] for each in trips[-1]]
    assert {"candidate-pages.css", "candidate.js", "choices.js", "mark.svg"} <= set(names)
    assert [each.status for each in trips[-1]] == [200] * len(names)
    assert [name for name in names if name.endswith(".css")] == ["candidate-pages.css"]


def test_the_next_page_asks_for_nothing_but_itself(visitor: Visitor, sitting: Casey) -> None:
    visitor.visit(sitting.link)
    assert [[each.path for each in trip] for trip in visitor.visit("/sit/scenario/2")] == [["/sit/scenario/2"]]


def test_compressed_or_not_it_is_the_same_page(visitor: Visitor, client: FlaskClient, sitting: Casey) -> None:
    visitor.get(sitting.link)
    sent, plain = visitor.get("/sit/review"), client.get("/sit/review")
    assert "Content-Encoding" not in plain.headers
    assert sent.text.partition("<form")[0] == plain.text.partition("<form")[0]
    assert (sent.headers["Cache-Control"], sent.headers["Vary"]) == ("no-store", "Accept-Encoding")
