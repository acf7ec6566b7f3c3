"""``eiassess worker``."""

import click

from eiassess.cli.installation import opened_database, secret_key, settings, work_place
from eiassess.cli.output import say
from eiassess.worker.consuming import consume
from eiassess.worker.loop import work_off
from eiassess.worker.queue import open_queue


@click.command("worker")
@click.option("--once", is_flag=True, help="Work off what is due, then end.")
@click.option("--watched", is_flag=True, hidden=True, help="End with the process that started this one.")
def command(*, once: bool, watched: bool) -> None:
    """Send mails and do what else is due, until stopped; `serve` starts one by itself.

    More of them share the work. Ctrl-C and SIGTERM end one after what it is at.
    """
    chosen = settings()
    with opened_database(chosen) as database:
        place = work_place(chosen, database)
        if once:
            work_off(place)
            return
        secret = secret_key(chosen)
        tell = _nothing if watched else say  # beside a server it has nothing to add
        tell("The worker is ready. Stop it with Ctrl-C.")
        consume(
            lambda work: open_queue(chosen.queue_url, secret, work),
            lambda stopping: work_off(place, stopping),
            watched=watched,
        )
    tell("The worker has stopped.")


def _nothing(_words: str) -> None:
    """Say nothing."""
