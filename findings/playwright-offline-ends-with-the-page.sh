#!/usr/bin/env bash
# A browser context that is set offline now and then lets the last request of a closed page through.
#
# One would guess: after context.set_offline(True) nothing that a page sends reaches a server until it is set back; so a test that
#   closes a tab while offline shows what a person on a dead network loses.
# What is true (playwright 1.65.2 for Python with Chromium): a plain fetch of the page fails, as it should. But a fetch with
#   keepalive that is sent while the page is being hidden and closed outlives the page, the emulation of being offline does not,
#   and in some of the tries the request arrives, with the context still set offline.
# Why it matters here: an assessment saves on leaving the page. A test of "offline, the tab closed, all is there when the link is
#   opened again" then tests something else: now and then the server has had the answers all along. We stop the page's fetch
#   before closing it (vanish, in tests/web/browsing.py).
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet playwright==1.65.2
cd "$room"
"$room/venv/bin/python" - <<'PYTHON'
import os
import shutil
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

from playwright.sync_api import sync_playwright

arrived = []
PAGE = b"""<!doctype html><title>page</title><script>
const leave = () => fetch("/last", {method: "POST", keepalive: true, body: "answers"}).catch(() => {});
addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => document.hidden && leave());
</script>"""


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE)

    def do_POST(self):
        arrived.append(self.path)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *words):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
path = shutil.which("chromium") or os.environ.get("CHROMIUM")
if not path:
    sys.exit("Needs Debian's chromium, or its path in CHROMIUM.")
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    print("playwright", version("playwright"), "chromium", browser.version)
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.server_port}")
    plain, tries = set(), 0
    while not arrived and tries < 60:
        tries += 1
        context.set_offline(False)
        page = context.new_page()
        page.goto("/")
        context.set_offline(True)
        plain.add(page.evaluate("fetch('/plain', {method: 'POST'}).then(() => 'answered', () => 'failed')"))
        page.close(run_before_unload=False)
        time.sleep(0.5)
    print("plain requests while offline:", *plain)
    print("the last request of a closed page, still offline:", f"arrived in try {tries}" if arrived else "never arrived")
    browser.close()
sys.exit(not (plain == {"failed"} and set(arrived) == {"/last"}))
PYTHON
