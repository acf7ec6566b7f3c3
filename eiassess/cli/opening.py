"""``eiassess opening ...``."""

import click

from eiassess.banks.catalog import load_form
from eiassess.cli.installation import opened_database, settings, utc_now
from eiassess.services.openings import KEEP_DAYS, add_opening, assign_member, list_openings


@click.group("opening")
def command() -> None:
    """Jobs to fill."""


@command.command("add")
@click.argument("title")
@click.option("--form", "form_name", default="standard-a", show_default=True, help="Form that candidates sit.")
@click.option("--member", "members", multiple=True, metavar="EMAIL", help="Recruiter or hiring manager; repeatable.")
@click.option("--keep-days", default=KEEP_DAYS, show_default=True, help="Days that answers are kept.")
def add(title: str, form_name: str, members: tuple[str, ...], keep_days: int) -> None:
    """Add an opening; prints its id."""
    chosen = settings()
    loaded = load_form(form_name, chosen.bank_folders)
    with opened_database(chosen) as database:
        opening_id = add_opening(database, title, loaded, utc_now(), members=members, keep_days=keep_days)
    click.echo(opening_id)


@command.command("assign")
@click.argument("opening_id")
@click.argument("email")
def assign(opening_id: str, email: str) -> None:
    """Let a recruiter or hiring manager work on an opening."""
    with opened_database(settings()) as database:
        assign_member(database, opening_id, email)


@command.command("list")
def list_all() -> None:
    """List all openings: id, title, candidates, handed in."""
    with opened_database(settings()) as database:
        for opening in list_openings(database):
            click.echo(f"{opening.id}\t{opening.title}\t{opening.n_candidates}\t{opening.n_submitted}")
