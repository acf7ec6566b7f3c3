"""``eiassess serve``."""

import click

from eiassess.cli.installation import opened_database, settings
from eiassess.cli.output import say
from eiassess.cli.serving import check_port, serve_until_stopped


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def command(host: str, port: int) -> None:
    """Serve the web application of this installation."""
    chosen = settings()
    check_port(host, port)
    with opened_database(chosen) as database:
        serve_until_stopped(
            chosen,
            database,
            host,
            port,
            lambda: say(f"EIAssess listens on {host}:{port} and is reached as {chosen.base_url}. Stop it with Ctrl-C."),
        )
    say("Stopped.")
