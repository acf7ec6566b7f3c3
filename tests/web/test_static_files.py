"""Files under an address with their digest: kept for a year, and never another content there."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess._resources import data_folder
from eiassess.web.shell.security import HEADERS
from eiassess.web.shell.static_files import read_static_files, serve_static_files, static_files

FOR_A_YEAR = "public, max-age=31536000, immutable"
SERVED = read_static_files()
TEXTS = {
    "main.js": b'import { a } from "./part.js";\nimport {\n  b,\n} from "./other.js";\n',
    "part.js": b'export * from "./deep.js";\n',
    "deep.js": b"export const c = 1; // ./not.js\n",
    "other.js": b'import "./part.js";\n',
    "main.css": b"p { margin: 0 }\n",
}


def address(name: str, digest: str = SERVED.digest) -> str:
    return f"/static/{digest}/{name}"


@pytest.mark.parametrize("coding", ["gzip", "br, gzip;q=0.5", "*", "identity", "gzip;q=0", ""])
@pytest.mark.parametrize("name", sorted(SERVED.by_name))
def test_a_file_is_kept_for_a_year_and_travels_as_it_was_asked_for(client: FlaskClient, name: str, coding: str) -> None:
    answer = client.get(address(name), headers={"Accept-Encoding": coding})
    packed = coding in {"gzip", "br, gzip;q=0.5", "*"}
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == FOR_A_YEAR
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers.get("Content-Encoding") == ("gzip" if packed else None)
    assert (gzip.decompress(answer.data) if packed else answer.data) == SERVED.by_name[name].content
    assert HEADERS.items() <= dict(answer.headers).items()
    assert "Set-Cookie" not in answer.headers


def test_what_a_browser_has_is_not_sent_again(client: FlaskClient) -> None:
    answers = [client.get(address("app.css"), headers={"Accept-Encoding": coding}) for coding in ("gzip", "identity")]
    tags = [answer.headers["ETag"] for answer in answers]
    assert len(set(tags)) == 2, "other bytes, another tag"
    again = client.get(address("app.css"), headers={"Accept-Encoding": "gzip", "If-None-Match": tags[0]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == FOR_A_YEAR
    assert client.get(address("app.css"), headers={"If-None-Match": '"another"'}).status_code == 200


def test_looking_only_at_the_head(client: FlaskClient) -> None:
    for coding in ("gzip", "identity"):
        whole = client.get(address("app.css"), headers={"Accept-Encoding": coding})
        head = client.head(address("app.css"), headers={"Accept-Encoding": coding})
        assert head.data == b""
        assert head.headers["Content-Length"] == whole.headers["Content-Length"] == str(len(whole.data))


@pytest.mark.parametrize(
    "path",
    [
        "/static/app.css",
        address("app.css", "0123456789abcdef"),
        address("app.css", SERVED.digest.upper()),
        address("app.css", SERVED.digest[:-1]),
        address("nothing.css"),
        address("../app.py"),
        address("%2e%2e/app.py"),
    ],
)
def test_another_address_leads_nowhere_and_that_is_not_kept(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_another_content_has_another_address() -> None:
    first = static_files(TEXTS)
    assert static_files(dict(reversed(TEXTS.items()))).digest == first.digest
    for name, content in TEXTS.items():
        assert static_files({**TEXTS, name: content + b"\n"}).digest != first.digest
    assert static_files({"ab.js": b"c"}).digest != static_files({"a.js": b"bc"}).digest


def test_a_page_asks_for_all_that_its_script_needs_at_once() -> None:
    assert sorted(static_files(TEXTS).imports_of("main.js")) == ["deep.js", "other.js", "part.js"]
    assert static_files(TEXTS).imports_of("deep.js") == ()
    ring = static_files({"a.js": b'import "./b.js";', "b.js": b'import "./a.js";'})
    assert set(ring.imports_of("a.js")) == {"a.js", "b.js"}


def test_two_versions_of_the_program_never_mix() -> None:
    """A page of the old version finds nothing at the new one, instead of half of what it needs."""
    old, new = static_files(TEXTS), static_files({**TEXTS, "main.css": b"p { margin: 1px }\n"})
    app = Flask("new", static_folder=None)
    serve_static_files(app, new)
    client = app.test_client()
    assert [client.get(address("main.js", each.digest)).status_code for each in (old, new)] == [404, 200]


def test_every_file_that_a_template_names_is_there() -> None:
    names = {name for page in _templates() for name in re.findall(r"url_for\(.static., filename=['\"]([^'\"]+)", page)}
    sheets = {name for page in _templates() for name in re.findall(r"block stylesheet %}([\w.-]+)", page)}
    assert {"candidate.js", "mark.svg"} <= names
    assert {"app.css", "candidate-pages.css", "staff-pages.css", "keying-pages.css", "expert-pages.css"} == sheets
    assert names | sheets <= set(SERVED.by_name)
    assert not [page for page in _templates() if re.search(r"[\"']/static/", page)], "an address without a digest"


def _templates() -> list[str]:
    folder: Path = data_folder("templates")
    return [path.read_text() for path in folder.rglob("*.html")]
