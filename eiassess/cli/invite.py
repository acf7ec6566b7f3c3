"""``eiassess invite ...``."""

import click

from eiassess.cli.installation import link_maker, opened_database, settings, utc_now
from eiassess.services.hiring.invitations import VALID_DAYS, invite_candidate, replace_invitation, revoke_invitation


@click.group("invite")
def command() -> None:
    """Links for candidates."""


@command.command("add")
@click.argument("opening_id")
@click.argument("email")
@click.option("--name", required=True, help="The candidate's name as given.")
@click.option("--valid-days", default=VALID_DAYS, show_default=True, type=click.IntRange(1, 365))
def add(opening_id: str, email: str, name: str, valid_days: int) -> None:
    """Invite a candidate; prints session id and link. The link is shown this once.

    One person sits an opening once: an address is refused while a link to it is open, and once its answers are handed
    in. When all its links have ended, the same candidate is invited anew, and answers stay.
    """
    chosen = settings()
    with opened_database(chosen) as database:
        issued = invite_candidate(
            database, link_maker(chosen), opening_id, name, email, utc_now(), valid_days=valid_days
        )
    if issued.is_again:
        click.echo("Invited before: the link leads to the same candidate, and answers stay.", err=True)
    click.echo(f"{issued.session_id}\t{issued.url}")


@command.command("replace")
@click.argument("session_id")
def replace(session_id: str) -> None:
    """Close a candidate's links and print a new one to the same session; answers stay."""
    chosen = settings()
    with opened_database(chosen) as database:
        issued = replace_invitation(database, link_maker(chosen), session_id, utc_now())
    click.echo(f"{issued.session_id}\t{issued.url}")


@command.command("revoke")
@click.argument("session_id")
def revoke(session_id: str) -> None:
    """Close all links of a candidate; answers stay."""
    with opened_database(settings()) as database:
        revoke_invitation(database, session_id, utc_now())
