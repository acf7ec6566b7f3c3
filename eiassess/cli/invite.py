"""``eiassess invite ...``."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from eiassess.cli.installation import link_maker, opened_database, settings, utc_now
from eiassess.config import Settings
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.mail.smtp import Postbox
from eiassess.people_lists.columns import Field
from eiassess.people_lists.reading import MAX_FILE_BYTES, MAX_ROWS, ColumnShown, file_sheets
from eiassess.services.hiring.invitation_lists import (
    confirm_list,
    discard_list,
    get_invitation_list,
    refused_file,
    stage_list,
)
from eiassess.services.hiring.invitations import VALID_DAYS, replace_invitation, revoke_invitation
from eiassess.services.hiring.invited_before import InvitedBeforeError
from eiassess.services.hiring.inviting import Invitee
from eiassess.services.hiring.inviting_one import SatLatelyError, invite_by_mail
from eiassess.services.hiring.list_records import InvitationList

LEFT_OVER = 1
"""The exit code where rows of a list were refused, so that nobody overlooks them."""


@click.group("invite")
def command() -> None:
    """Links for candidates."""


@contextmanager
def _saying_what_to_do() -> Iterator[None]:
    """Add to a refusal of somebody who was invited before, or sat the form lately, what they can be given."""
    try:
        yield
    except InvitedBeforeError as error:
        message = f"{error}. For a new link to the same answers: eiassess invite replace {error.session_id}"
        raise RefusedError(message) from None
    except SatLatelyError as error:
        message = f"{error}: --also-sat"
        raise RefusedError(message) from None


@command.command("add")
@click.argument("opening_id")
@click.argument("email")
@click.option("--name", required=True, help="The candidate's name as given.")
@click.option("--valid-days", default=VALID_DAYS, show_default=True, type=click.IntRange(1, 365))
@click.option(
    "--also-sat",
    is_flag=True,
    help="Invite them although they sat its scenarios or their twins less than six months ago.",
)
def add(opening_id: str, email: str, name: str, valid_days: int, also_sat: bool) -> None:  # noqa: FBT001 - click gives a flag so
    """Invite a candidate; prints session id and link, and queues the mail with it.

    One person sits an opening once: an address is refused while a link to it is open, and once its answers are handed
    in. When all its links have ended, the same candidate is invited anew, and answers stay.
    """
    chosen = settings()
    with opened_database(chosen) as database, _saying_what_to_do():
        issued = invite_by_mail(
            database,
            link_maker(chosen),
            None,
            opening_id,
            Invitee(name, email),
            utc_now(),
            also_sat=also_sat,
            valid_days=valid_days,
        )
    if issued.is_again:
        click.echo("Invited before: the link leads to the same candidate, and answers stay.", err=True)
    click.echo(f"{issued.session_id}\t{issued.url}")


def _columns(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[Field, str]:
    """Read ``name=Full name``: what a column holds, and what it is called or its letter."""
    del context, parameter
    chosen = {}
    for value in values:
        field, equals, column = value.partition("=")
        if not equals or field not in list(Field) or not column.strip():
            message = f"{value!r}: expected one of {', '.join(Field)}, then = and the column's name or letter"
            raise click.BadParameter(message)
        chosen[Field(field)] = column
    return chosen


@command.command("import")
@click.argument("opening_id")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--confirm", is_flag=True, help="Invite the people of the good rows, and queue their mails.")
@click.option(
    "--also-sat",
    is_flag=True,
    help="With --confirm: also those who sat its scenarios or their twins within six months.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    callback=_columns,
    metavar="FIELD=COLUMN",
    help="Which column holds what, by its name or letter: name, first-name, last-name, email or phone.",
)
@click.option("--refused", type=click.Path(path_type=Path), help="Write refused rows to this .xlsx file, to mend them.")
@click.option("--valid-days", default=VALID_DAYS, show_default=True, type=click.IntRange(1, 365))
@click.pass_context
def import_list(
    context: click.Context,
    opening_id: str,
    file: Path,
    *,
    confirm: bool,
    also_sat: bool,
    columns: dict[Field, str],
    refused: Path | None,
    valid_days: int,
) -> None:
    """Show what a list of people would do, CSV or XLSX; with --confirm, invite the people of its good rows.

    Each problem names sheet, row and column, what stands there and what to do. The exit code is 1 if rows were refused.
    """
    chosen = settings()
    now = utc_now()
    with opened_database(chosen) as database:
        list_id = stage_list(database, None, opening_id, file_sheets(file), file.name, now, chosen=columns)
        try:
            shown = get_invitation_list(database, None, list_id, now)
            international = not shown.has_international or _takes_international(chosen)
            if not international:
                shown = get_invitation_list(database, None, list_id, now, takes_international=False)
            _require_read(shown)
            _echo_list(shown)
            if refused:
                refused.write_bytes(refused_file(shown))
            if confirm:
                done = confirm_list(
                    database,
                    link_maker(chosen),
                    None,
                    list_id,
                    now,
                    also_sat=also_sat,
                    takes_international=international,
                    valid_days=valid_days,
                )
                click.echo(f"Invited {done.n_invited}, and their mails are queued.")
            else:
                click.echo("Nobody is invited yet; to invite the good rows, give --confirm.")
        finally:
            discard_list(database, None, list_id, now)  # what was refused is in the file, if one was wanted
    if shown.refused:
        context.exit(LEFT_OVER)


import_list.help = f"{import_list.help} A file has at most {MAX_FILE_BYTES:,} bytes and {MAX_ROWS:,} rows."


def _takes_international(chosen: Settings) -> bool:
    return chosen.mail is None or Postbox(chosen.mail, chosen.host).takes_international()


def _require_read(shown: InvitationList) -> None:
    if shown.unread:
        columns = "; ".join(map(_column, shown.columns))
        message = f"{shown.source}: {shown.unread[0]} with --column. Columns: {columns}"
        raise InvalidInputError(message)


def _column(column: ColumnShown) -> str:
    examples = ", ".join(filter(None, column.examples))
    return f"{column.letter} ({examples})"


def _echo_list(shown: InvitationList) -> None:
    click.echo(f"{len(shown.good)} good, {len(shown.refused)} refused, {len(shown.sat)} sat the same form lately.")
    for title, lines in (("Refused", shown.problems), ("Sat lately", shown.practised), ("Note", shown.notes)):
        for line in lines:
            click.echo(f"{title}: {line}")
    if shown.unused:
        click.echo(f"Not used: {', '.join(shown.unused)}")


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
