"""`eiassess bank preview`: a page that opens from disk, with and without the key, and served while one writes."""

import http.client
import re
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from eiassess.cli.bank.preview import preview_server
from eiassess.errors import NotFoundError
from tests.banks.small_bank import FORM_FILE, LOST_KEY, OPTIONS, edit, write_small_bank
from tests.browser import free_port
from tests.cli.conftest import Run
from tests.web.browsing import check_everywhere, started


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_bank(tmp_path / "banks" / "small")


def test_the_candidates_page_holds_no_key_and_needs_no_other_file(run: Run, small: Path) -> None:
    result = run("bank", "preview", str(small), "-o", "page.html")
    page = Path("page.html").read_text(encoding="utf-8")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Wrote page.html\n")
    assert OPTIONS[LOST_KEY]["a"][0] in page
    assert "one more try costs her the call" not in page
    assert "THEORY" not in page
    assert not re.search(r"<script|(src|href)=\"(?!#)", page)
    assert page.count("<article ") == 5


def test_the_authors_page_shows_values_reasons_and_sources(run: Run, small: Path) -> None:
    result = run("bank", "preview", str(small), "lost-key", "--key", "theory-1", "--by-value", "-o", "page.html")
    page = Path("page.html").read_text(encoding="utf-8")
    assert "keep it as safe" in result.stderr
    assert stat.S_IMODE(Path("page.html").stat().st_mode) == 0o600
    assert page.count("THEORY") == 2
    assert re.findall(r'class="value">([^<]+)<', page) == ["5.5", "4.5", "1.5", "1"]
    assert "one more try costs her the call" in page
    assert "A study (<code>own-it</code>)" in page


@pytest.mark.parametrize("used", ["RANK", "PICK_BEST_AND_WORST", "PICK_BEST"])
def test_every_format_can_be_shown(run: Run, small: Path, used: str) -> None:
    text = (small / "bank.toml").read_text().replace("PICK_BEST_AND_WORST", used)
    (small / "bank.toml").write_text(text)
    edit(small, FORM_FILE, r"^format = .*", f'format = "{used}"')
    assert run("bank", "preview", str(small), "--form", "small-a", "-o", "page.html").exit_code == 0
    assert "Which response is best here, and which is worst?" in Path("page.html").read_text(encoding="utf-8")


def test_a_half_written_bank_is_shown_with_a_notice(run: Run, small: Path) -> None:
    edit(small, LOST_KEY, r"^situation = .*\n", "")
    edit(small, LOST_KEY, r'^text = "You ask', 'text = "<b>You</b> ask')
    assert run("bank", "preview", str(small), "-o", "page.html").exit_code == 0
    page = Path("page.html").read_text(encoding="utf-8")
    assert f"<code>{LOST_KEY}</code> <code>situation</code>: is missing." in page
    assert "&lt;b&gt;You&lt;/b&gt; ask" in page


def test_a_bank_of_nothing_says_where_to_begin(run: Run) -> None:
    Path("nothing").mkdir()
    assert run("bank", "preview", "nothing", "-o", "page.html").exit_code == 0
    assert "No scenario can be read yet" in Path("page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "give either -o FILE or --serve"),
        (("-o", "a.html", "--serve"), "give either -o FILE or --serve"),
        (("-o", "/dev/null"), "is no file; name a page to write"),
        (("lost", "-o", "a.html"), "no scenario 'lost'"),
        (("--key", "k", "--serve"), "no key 'k'"),
    ],
)
def test_what_is_refused_is_said(run: Run, small: Path, words: tuple[str, ...], said: str) -> None:
    result = run("bank", "preview", str(small), *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_taken_port_is_one_line(run: Run, small: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        result = run("bank", "preview", str(small), "--serve", "--port", port)
    assert result.exit_code == 2
    assert result.stderr == (
        f"Error: Port {port} on 127.0.0.1 cannot be used (Address already in use); choose another with --port\n"
    )


@contextmanager
def serving(html: list[str]) -> Iterator[int]:
    def page() -> str:
        if not html:
            message = "The bank has no form <b>"
            raise NotFoundError(message)
        return html[-1]

    server = preview_server(page, 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def get(port: int, path: str, host: str | None = None) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{port}"})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body, answer.headers.get("Content-Security-Policy", "")


def test_the_served_page_follows_what_is_saved() -> None:
    html = ["<p>One"]
    with serving(html) as port:
        assert get(port, "/")[:2] == (200, "<p>One")
        before = get(port, "/state")[1]
        html.append("<p>Two")
        assert get(port, "/")[1] == "<p>Two"
        assert get(port, "/state")[1] != before
        assert "location.reload" in get(port, "/live.js")[1]
        assert "default-src 'none'" in get(port, "/")[2]
        html.clear()
        status, body, _ = get(port, "/")
        assert (status, "no form &lt;b&gt;" in body) == (200, True)
        assert get(port, "/bank.toml")[0] == 404


def test_no_other_site_reads_it_by_a_name_of_its_own() -> None:
    with serving(["<p>key"]) as port:
        assert get(port, "/", f"localhost:{port}")[0] == 200
        for host in (f"evil.example:{port}", "evil.example", ""):
            status, body, _ = get(port, "/", host or " ")
            assert status == 421
            assert "<p>key" not in body


def test_serving_until_ctrl_c(small: Path) -> None:
    port = free_port()
    words = [sys.executable, "-m", "eiassess", "bank", "preview", str(small), "--serve", "--port", str(port)]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert f"The preview is at http://127.0.0.1:{port}/" in process.stderr.readline()
        assert "small-a" not in (page := _wait_for(port))
        assert "lost-key" in page
        edit(small, LOST_KEY, r"^title = .*", 'title = "Newly named"')
        assert "Newly named" in get(port, "/")[1]
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == "Stopped.\n"
    assert process.returncode == 0


def _wait_for(port: int) -> str:
    for _ in range(100):
        try:
            return get(port, "/")[1]
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise AssertionError


def test_nothing_is_wrong_with_the_page_in_a_browser(run: Run, small: Path, tmp_path: Path) -> None:
    edit(small, LOST_KEY, r'^text = "You ask', 'txt = "You ask')
    assert run("bank", "preview", str(small), "--key", "theory-1", "-o", "page.html").exit_code == 0
    with started() as browser:
        page = browser.new_page()
        page.goto(f"file://{tmp_path}/page.html")
        check_everywhere(page, "A small bank")
        page.locator("#cold-soup-a-3").check(force=True)
        page.locator("#lost-key-b-3").check(force=True)
        assert page.locator("#cold-soup-a-3").is_checked(), "choices of one scenario leave those of another alone"
