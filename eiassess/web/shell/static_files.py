"""Style sheets, scripts and the mark: read once, under an address that carries a digest, kept by browsers for a year.

The digest is one for all files together and stands as a folder in the address. So a script's ``import "./choices.js"``
leads into the same folder, and whatever changes in any file, no page ever mixes two versions.
"""

import gzip
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from flask import Flask, Response, abort, request

ENDPOINT = "static"
FOR_A_YEAR = "public, max-age=31536000, immutable"
DIGEST_LENGTH = 16
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
SHEETS = {
    "candidate-pages.css": ("app.css", "candidate.css"),
    "expert-pages.css": ("app.css", "candidate.css", "keying.css"),
    "staff-pages.css": ("app.css", "staff.css"),
    "keying-pages.css": ("app.css", "staff.css", "keying.css"),
}
"""Style sheets that are sent as one: a request less for each page that is opened with nothing at hand."""

_IMPORT = re.compile(rb'^(?:import|export)\b[^;]*?"\./([\w.-]+)"', re.MULTILINE)


@dataclass(frozen=True)
class StaticFile:
    """A file as it is and as it travels."""

    content: bytes
    compressed: bytes
    mimetype: str


@dataclass(frozen=True)
class StaticFiles:
    """All files by name, with the digest that stands in their addresses."""

    by_name: Mapping[str, StaticFile]
    digest: str

    def imports_of(self, name: str) -> tuple[str, ...]:
        """Name the scripts that a script imports, and those that they import: a page asks for all of them at once."""
        found: dict[str, None] = {}
        waiting = [name]
        while waiting:
            content = self.by_name[waiting.pop()].content
            new = [each.decode() for each in _IMPORT.findall(content) if each.decode() not in found]
            found.update(dict.fromkeys(new))
            waiting += new
        return tuple(found)


def read_static_files() -> StaticFiles:
    """Read the package's own files, and join the style sheets that are sent as one."""
    folder = files("eiassess.web") / "static"
    contents = {each.name: each.read_bytes() for each in folder.iterdir() if each.name.rpartition(".")[2] in TYPES}
    contents |= {name: b"\n".join(contents[part] for part in parts) for name, parts in SHEETS.items()}
    return static_files(contents)


def static_files(contents: Mapping[str, bytes]) -> StaticFiles:
    """Make the files to serve from their contents."""
    return StaticFiles({name: _file(name, content) for name, content in contents.items()}, _digest(contents.items()))


def _file(name: str, content: bytes) -> StaticFile:
    # Nothing here is secret, so its length tells nobody anything: compressed once, as small as can be.
    return StaticFile(content, gzip.compress(content, 9, mtime=0), TYPES[name.rpartition(".")[2]])


def _digest(contents: Iterable[tuple[str, bytes]]) -> str:
    whole = hashlib.sha256()
    for name, content in sorted(contents):
        whole.update(f"{name}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()[:DIGEST_LENGTH]


def serve_static_files(app: Flask, served: StaticFiles) -> None:
    """Serve the files, and have ``url_for("static", filename=...)`` put the digest into every address."""

    def static(digest: str, filename: str) -> Response:
        file = served.by_name.get(filename)
        if file is None or digest != served.digest:
            abort(404)  # never other content under an address that somebody keeps for a year
        return _answer(file)

    @app.url_defaults
    def _name_digest(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == ENDPOINT:
            values.setdefault("digest", served.digest)

    app.add_url_rule("/static/<digest>/<filename>", ENDPOINT, static)
    app.jinja_env.globals["imports_of"] = served.imports_of


def _answer(file: StaticFile) -> Response:
    packed = bool(request.accept_encodings.quality("gzip"))
    body = file.compressed if packed else file.content
    response = Response(body, mimetype=file.mimetype)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = FOR_A_YEAR
    response.vary.add("Accept-Encoding")
    response.set_etag(hashlib.sha256(body).hexdigest()[:DIGEST_LENGTH])
    response.make_conditional(request)
    return response
