"""``eiassess outbox ...``."""

from pathlib import Path

import click

from eiassess.cli.installation import link_maker, opened_database, settings, utc_now
from eiassess.cli.output import say
from eiassess.domain.mail_kinds import INVITATION
from eiassess.domain.mail_states import MailState
from eiassess.domain.mails.wording import filled
from eiassess.errors import RefusedError, SetupError
from eiassess.mail.bounces import read_bounce, read_mailbox
from eiassess.mail.building import OutgoingMail, make_message_id
from eiassess.mail.smtp import Delivery, Postbox
from eiassess.services.identifiers import new_id
from eiassess.services.mailing.following_up import record_bounce, send_again_by_operator
from eiassess.services.mailing.reading_all import list_all_mails, show_any_mail
from eiassess.services.mailing.sources import MailSources
from eiassess.services.outbox.wordings import framed, shipped_wording

STATES = click.Choice([state.value for state in MailState])


@click.group("outbox")
def command() -> None:
    """Mails: where they stand, and what came back."""


@command.command("list")
@click.option("--state", type=STATES, help="Only mails that stand there.")
def list_(state: str | None) -> None:
    """List mails, the newest first: id, state, kind, address, and the server's words."""
    with opened_database(settings()) as database:
        for line in list_all_mails(database, MailState(state) if state else None):
            click.echo(f"{line.id}\t{line.state.value}\t{line.kind.name}\t{line.to_email}\t{line.words}")


@command.command("show")
@click.argument("mail_id")
def show(mail_id: str) -> None:
    """Print a mail as its person would get it now; with a server set, their link is not shown."""
    chosen = settings()
    sources = MailSources(None if chosen.mail else link_maker(chosen), chosen.contact)
    with opened_database(chosen) as database:
        mail = show_any_mail(database, mail_id, sources, utc_now())
    if mail.not_needed:
        say(f"It would not be sent now: {mail.not_needed}")
    if not mail.text:
        return
    click.echo(f"To: {mail.line.to_name} <{mail.line.to_email}>\nSubject: {mail.subject}\n\n{mail.text}", nl=False)


@command.command("retry")
@click.argument("mail_ids", nargs=-1, required=True)
def retry(mail_ids: tuple[str, ...]) -> None:
    """Send mails again that were refused, given up, came back or were sent; of what is not known, decide yourself."""
    with opened_database(settings()) as database:
        for mail_id in mail_ids:
            send_again_by_operator(database, mail_id, utc_now())
    say(f"{len(mail_ids)} waiting to be sent.")


@command.command("bounces")
@click.argument("mbox", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def bounces(mbox: Path) -> None:
    """Read what came back from a mailbox file (mbox), and mark those mails; reading it again changes nothing.

    Prints the id of each mail with the reason. No inbox is read: give the file that your server writes.
    """
    n_other = n_delayed = 0
    with opened_database(settings()) as database:
        for raw in read_mailbox(mbox):
            bounce = read_bounce(raw)
            if bounce is not None and not bounce.is_final:
                n_delayed += 1
                continue
            mail_id = record_bounce(database, bounce.ids, bounce.words, bounce.written_at) if bounce else None
            n_other += mail_id is None
            if bounce and mail_id:
                click.echo(f"{mail_id}\t{bounce.words}")
    say(f"{n_delayed} only late, {n_other} about none of our mails.")


@command.command("test")
@click.argument("address")
def test(address: str) -> None:
    """Send a made-up invitation to yourself, to see that mails go out and how they look."""
    chosen = settings()
    if chosen.mail is None:
        message = "EIASSESS_SMTP_URL is not set, so no mail is sent; docs/mail.md says how to set it"
        raise SetupError(message)
    made = filled(INVITATION, shipped_wording(INVITATION), INVITATION.sample())
    mail_id = make_message_id(new_id(), chosen.mail.sender.domain)
    mail = OutgoingMail(mail_id, "", "", address, f"Test: {made.subject}", made.text, framed(made))
    with Postbox(chosen.mail, chosen.host) as postbox:
        answer = postbox.hand_over(mail, utc_now())
    if answer.delivery is not Delivery.TAKEN:
        message = f"{chosen.mail.host} did not take it: {answer.words}"
        raise RefusedError(message)
    say(f"{chosen.mail.host} took it: {answer.words}")
