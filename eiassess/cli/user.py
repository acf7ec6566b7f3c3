"""``eiassess user ...``."""

import sys

import click

from eiassess.cli.installation import link_maker, opened_database, settings, utc_now
from eiassess.cli.output import say
from eiassess.domain.roles import Role
from eiassess.errors import InvalidInputError
from eiassess.services.identifiers import new_token
from eiassess.services.people.accounts import add_user, change_roles, set_password
from eiassess.services.people.first_administrator import invite_first_administrator
from eiassess.services.people.identities import give_identity, list_identities, take_identities
from eiassess.services.people.two_steps import rescue_from_two_steps

MADE_PASSWORD_LENGTH = 20
ROLE = click.Choice([role.value for role in Role])


@click.group("user")
def command() -> None:
    """People who sign in."""


@command.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Name as it is to be shown.")
@click.option("--role", "roles", required=True, multiple=True, type=ROLE, help="Repeatable.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of making one.")
def add(email: str, name: str, roles: tuple[str, ...], *, password_stdin: bool) -> None:
    """Add somebody who can sign in; prints the password that was made."""
    password = _password(from_input=password_stdin)
    with opened_database(settings()) as database:
        first, *also = map(Role, roles)
        add_user(database, email, name, first, password, utc_now(), also=also)
    if not password_stdin:
        click.echo(password)


@command.command("password")
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of making one.")
def change_password(email: str, *, password_stdin: bool) -> None:
    """Give somebody a new password and end their sessions; prints the password that was made."""
    password = _password(from_input=password_stdin)
    with opened_database(settings()) as database:
        set_password(database, email, password)
    if not password_stdin:
        click.echo(password)


@command.command("roles")
@click.argument("email")
@click.option("--give", multiple=True, type=ROLE, help="Role that they get also; repeatable.")
@click.option("--take", multiple=True, type=ROLE, help="Role that is taken away; repeatable.")
def roles_of(email: str, give: tuple[str, ...], take: tuple[str, ...]) -> None:
    """Give roles to somebody or take them away; prints the roles that they have."""
    with opened_database(settings()) as database:
        account = change_roles(database, email, give=[Role(each) for each in give], take=[Role(each) for each in take])
    click.echo(" ".join(sorted(account.roles)))


@command.command("identity")
@click.argument("email")
@click.option("--subject", help="The provider's identifier of this person, which becomes theirs here.")
@click.option("--issuer", help="The provider, where it is not that of EIASSESS_OIDC_ISSUER.")
@click.option("--remove", is_flag=True, help="Take away whom the account belongs to, and end its sessions.")
def identity_of(email: str, subject: str | None, issuer: str | None, *, remove: bool) -> None:
    """Say who signs in to an account by a provider, or connect somebody with it; prints provider and identifier."""
    chosen = settings()
    with opened_database(chosen) as database:
        if remove:
            take_identities(database, email)
        if subject is not None:
            issuer = issuer or (chosen.provider.issuer if chosen.provider else "")
            if not issuer:
                message = (
                    "EIASSESS_OIDC_ISSUER is not set; say with --issuer which provider knows them by this identifier"
                )
                raise InvalidInputError(message, "issuer")
            give_identity(database, email, issuer, subject, utc_now())
        for each in list_identities(database, email):
            click.echo(f"{each.issuer} {each.subject}")


@command.command("first-administrator")
def first_administrator() -> None:
    """Print a link to become the first administrator, who invites everybody else; it works once, within an hour."""
    chosen = settings()
    with opened_database(chosen) as database:
        link = invite_first_administrator(database, link_maker(chosen), utc_now())
    click.echo(link.url)
    say("Open it within an hour. Whoever has it becomes administrator, so give it to nobody.")


@command.command("two-steps-off")
@click.argument("email")
def two_steps_off(email: str) -> None:
    """Let somebody who lost phone and recovery codes sign in with the password alone; ends their sessions.

    Make sure that it is they who ask: nothing else than this command goes round the second step.
    """
    with opened_database(settings()) as database:
        was_on = rescue_from_two_steps(database, email)
    click.echo("off" if was_on else "was off already", err=True)


def _password(*, from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\n")
    return new_token()[:MADE_PASSWORD_LENGTH]
