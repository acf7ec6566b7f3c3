"""Running the web server until somebody stops it."""

import signal
import socket
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ErrorTask

from eiassess.cli.installation import backup_folder, secret_key, utc_now
from eiassess.cli.watching import worker_beside
from eiassess.config import Settings
from eiassess.errors import SetupError
from eiassess.persistence.engine import Database
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services.auditing.looks import LookBook
from eiassess.services.upkeep.promises import Promises
from eiassess.web.app import create_app
from eiassess.web.shell.auditing import look_book
from eiassess.web.shell.context import Installation
from eiassess.web.shell.security import headers_of_every_answer

THREADS = 8
SECONDS_BETWEEN_SWEEPS = 60
SECONDS_BETWEEN_LOOKS = 1
"""How long what people look at waits to be entered: as long as a power cut can take away."""
MOST_BYTES = 6_000_000
"""Of a request: what is larger is not even taken in. The application refuses what is larger than its view takes with a
page of its own; no view may take more than this."""


def check_port(host: str, port: int) -> None:
    """See that the port is free before anything else is done.

    Raises
    ------
    SetupError
        Something else listens there, or it may not be used.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = f"Port {port} on {host} cannot be used ({error.strerror}); choose another with --port"
            raise SetupError(message) from None


def serve_until_stopped(
    chosen: Settings, database: Database, host: str, port: int, on_ready: Callable[[], None]
) -> None:
    """Serve the web application; Ctrl-C and SIGTERM end it after the requests under way."""
    renderer = PdfRenderer()
    app = create_app(Installation(chosen, database, utc_now, renderer, secret_key(chosen)))
    server = listening_server(app, chosen, host, port)
    signal.signal(signal.SIGTERM, _stop)
    stopped = threading.Event()
    threading.Thread(target=_keep_promises, args=(chosen, database, stopped), daemon=True).start()
    looks = look_book(app)
    writer = threading.Thread(target=_write_looks, args=(looks, stopped), daemon=True)
    writer.start()
    try:
        with worker_beside(chosen):
            on_ready()
            server.run()  # returns on a KeyboardInterrupt
    except KeyboardInterrupt:
        pass  # it came before or after that
    finally:
        stopped.set()
        server.close()
        writer.join()
        looks.write(utc_now())
        renderer.close()


def listening_server(app: Flask, chosen: Settings, host: str, port: int) -> Any:  # noqa: ANN401 - waitress has no types
    """Make the web server; it believes what a proxy says of the caller's address only if that proxy is configured."""
    proxy = {"trusted_proxy": chosen.trusted_proxy, "trusted_proxy_headers": "x-forwarded-for"}
    server = create_server(
        app,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        max_request_body_size=MOST_BYTES,
        **(proxy if chosen.trusted_proxy else {}),
    )
    server.channel_class = _channel_class(chosen)
    return server


def _channel_class(chosen: Settings) -> type[HTTPChannel]:
    """Have what the server refuses before the application is asked carry the same headers."""
    headers = {**headers_of_every_answer(https=chosen.is_https), "Cache-Control": "no-store"}

    class Refusal(ErrorTask):
        def execute(self) -> None:
            self.response_headers.extend(headers.items())
            super().execute()  # type: ignore[no-untyped-call]  # waitress has no types

    class Channel(HTTPChannel):
        error_task_class = Refusal

    return Channel


def _keep_promises(chosen: Settings, database: Database, stopped: threading.Event) -> None:
    """Hand in for whoever's time is over, every minute, and delete what is not to be kept any longer, every hour."""
    promises = Promises(backups=backup_folder(chosen))
    while True:
        promises.keep(database, utc_now())
        if stopped.wait(SECONDS_BETWEEN_SWEEPS):
            return


def _write_looks(looks: LookBook, stopped: threading.Event) -> None:
    """Enter what people have looked at, every second and apart from their requests."""
    while not stopped.wait(SECONDS_BETWEEN_LOOKS):
        looks.write(utc_now())


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
