"""A real browser on the application of a test."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.browser import launch

if TYPE_CHECKING:
    import re

    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class Quiet(WSGIRequestHandler):
    """Links hold tokens, so no line about requests is written, here as in the real server."""

    def log_request(self, *_details: object) -> None:
        return


@contextmanager
def started() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


class Counted:
    """An application that knows how many calls of it are under way."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.under_way = 0
        self.changed = threading.Condition()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        self._count(1)
        try:
            return self.app(environ, start_response)
        finally:
            self._count(-1)

    def _count(self, by: int) -> None:
        with self.changed:
            self.under_way += by
            self.changed.notify_all()

    def wait(self) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: not self.under_way, timeout=60), "an answer takes for ever"


@contextmanager
def served(app: Flask, port: int = 0) -> Iterator[str]:
    """Serve an application, on any port or on one that its settings name.

    What is still being answered at the end is waited for, or it would outlive its database.
    """
    counted = Counted(app)
    server = make_server("127.0.0.1", port, counted, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    counted.wait()
    server.server_close()


@contextmanager
def opened(browser: Browser, app: Flask, port: int = 0, **options: Any) -> Iterator[BrowserContext]:
    with served(app, port) as address:
        context = browser.new_context(base_url=address, **options)
        context.set_default_timeout(15_000)
        yield context
        context.close()


def vanish(page: Page) -> None:
    """Close a page as a dead battery does: what it would send on leaving gets nowhere either.

    A browser that is set offline is so for its pages only: the last request of a page that is closed outlives it, and
    sometimes gets through.
    """
    page.evaluate("window.fetch = () => new Promise(() => {}); null")
    page.close(run_before_unload=False)


def check_everywhere(page: Page, heading: "str | re.Pattern[str]") -> None:
    """The page says this, and axe finds nothing on a phone and on a desk, light and dark."""
    expect(page.locator("h1")).to_have_text(heading)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{heading} at {width}"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{heading}, {width}, {scheme}: {found.generate_report()}"
