"""How much travels to open a page with nothing at hand: bytes on a real socket, and round trips."""

import gzip
import http.client
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import Flask

from eiassess.cli.serving import listening_server
from eiassess.web.shell.context import Installation

BROWSER = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "en-GB,en;q=0.5",
}
NAMED = re.compile(r'<(?:link|script)\b[^>]*?(?:href|src)="(/static/[^"]+)"')
IMPORTED = re.compile(r'^(?:import|export)\b[^;]*?"\./([\w.-]+)"', re.MULTILINE)


@dataclass(frozen=True)
class Arrived:
    """What came back: the bytes of head and body as they travelled, and what they say."""

    path: str
    status: int
    head_bytes: int
    body_bytes: int
    text: str
    headers: Mapping[str, str]

    @property
    def on_the_wire(self) -> int:
        return self.head_bytes + self.body_bytes


@dataclass
class Visitor:
    """A browser that has nothing yet: it keeps cookies and files, and asks for what a page names."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)

    def get(self, path: str) -> Arrived:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request("GET", path, headers=BROWSER | ({"Cookie": cookie} if cookie else {}))
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        for each in answer.headers.get_all("Set-Cookie", []):
            name, _, value = each.partition(";")[0].partition("=")
            self.cookies[name] = value
        head = sum(len(f"{name}: {value}\r\n") for name, value in answer.getheaders())
        status_line = len(f"HTTP/1.1 {answer.status} {answer.reason}\r\n\r\n")
        text = (gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body).decode()
        return Arrived(path, answer.status, status_line + head, len(body), text, dict(answer.getheaders()))

    def visit(self, path: str) -> list[list[Arrived]]:
        """Open an address; each list is what was asked for at once, a round trip."""
        trips = [[self.get(path)]]
        while trips[-1][0].status == 303:
            trips.append([self.get(trips[-1][0].headers["Location"])])
        wanted = self._new(NAMED.findall(trips[-1][0].text))
        while wanted:
            trips.append([self.get(each) for each in wanted])
            wanted = self._new([path for each in trips[-1] for path in _imports(each)])
        return trips

    def _new(self, paths: list[str]) -> list[str]:
        new = [path for path in dict.fromkeys(paths) if path not in self.kept]
        self.kept.update(new)
        return new


def _imports(file: Arrived) -> list[str]:
    folder = file.path.rpartition("/")[0]
    return [f"{folder}/{name}" for name in IMPORTED.findall(file.text)] if file.path.endswith(".js") else []


@contextmanager
def served(app: Flask, installation: Installation) -> Iterator[int]:
    """Serve as ``eiassess serve`` does, and give the port."""
    server = listening_server(app, installation.settings, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.trigger.pull_trigger(server.close)
        thread.join(10)
    assert not thread.is_alive()
