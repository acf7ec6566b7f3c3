"""``eiassess worker``."""

import click

from eiassess.cli.installation import backup_folder, link_maker, opened_database, secret_key, settings, utc_now
from eiassess.cli.output import say
from eiassess.config import Settings
from eiassess.services import Database
from eiassess.services.mailing.sources import MailSources
from eiassess.services.upkeep.promises import Promises
from eiassess.worker.consuming import consume
from eiassess.worker.loop import WorkPlace, work_off
from eiassess.worker.mails import MailWork
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
        place = _work_place(chosen, database)
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


def _work_place(chosen: Settings, database: Database) -> WorkPlace:
    promises = Promises(backups=backup_folder(chosen))
    if chosen.mail is None:
        return WorkPlace(database, utc_now, promises=promises)
    sources = MailSources(link_maker(chosen), chosen.contact, to_reader=True)
    mail = MailWork(database, sources, chosen.mail, chosen.host, utc_now)
    return WorkPlace(database, utc_now, mail, promises=promises)


def _nothing(_words: str) -> None:
    """Say nothing."""
