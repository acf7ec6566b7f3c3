"""``eiassess bank preview``."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path

import click

from eiassess._resources import data_folder
from eiassess.banks.authoring.previewing import Notice, PreviewChoice, bank_preview
from eiassess.banks.checks.content import read_content
from eiassess.banks.checks.files import read_bank_files
from eiassess.banks.checks.findings import Severity
from eiassess.cli.bank.check import find_bank
from eiassess.cli.bank.places import bank_settings
from eiassess.cli.output import say
from eiassess.domain.digests import digest_of
from eiassess.errors import EIAssessError, RefusedError, SetupError
from eiassess.reporting.bank_preview import preview_html
from eiassess.whole_files import OPEN_FILE, SECRET_FILE, write_whole

HOST = "127.0.0.1"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class _Page:
    """A page that can be made again and again."""

    bank: Path
    choice: PreviewChoice
    key_folders: tuple[Path, ...]

    def html(self, *, live: bool = False) -> str:
        read = read_bank_files(self.bank, self.key_folders)
        content, complaints = read_content(read)
        notices = (
            Notice(each.file or content.name, each.field, f"{each.message}. {each.mend}")
            for each in (*read.findings, *complaints)
            if each.severity is Severity.ERROR
        )
        return preview_html(bank_preview(content, notices, self.choice), _styles(), live=live)


@click.command("preview")
@click.argument("path")
@click.argument("scenario", required=False, default="")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Page to write.")
@click.option("--key", default="", metavar="KEY", help="Show what this key says of each option, for authors only.")
@click.option("--form", default="", metavar="FORM", help="Show the scenarios of this form, in its order and format.")
@click.option("--by-value", is_flag=True, help="Sort what the key says by value instead of as in the file.")
@click.option("--serve", is_flag=True, help="Show the page in a browser, anew after each save.")
@click.option("--port", default=8400, show_default=True, type=click.IntRange(1, 65535), help="Port for --serve.")
def command(
    path: str, scenario: str, key: str, form: str, output: Path | None, port: int, *, by_value: bool, serve: bool
) -> None:
    """Show a bank as candidates see it: one page that opens without a server.

    PATH is a bank's folder, or the name of one in the folders of EIASSESS_BANKS; SCENARIO shows only that one. A bank
    that is half written is shown as far as it can be read, with a note where it cannot.
    """
    if serve == (output is not None):
        message = "give either -o FILE or --serve"
        raise click.UsageError(message)
    page = _Page(
        find_bank(path).resolve(), PreviewChoice(scenario, form, key, by_value=by_value), bank_settings().key_folders
    )
    if serve:
        _serve(page, port)
    elif output is not None:
        if output.exists() and not output.is_file():
            message = f"{output} is no file; name a page to write"
            raise RefusedError(message)
        write_whole(output.absolute(), page.html().encode(), SECRET_FILE if key else OPEN_FILE)
        say(f"Wrote {output}{': it shows the key, keep it as safe' if key else ''}")


def _styles() -> str:
    static = files("eiassess.web") / "static"
    sheets = [(static / name).read_text(encoding="utf-8") for name in ("app.css", "candidate.css")]
    return "\n".join((*sheets, _own_file("preview.css")))


def _own_file(name: str) -> str:
    return (data_folder("templates") / "author" / name).read_text(encoding="utf-8")


def _serve(page: _Page, port: int) -> None:
    page.html(live=True)  # a wrong name is said here, not in the browser
    server = preview_server(lambda: page.html(live=True), port)
    say(f"The preview is at http://{HOST}:{port}/ and follows what you save. Stop it with Ctrl-C.")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        server.server_close()


def preview_server(html: Callable[[], str], port: int) -> ThreadingHTTPServer:
    """Make a server that renders the page anew for each request, for this machine only.

    Raises
    ------
    SetupError
        Something else listens there.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            # A page of another site must not read the key by a name that it points at this machine.
            if (self.headers.get("Host") or "").rpartition(":")[0] not in {HOST, "localhost"}:
                self.send_error(421)
                return
            match self.path:
                case "/":
                    self._answer("text/html", _page_or_notice(html))
                case "/state":
                    self._answer("text/plain", digest_of(_page_or_notice(html)))
                case "/live.js":
                    self._answer("text/javascript", _own_file("live.js"))
                case _:
                    self.send_error(404)

        def _answer(self, kind: str, content: str) -> None:
            body = content.encode()
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            for name, value in HEADERS.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay quiet: the terminal shows only what matters."""

    try:
        return ThreadingHTTPServer((HOST, port), Handler)
    except OSError as error:
        message = f"Port {port} on {HOST} cannot be used ({error.strerror}); choose another with --port"
        raise SetupError(message) from None


def _page_or_notice(html: Callable[[], str]) -> str:
    """Render the page; a form or key that is gone for the moment is said in its place."""
    try:
        return html()
    except EIAssessError as error:
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Preview</title>'
            f'<script type="module" src="/live.js"></script></head><body><p>{escape(str(error))}</p></body></html>'
        )
