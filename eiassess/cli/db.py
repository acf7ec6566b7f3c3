"""``eiassess db ...``."""

from functools import partial
from pathlib import Path

import click

from eiassess.cli.installation import backup_folder, opened_database, secret_key, settings, utc_now
from eiassess.cli.output import say
from eiassess.config import Settings
from eiassess.domain.names import isolated
from eiassess.persistence.migrations import pending_revisions, upgrade_database
from eiassess.services import Database
from eiassess.services.differences.estimates import draw_again
from eiassess.services.sitting.listed import list_areas
from eiassess.services.upkeep.backups import BackupFolder
from eiassess.services.upkeep.erasure import carry_out_wishes
from eiassess.services.upkeep.foretelling import Foretold, foretell_all
from eiassess.services.upkeep.restoring import Place, restore
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
@click.option(
    "--dry-run", is_flag=True, help="Delete nothing: say of each opening how many would go, and when the next."
)
def delete_expired_candidates(*, dry_run: bool) -> None:
    """Delete candidates whose data were kept as long as was promised; ``serve`` does so every hour.

    Those too who asked to be erased while a duty held their records, if that has ended.
    """
    now = utc_now()
    with opened_database(settings()) as database:
        if dry_run:
            for each in foretell_all(database, now):
                click.echo("\t".join(map(str, _line(each))))
            return
        count = delete_expired(database, now) + carry_out_wishes(database, now)
    say(f"Deleted {count} candidates.")


def _line(each: Foretold) -> tuple[object, ...]:
    """Give an opening's id and title, how many would go now, how many are held, and when how many go next."""
    following = f"{each.next_at:%Y-%m-%d}" if each.next_at else "-"
    return each.opening_id, isolated(each.title), each.n_due, each.n_held, following, each.n_next


@command.command("backup")
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
def backup(folder: Path | None) -> None:
    """Copy the database into FOLDER, also while it is used; prints the file.

    Without FOLDER into EIASSESS_BACKUPS, where copies are deleted by themselves after EIASSESS_BACKUP_DAYS days. The
    secret key and keys of your own banks are not in it.
    """
    chosen = settings()
    with opened_database(chosen) as database:
        usual = backup_folder(chosen)
        where = BackupFolder(folder, chosen.backup_days) if folder else usual
        click.echo(where.make(database, utc_now()))


@command.command("backups")
def list_backups() -> None:
    """List the copies in EIASSESS_BACKUPS: file, when it was made, when it is deleted, bytes."""
    folder = backup_folder(settings())
    for each in folder.list():
        click.echo(f"{each.path}\t{each.made_at:%Y-%m-%d %H:%M}\t{folder.goes_at(each):%Y-%m-%d}\t{each.n_bytes}")


@command.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of the database that is there.")
def restore_backup(file: Path, *, replace: bool) -> None:
    """Put a copy in the place of the database; stop everything that uses it before.

    Whoever was erased since the copy was made is erased from it before it is opened.
    """
    chosen = settings()
    place = Place(chosen.database_url, backup_folder(chosen), partial(secret_key, chosen))
    again = restore(place, file, utc_now(), replace=replace)
    prepare_database(chosen)
    say(f"Restored. Erased once more: {again}.")


def prepare_database(chosen: Settings) -> None:
    """Bring the database's schema up to date, and what lists are sorted by."""
    upgrade_database(chosen.database_url)
    database = Database(chosen.database_url)
    try:
        list_areas(database)
        draw_again(database)
    finally:
        database.close()
