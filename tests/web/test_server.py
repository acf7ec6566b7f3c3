"""The server as it listens: what it takes in, and whom it believes."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask import Flask, request

from eiassess.cli.serving import MOST_BYTES, listening_server
from eiassess.config import settings_from_environment
from eiassess.errors import SetupError
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import Installation
from eiassess.web.shell.security import HEADERS

Ask = Callable[..., http.client.HTTPResponse]


def origin() -> str:
    return f"{request.remote_addr} {request.scheme} {request.host} {request.script_root}"


@contextmanager
def listening(app: Flask, installation: Installation, proxy: str) -> Iterator[Ask]:
    app.add_url_rule("/planted", "planted", requires(Permission.PUBLIC)(origin))
    server = listening_server(app, replace(installation.settings, trusted_proxy=proxy), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    connections = []

    def ask(method: str, path: str, **what: object) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=10)
        connections.append(connection)
        connection.request(method, path, **what)  # type: ignore[arg-type]  # headers or a body
        return connection.getresponse()

    try:
        yield ask
    finally:
        for connection in connections:
            connection.close()
        server.trigger.pull_trigger(server.close)
        thread.join(10)
    assert not thread.is_alive()


SAYING = {
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Prefix": "/evil",
    "X-Real-IP": "203.0.113.8",
}


@pytest.mark.parametrize(("proxy", "believed"), [("", "127.0.0.1"), ("127.0.0.1", "203.0.113.7"), ("::1", "127.0.0.1")])
def test_a_proxy_is_believed_if_it_is_configured_and_only_about_the_address(
    app: Flask, installation: Installation, proxy: str, believed: str
) -> None:
    with listening(app, installation, proxy) as ask:
        said = ask("GET", "/planted", headers=SAYING).read().decode().split(" ")
    assert said[0] == believed
    assert said[1] == "http"
    assert said[2].startswith("127.0.0.1:")
    assert said[3] == ""


def test_what_is_far_too_large_is_not_even_taken_in(app: Flask, installation: Installation) -> None:
    with listening(app, installation, "") as ask:
        refused = ask("POST", "/sign-in", headers={"Content-Length": str(MOST_BYTES + 1)})
        assert refused.status == 413
        check_server_answer(refused)
        page = ask(
            "POST", "/sign-in", body="x" * 300_000, headers={"Content-Type": "application/x-www-form-urlencoded"}
        )
        assert page.status in {400, 413}
        assert page.headers["Content-Security-Policy"]
        assert "Server" not in page.headers


def check_server_answer(answer: http.client.HTTPResponse) -> None:
    """Hold what the server says before the application is asked to the same headers."""
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["Cache-Control"] == "no-store"
    assert "waitress" not in answer.read().decode()


def test_what_is_no_http_is_refused_with_all_headers(app: Flask, installation: Installation) -> None:
    with listening(app, installation, "") as ask:
        refused = ask("GET", "/", headers={"Transfer-Encoding": "nonsense"})
        assert refused.status in {400, 501}
        check_server_answer(refused)


def test_the_proxy_is_an_address(installation: Installation) -> None:
    folder = installation.settings.instance
    assert settings_from_environment({"EIASSESS_TRUSTED_PROXY": "10.0.0.1"}, folder, folder).trusted_proxy == "10.0.0.1"
    assert settings_from_environment({}, folder, folder).trusted_proxy == ""
    with pytest.raises(SetupError, match="EIASSESS_TRUSTED_PROXY is '\\*'"):
        settings_from_environment({"EIASSESS_TRUSTED_PROXY": "*"}, folder, folder)
