"""The program opens no address but those of its mail server, its sign-in provider, its database and its queue.

Which modules can open connections is read from the source. And a server at work, with its worker and the process that
makes PDFs, tells of every connection and every name that it looks up: an audit hook of Python's notes them. PostgreSQL
is reached by its own library, which no such hook hears; SQLite is used here, so that mail alone is left.
"""

import ast
import json
import re
import shutil
import signal
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from eiassess.persistence.tables import AssessmentSessionRecord
from eiassess.services import Database
from eiassess.services.hiring.releases import release_candidate
from tests.cli.installation.test_serving import page, started, stop
from tests.databases import free_port
from tests.hiring_story import PASSWORD, Story, tell_story
from tests.mail_host import MailHost, running
from tests.mailing import ask, order
from tests.worker_process import environment

ROOT = Path(__file__).parents[2]
CLIENTS = frozenset({
    "aiohttp", "asyncio", "authlib", "boto3", "ftplib", "http", "httplib2", "httpx", "imaplib", "nntplib", "paramiko",
    "poplib", "pycurl", "requests", "sentry_sdk", "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib",
    "urllib3", "webbrowser", "websocket", "websockets", "xmlrpc",
})  # fmt: skip
HARMLESS = frozenset({"http.HTTPStatus", "urllib.parse"})
"""What opens nothing: codes by name, and addresses taken apart."""
KNOWN = {
    "eiassess/mail/smtp.py": {"smtplib", "ssl"},
    "eiassess/cli/bank/preview.py": {"http"},
    "eiassess/cli/serving.py": {"socket"},
    "eiassess/oidc/asking.py": {"authlib", "requests", "urllib3"},
    "eiassess/oidc/conversation.py": {"authlib"},
    "eiassess/oidc/tokens.py": {"authlib"},
}
"""Mails to the server of the settings, and sign-in by the provider of the settings; the other two only listen.

Whoever adds one says in docs/privacy.md why.
"""


def clients_in(source: str) -> set[str]:
    """Name the modules of a source that can open connections."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [f"{node.module}.{each.name}" for each in node.names]
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func)
            names = [str(node.args[0].value)] if called.endswith(("import_module", "__import__")) else []
        for name in names:
            is_harmless = any(name == each or name.startswith(f"{each}.") for each in HARMLESS)
            if name.partition(".")[0] in CLIENTS and not is_harmless:
                found.add(name.partition(".")[0])
    return found


def test_only_known_places_can_open_connections() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): clients
        for path in sorted((ROOT / "eiassess").rglob("*.py"))
        if (clients := clients_in(path.read_text("utf-8")))
    }
    assert found == KNOWN


@pytest.mark.parametrize(
    "source",
    [
        "import urllib.request",
        "from urllib.request import urlopen",
        "from urllib import request",
        "import requests",
        "from http.client import HTTPSConnection",
        "def ask():\n    import httpx",
        "import importlib\nimportlib.import_module('socket')",
    ],
)
def test_a_planted_client_is_found(source: str) -> None:
    assert clients_in(source)


def test_what_opens_nothing_is_let_through() -> None:
    assert clients_in("from urllib.parse import quote\nfrom http import HTTPStatus\nimport urllib.parse") == set()


# Read by every Python that starts with the folder on its path: the server, its worker, the process that makes PDFs.
LISTENER = """
import json, os, sys

def _listen():
    log = os.open(os.environ["EIASSESS_TEST_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    heard = {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}

    def note(event, given):
        os.write(log, (json.dumps([os.getpid(), event, [str(each) for each in given]]) + "\\n").encode())

    note("starts", sys.argv)
    sys.addaudithook(lambda event, given: note(event, given[:2]) if event in heard else None)

_listen()
"""


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which every Python that is started from now on notes its connections."""
    folder = tmp_path / "listener"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(LISTENER)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("EIASSESS_TEST_LOG", str(tmp_path / "log"))
    return tmp_path / "log"


@pytest.fixture
def host() -> Iterator[MailHost]:
    with running(MailHost()) as made:
        yield made


@pytest.fixture
def story(tmp_path: Path, sqlite_template: Path) -> Iterator[Story]:
    database = Database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'eiassess.sqlite')}")
    yield tell_story(database)
    database.close()


def released(story: Story) -> str:
    """Return the sitting of somebody who handed in just now and was released: the server's clock is the real one."""
    sam, now = story.submitted("Sam"), datetime.now(UTC)
    with story.database.writing() as db:
        db.get_one(AssessmentSessionRecord, sam.session_id).submitted_at = now
    release_candidate(story.database, story.alice, sam.session_id, now)
    return sam.session_id


def browse(address: str, token: str, report: str) -> bytes:
    """Do as a candidate does, then as a manager; return the report that the manager downloads."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    for path in (f"/i/{token}", "/sit/notice", "/sit/own", "/practice", "/sign-in"):
        with browser.open(address + path, timeout=60) as answer:
            text = answer.read().decode()
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
    assert found
    typed = {"email": "dana@example.org", "password": PASSWORD, "csrf_token": found[1]}
    with browser.open(f"{address}/sign-in", urllib.parse.urlencode(typed).encode(), timeout=60) as answer:
        assert answer.url.endswith("/hiring")
    with browser.open(address + report, timeout=120) as answer:
        return bytes(answer.read())


def heard_in(log: Path) -> list[tuple[int, str, list[str]]]:
    entries: list[Any] = [json.loads(line) for line in log.read_text().splitlines()]
    return [(pid, event, given) for pid, event, given in entries]


def test_a_server_at_work_connects_to_its_mail_server_alone(
    story: Story, host: MailHost, tmp_path: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, report, arrived = free_port(), f"/hiring/{released(story)}.pdf", Event()
    casey = story.invite("Casey", now=datetime.now(UTC))
    ask(story, [order(story, casey)], now=datetime.now(UTC))
    host.says = lambda command, _address: arrived.set() if command == "DATA" else None
    address = f"http://127.0.0.1:{port}"
    for name, value in (environment(story, host, tmp_path) | {"EIASSESS_BASE_URL": address}).items():
        if name.startswith("EIASSESS_"):
            monkeypatch.setenv(name, value)
    with started("serve", "--port", str(port)) as process:
        page(f"{address}/sign-in", process)
        assert browse(address, casey.token, report).startswith(b"%PDF")
        assert arrived.wait(60)
        stop(process, signal.SIGINT)
    heard = heard_in(log)
    assert len({pid for pid, event, _ in heard if event == "starts"}) >= 3, "server, worker and reports all listen"
    outside = {(event, *given[event == "socket.connect" :]) for _, event, given in heard if event != "starts"}
    mail = ("socket.connect", f"('127.0.0.1', {host.port})")
    looked_up = {("socket.getaddrinfo", "127.0.0.1", str(each)) for each in (port, host.port)}
    assert outside - looked_up == {mail}, outside
