"""``eiassess demo``."""

import click

from eiassess.banks.catalog import load_form
from eiassess.cli.db import prepare_database
from eiassess.cli.installation import demo_settings, link_maker, opened_database, utc_now
from eiassess.cli.output import say
from eiassess.cli.serving import check_port, serve_until_stopped
from eiassess.config import Settings
from eiassess.services.demo.opening import DemoAccess, prepare_demo

FORM, PARALLEL_FORM, SHORT_FORM = "standard-a", "standard-b", "short"
HOST = "127.0.0.1"


@click.command("demo")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--reset", is_flag=True, help="Throw the demo's data away and start over.")
def command(port: int, *, reset: bool) -> None:
    """Serve a demo with simulated candidates on this machine."""
    chosen = demo_settings(port)
    check_port(HOST, port)
    if reset:
        _throw_away(chosen)
    say("Preparing the demo: four openings, 144 simulated candidates, 10 simulated experts ...")
    prepare_database(chosen)
    with opened_database(chosen) as database:
        loaded, parallel, short = (
            load_form(form, chosen.bank_folders, key_folders=chosen.key_folders)
            for form in (FORM, PARALLEL_FORM, SHORT_FORM)
        )
        access = prepare_demo(database, link_maker(chosen), loaded, parallel, short, utc_now())
        serve_until_stopped(chosen, database, HOST, port, lambda: _tell(chosen, access))
    say("Stopped. Start again with the same command; --reset starts over.")


def _throw_away(chosen: Settings) -> None:
    for ending in ("", "-wal", "-shm"):
        (chosen.instance / f"demo.sqlite{ending}").unlink(missing_ok=True)


def _tell(chosen: Settings, access: DemoAccess) -> None:
    say(
        f"""
EIAssess demo. All candidates are SIMULATED; sign-ins are made afresh at each start.

  Sit the assessment yourself
    {access.invitation.url}

  Recruiter: list, one candidate, comparison
    {chosen.base_url}/openings/{access.opening_id}
    {access.recruiter[0]}   password {access.recruiter[1]}
    An opening that is just running, with 60 people invited and their mails
    {chosen.base_url}/openings/{access.running_id}
    An opening that asks how those work who were hired: three wait to be rated
    {chosen.base_url}/openings/{access.asking_id}/outcomes

  Contact for adjustments: one request waits
    {access.contact[0]}   password {access.contact[1]}

  Hiring manager: the PDF before the interview
    {chosen.base_url}/hiring
    {access.manager[0]}   password {access.manager[1]}

  Analyst: statistics of the form, and a panel of ten simulated experts
    {chosen.base_url}/panels/{access.panel_id}
    {access.analyst[0]}   password {access.analyst[1]}

  Administrator: who can sign in, and as what
    {chosen.base_url}/people
    {access.administrator[0]}   password {access.administrator[1]}

Stop with Ctrl-C.
"""
    )
