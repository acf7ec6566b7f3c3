"""Pages travel compressed to whoever can read that, and are the same to everybody."""

import gzip
from collections.abc import Callable

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.compression import LEAST_BYTES, MOST_PADDING, compressed

LONG = "All the same, " * 100
CODINGS = {
    "gzip": True,
    "gzip, deflate, br, zstd": True,
    "br;q=1.0, gzip;q=0.1": True,
    "*": True,
    "*;q=0.5, identity": True,
    "": False,
    "identity": False,
    "br": False,
    "gzip;q=0": False,
    "gzip;q=0, *": False,
    "identity, *;q=0": False,
}


def plant(app: Flask, answer: Callable[[], Response]) -> FlaskClient:
    app.add_url_rule("/planted", "planted", requires(Permission.PUBLIC)(answer))
    return app.test_client()


@pytest.mark.parametrize(("coding", "packed"), CODINGS.items())
def test_a_page_is_compressed_if_the_browser_can_read_that(app: Flask, coding: str, packed: bool) -> None:  # noqa: FBT001 - a table's column
    client = plant(app, lambda: Response(LONG))
    answer = client.get("/planted", headers={"Accept-Encoding": coding})
    assert answer.headers.get("Content-Encoding") == ("gzip" if packed else None)
    assert (gzip.decompress(answer.data) if packed else answer.data).decode() == LONG
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_head_alone_says_the_same(app: Flask) -> None:
    head = plant(app, lambda: Response(LONG)).head("/planted", headers={"Accept-Encoding": "gzip"})
    assert (head.data, head.headers["Content-Encoding"], head.headers["Vary"]) == (b"", "gzip", "Accept-Encoding")


@pytest.mark.parametrize(
    "answer",
    [
        lambda: Response(b"%PDF" * 1000, mimetype="application/pdf"),
        lambda: Response("a" * (LEAST_BYTES - 1)),
        lambda: Response(each for each in ("in ", "pieces ") * 1000),
        lambda: Response(status=304),
    ],
    ids=["a PDF", "hardly anything", "in pieces", "nothing"],
)
def test_what_gains_nothing_stays_as_it_is(app: Flask, answer: Callable[[], Response]) -> None:
    found = plant(app, answer).get("/planted", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in found.headers
    assert "Vary" not in found.headers


@pytest.mark.parametrize("mimetype", ["text/html", "text/csv", "application/json", "application/toml", "image/svg+xml"])
def test_text_of_any_kind_and_of_the_least_length_is_compressed(app: Flask, mimetype: str) -> None:
    client = plant(app, lambda: Response("a" * LEAST_BYTES, mimetype=mimetype))
    assert client.get("/planted", headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


def test_a_tag_of_the_content_is_no_tag_of_the_bytes_any_more(app: Flask) -> None:
    def tagged() -> Response:
        response = Response(LONG)
        response.set_etag("content")
        return response

    client = plant(app, tagged)
    assert client.get("/planted").headers["ETag"] == '"content"'
    assert client.get("/planted", headers={"Accept-Encoding": "gzip"}).headers["ETag"] == 'W/"content"'


def test_the_length_is_partly_chance_so_that_it_tells_nothing() -> None:
    lengths = {len(compressed(LONG.encode())) for _ in range(300)}
    assert len(lengths) > MOST_PADDING // 2
    assert max(lengths) - min(lengths) < MOST_PADDING
    assert gzip.decompress(compressed(b"")) == b""
