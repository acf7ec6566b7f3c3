"""``eiassess panel ...``."""

from pathlib import Path

import click

from eiassess.banks.catalog import load_form
from eiassess.cli.installation import link_maker, opened_database, settings, utc_now
from eiassess.cli.output import say, write_result
from eiassess.domain.names import isolated
from eiassess.domain.roles import Role
from eiassess.errors import NotFoundError, RefusedError
from eiassess.services import Database
from eiassess.services.panels.experts import VALID_DAYS, invite_experts
from eiassess.services.panels.export import ratings_csv
from eiassess.services.panels.panels import add_panel, list_panels
from eiassess.services.panels.publishing import get_published_toml, list_published
from eiassess.services.people.accounts import find_account

OUTPUT = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write.  [default: standard output]"
)


@click.group("panel")
def command() -> None:
    """Panels of experts who key a form."""


@command.command("list")
def list_all() -> None:
    """List all panels: id, title, form, invited, handed in, open or closed, published keys."""
    with opened_database(settings()) as database:
        for panel in list_panels(database):
            state = "closed" if panel.closed_at else "open"
            cells = (
                panel.id,
                isolated(panel.title),
                panel.form_title,
                panel.n_invited,
                panel.n_finished,
                state,
                panel.n_published,
            )
            click.echo("\t".join(map(str, cells)))


@command.command("add")
@click.argument("form_name", metavar="FORM")
@click.argument("title")
@click.option("--by", required=True, metavar="EMAIL", help="Analyst who runs the panel.")
def add(form_name: str, title: str, by: str) -> None:
    """Add a panel whose experts rate FORM; prints its id."""
    chosen = settings()
    loaded = load_form(form_name, chosen.bank_folders, key_folders=chosen.key_folders)
    with opened_database(chosen) as database:
        click.echo(add_panel(database, _analyst(database, by), title, loaded, utc_now()))


@command.command("invite")
@click.argument("panel_id", metavar="PANEL")
@click.argument("name")
@click.argument("email")
@click.option("--valid-days", default=VALID_DAYS, show_default=True, type=click.IntRange(1, 365))
def invite(panel_id: str, name: str, email: str, valid_days: int) -> None:
    """Invite an expert; prints the link, this once."""
    chosen = settings()
    with opened_database(chosen) as database:
        people, links = [(name, email)], link_maker(chosen)
        (issued,) = invite_experts(database, links, panel_id, people, utc_now(), valid_days=valid_days)
    click.echo(issued.url)


@command.command("export")
@click.argument("panel_id", metavar="PANEL")
@OUTPUT
def export(panel_id: str, output: Path | None) -> None:
    """Write a closed panel's ratings as CSV, experts as numbers; see analyse agreement."""
    with opened_database(settings()) as database:
        text = ratings_csv(database, panel_id)
    write_result(output, [text])
    _tell(output)


@command.command("key")
@click.argument("panel_id", metavar="PANEL")
@OUTPUT
def key_file(panel_id: str, output: Path | None) -> None:
    """Write the newest key that was published from a panel, for a bank's folder of keys."""
    with opened_database(settings()) as database:
        published = list_published(database, panel_id)
        if not published:
            message = f"No key was published from a panel {panel_id!r}; an analyst does so on the panel's page"
            raise NotFoundError(message)
        key, text = get_published_toml(database, published[0].id)
    write_result(output, [text])
    _tell(output)
    if output is not None and output.stem != key.id:
        say(f"In a bank's folder of keys the file has to be named {key.id}.toml")


def _analyst(database: Database, email: str) -> str:
    account = find_account(database, email)
    if account is None:
        message = f"There is no account for {email}; add one with: eiassess user add {email} --role analyst"
        raise NotFoundError(message)
    if Role.ANALYST not in account.roles:
        message = f"{email} is no analyst, so the panel's page would be closed to them"
        raise RefusedError(message)
    return account.id


def _tell(output: Path | None) -> None:
    if output is not None:
        say(f"Wrote {output}")
