"""A real browser and a real demo to point it at."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
READY_WITHIN_SECONDS = 240


@dataclass(frozen=True)
class Demo:
    """A demo that runs: where to go and how to sign in."""

    base: str
    invitation: str
    opening: str
    hiring: str
    recruiter: tuple[str, str]
    manager: tuple[str, str]
    panel: str
    analyst: tuple[str, str]
    running: str
    contact: tuple[str, str]
    asking: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_demo(folder: Path) -> Iterator[Demo]:
    """Start `eiassess demo` as a new user would, and stop it as one would, with Ctrl-C."""
    port, words = free_port(), folder / "words"
    with words.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "eiassess", "demo", "--port", str(port)],
            stderr=file,
            stdout=subprocess.PIPE,
            env={**os.environ, "EIASSESS_INSTANCE": str(folder / "instance")},
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/", process, words)
        yield _addresses(words.read_text(), f"http://127.0.0.1:{port}")
    finally:
        process.send_signal(signal.SIGINT)
        printed, _ = process.communicate(timeout=30)
    said = words.read_text()
    assert "Traceback" not in said, said
    assert process.returncode == 0, said
    assert printed == b""


def _wait_for(address: str, process: subprocess.Popen[bytes], words: Path) -> None:
    for _ in range(READY_WITHIN_SECONDS * 10):
        assert process.poll() is None, words.read_text()
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.1)
    message = f"the demo did not answer: {words.read_text()}"
    raise AssertionError(message)


def _addresses(words: str, base: str) -> Demo:
    (recruiter, contact, manager, analyst, _administrator) = re.findall(r"(\S+@\S+)\s+password (\S+)", words)
    found = {
        name: re.search(rf"{re.escape(base)}/{name}\S*", words) for name in ("i/", "openings/", "hiring", "panels/")
    }
    invitation, opening, hiring, panel = (each.group() if each else "" for each in found.values())
    _, running, asking = re.findall(rf"{re.escape(base)}/openings/\S*", words)
    return Demo(base, invitation, opening, hiring, recruiter, manager, panel, analyst, running, contact, asking)


def launch(playwright: Playwright) -> Browser:
    chromium = shutil.which("chromium")
    assert chromium, "install Debian's package chromium, or run ./ei test, which does"
    return playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))


@contextmanager
def watched_page(browser: Browser, **options: Any) -> Iterator[Page]:
    """Open a page in a context of its own, and see at the end that its scripts had no error."""
    context = browser.new_context(reduced_motion="reduce", **options)
    opened = context.new_page()
    problems: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # a page that answers with 400 on purpose, such as one without consent, is noted by the browser as well
        if message.type == "error" and "Failed to load resource" not in message.text:
            problems.append(message.text)

    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", note)
    yield opened
    context.close()
    assert problems == []


def check_page(page: Page) -> None:
    """No violation of WCAG 2.2 AA in light and dark, one h1, and nothing wider than the screen."""
    assert page.locator("h1").count() == 1, page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{page.url} scrolls sideways"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of playwright's words
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG_22_AA}})
        assert found.violations_count == 0, f"{page.url} in {scheme}:\n{found.generate_report()}"
    page.emulate_media(color_scheme="light")


def sign_in(page: Page, demo: Demo, who: tuple[str, str]) -> None:
    page.goto(f"{demo.base}/sign-in")
    page.get_by_label("E-mail").fill(who[0])
    page.get_by_label("Password").fill(who[1])
    page.get_by_role("button", name="Sign in").click()
