"""``eiassess candidate ...``: a candidate's rights, for whoever runs the installation."""

from pathlib import Path

import click

from eiassess.cli.installation import opened_database, settings, utc_now
from eiassess.cli.output import say, write_result
from eiassess.domain.erasures import HOLD_REASON_AT_MOST, STAFF_REASONS, ErasureReason
from eiassess.services.privacy.correcting import correct_candidate
from eiassess.services.privacy.erasing import erase_by_staff
from eiassess.services.privacy.files import stored_as_json
from eiassess.services.privacy.holding import Duty, end_hold, hold_records
from eiassess.services.privacy.stored import StoredData, stored_data

SESSION = click.argument("session_id", metavar="SESSION")


@click.group("candidate")
def command() -> None:
    """Print what is stored of a candidate, correct it, erase it, or hold it for a duty.

    SESSION is the id that `invite add` printed; it stands in the address of the candidate's page too.
    """


@command.command("data")
@SESSION
@click.option("--readable", is_flag=True, help="Lines to read in place of JSON.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file.")
def data(session_id: str, output: Path | None, *, readable: bool) -> None:
    """Print all that is stored of a candidate, with what staff wrote; give it to nobody but them.

    Unlike the recruiter's page it has what they asked to have different and their voluntary answers.
    """
    with opened_database(settings()) as database:
        found = stored_data(database, None, session_id, utc_now())
    write_result(output, [_lines(found) if readable else stored_as_json(found)])


def _lines(found: StoredData) -> str:
    # Loaded when it is asked for: a program that only erases does without the web
    from eiassess.web.recruiter.privacy.presenters import sections_of  # noqa: PLC0415

    sections = (
        "\n".join([section.title, *(f"  {label}: {text}" for label, text in section.rows)])
        for section in sections_of(found)
    )
    return "\n\n".join(sections) + "\n"


@command.command("correct")
@SESSION
@click.option("--name", help="The name as they write it.  [default: as it is]")
@click.option("--email", help="The address.  [default: as it is]")
def correct(session_id: str, name: str | None, email: str | None) -> None:
    """Correct a candidate's name or address; mails that wait go to the new one."""
    now = utc_now()
    with opened_database(settings()) as database:
        own = stored_data(database, None, session_id, now).own
        moved = correct_candidate(database, None, session_id, name or own.name, email or own.email, now)
    say("Corrected.")
    if moved:
        say(f"Links that went to the old address still work; to close them: eiassess invite replace {session_id}")


@command.command("erase")
@SESSION
@click.option("--number", default="", help="The candidate's number in the opening; without it nothing is erased.")
@click.option(
    "--why",
    type=click.Choice([each.value for each in STAFF_REASONS]),
    default=ErasureReason.ASKED.value,
    show_default=True,
)
def erase(session_id: str, number: str, why: str) -> None:
    """Erase everything about a candidate; prints the receipt. Nobody can bring it back.

    Where a duty holds the records, they are erased by themselves when it ends.
    """
    with opened_database(settings()) as database:
        done = erase_by_staff(database, None, session_id, number, why, utc_now())
    if done.hold is None:
        click.echo(done.receipt)
    else:
        say(f"Nothing is erased yet: the records are held until {done.hold.until:%Y-%m-%d %H:%M} UTC, then it happens.")


@command.command("hold")
@SESSION
@click.option("--person", required=True, help="Who answers for it; the candidate reads the name.")
@click.option("--reason", required=True, help=f"Why, in at most {HOLD_REASON_AT_MOST} characters; they read it too.")
@click.option("--last-day", required=True, metavar="DATE", help="Last day of keeping, such as 2027-06-30.")
def hold(session_id: str, person: str, reason: str, last_day: str) -> None:
    """Keep a candidate's records for a duty until a day, whoever wants them erased."""
    with opened_database(settings()) as database:
        hold_records(database, None, session_id, Duty(person, reason, last_day), utc_now())


@command.command("end-hold")
@SESSION
def end(session_id: str) -> None:
    """End such a duty before its day; a wish to erase that waited is carried out within the hour."""
    with opened_database(settings()) as database:
        end_hold(database, None, session_id)
