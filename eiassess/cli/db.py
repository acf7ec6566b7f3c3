"""``eiassess db ...``."""

import click

from eiassess.cli.installation import prepare_database, settings
from eiassess.cli.output import say
from eiassess.persistence.migrations import pending_revisions


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
