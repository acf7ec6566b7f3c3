"""``eiassess opening add`` and its kin: what there is to fill, and who works on it."""

import click

from eiassess.banks.catalog import LoadedForm, load_form
from eiassess.cli.installation import opened_database, settings, utc_now
from eiassess.config import Settings
from eiassess.domain.names import isolated
from eiassess.domain.openings import KEEP_DAYS, MemberPart
from eiassess.services import Database
from eiassess.services.hiring.openings import add_opening, assign_member, list_openings, use_form
from eiassess.services.panels.publishing import with_published_key

KEY = click.option("--key", metavar="ID", help="Published key of an expert panel, in place of the form's own.")

PART_HELP = "What they do in it; repeatable.  [default: what follows from their roles]"


@click.command("add")
@click.argument("title")
@click.option("--form", "form_name", default="standard-a", show_default=True, help="Form that candidates sit.")
@click.option("--member", "members", multiple=True, metavar="EMAIL", help="Recruiter or hiring manager; repeatable.")
@click.option("--keep-days", default=KEEP_DAYS, show_default=True, help="Days that answers are kept.")
@KEY
def add(title: str, form_name: str, members: tuple[str, ...], keep_days: int, key: str | None) -> None:
    """Add an opening; prints its id."""
    chosen = settings()
    with opened_database(chosen) as database:
        loaded = _loaded(chosen, database, form_name, key)
        opening_id = add_opening(database, title, loaded, utc_now(), members=members, keep_days=keep_days)
    click.echo(opening_id)


@click.command("use-form")
@click.argument("opening_id")
@click.argument("form_name", metavar="FORM")
@KEY
def change_form(opening_id: str, form_name: str, key: str | None) -> None:
    """Let those who are invited from now on sit FORM; who was invited before keeps theirs.

    Scores of the two do not compare, unless the new form says under comparable_with that they do.
    """
    chosen = settings()
    with opened_database(chosen) as database:
        use_form(database, opening_id, _loaded(chosen, database, form_name, key), utc_now())


def _loaded(chosen: Settings, database: Database, form_name: str, key: str | None) -> LoadedForm:
    loaded = load_form(form_name, chosen.bank_folders, key_folders=chosen.key_folders)
    return loaded if key is None else with_published_key(database, loaded, key)


@click.command("assign")
@click.argument("opening_id")
@click.argument("email")
@click.option("--part", "parts", multiple=True, type=click.Choice([part.value for part in MemberPart]), help=PART_HELP)
def assign(opening_id: str, email: str, parts: tuple[str, ...]) -> None:
    """Let somebody work on an opening."""
    with opened_database(settings()) as database:
        assign_member(database, opening_id, email, [MemberPart(part) for part in parts])


@click.command("list")
def list_all() -> None:
    """List all openings: id, title, candidates, handed in."""
    with opened_database(settings()) as database:
        for opening in list_openings(database):
            click.echo(f"{opening.id}\t{isolated(opening.title)}\t{opening.n_candidates}\t{opening.n_submitted}")
