"""``eiassess db ...``."""

import click

from eiassess.cli.installation import opened_database, settings, utc_now
from eiassess.cli.output import say
from eiassess.config import Settings
from eiassess.persistence.migrations import pending_revisions, upgrade_database
from eiassess.services import Database
from eiassess.services.differences.estimates import draw_again
from eiassess.services.sitting.listed import list_areas
from eiassess.services.upkeep.retention import delete_expired


@click.group("db")
def command() -> None:
    """Look after the database."""


@command.command("upgrade")
def upgrade() -> None:
    """Bring the database to the schema of this program; safe to run again."""
    chosen = settings()
    pending = pending_revisions(chosen.database_url)
    prepare_database(chosen)
    say(f"Upgraded by {len(pending)} steps." if pending else "Nothing to do: the database is up to date.")


@command.command("delete-expired")
def delete_expired_candidates() -> None:
    """Delete candidates whose data were kept as long as was promised; ``serve`` does so every hour."""
    with opened_database(settings()) as database:
        count = delete_expired(database, utc_now())
    say(f"Deleted {count} candidates.")


def prepare_database(chosen: Settings) -> None:
    """Bring the database's schema up to date, and what lists are sorted by."""
    upgrade_database(chosen.database_url)
    database = Database(chosen.database_url)
    try:
        list_areas(database)
        draw_again(database)
    finally:
        database.close()
