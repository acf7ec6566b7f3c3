"""The one list of what the audit keeps of the command line: each command that opens the database stands here.

A new command needs one line: in ``DEEDS`` what whoever runs it does, or in ``NOT_AUDITED`` why nothing of it is kept.
A command that stands in neither does not open the database, and a test walks all commands.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import Actor, ActorKind, ObjectKind, Outcome, Target
from eiassess.errors import EIAssessError
from eiassess.services import Database
from eiassess.services.auditing.acting import Acting, acting, target_of
from eiassess.services.auditing.looks import enter_at_once

DEEDS: Mapping[str, Action] = {
    "user add": Action.ADD_ACCOUNT,
    "user first-administrator": Action.ADD_ACCOUNT,
    "user identity": Action.CHANGE_IDENTITY,
    "user password": Action.SET_PASSWORD,
    "user roles": Action.CHANGE_ROLES,
    "user two-steps-off": Action.CHANGE_TWO_STEPS,
    "opening add": Action.ADD_OPENING,
    "opening use-form": Action.CHANGE_OPENING,
    "opening assign": Action.CHANGE_MEMBERS,
    "opening export": Action.EXPORT_CANDIDATES,
    "panel add": Action.CHANGE_PANEL,
    "panel export": Action.EXPORT_PANEL,
    "panel invite": Action.CHANGE_PANEL,
    "panel key": Action.EXPORT_PANEL,
    "candidate correct": Action.CORRECT,
    "candidate data": Action.EXPORT_CANDIDATE,
    "candidate end-hold": Action.HOLD,
    "candidate erase": Action.ERASE,
    "candidate hold": Action.HOLD,
    "invite add": Action.INVITE,
    "invite import": Action.READ_LIST,
    "invite replace": Action.REPLACE_LINK,
    "invite revoke": Action.REVOKE_LINK,
    "outcomes import": Action.IMPORT_WORK,
    "outbox bounces": Action.SEND_MAIL,
    "outbox list": Action.READ_MAIL,
    "outbox retry": Action.SEND_MAIL,
    "outbox show": Action.READ_MAIL,
    "report make": Action.EXPORT_CANDIDATE,
    "db backup": Action.BACK_UP,
    "db delete-expired": Action.RUN_DELETION,
    "exposure": Action.READ_STATISTICS,
    "audit export": Action.EXPORT_AUDIT,
}

NOT_AUDITED: Mapping[str, str] = {
    "demo": "nobody in a demo is real",
    "serve": "what people do there is entered by the pages",
    "worker": "what a worker does is entered by its work",
    "db backups": "names and dates of files, no candidate",
    "db restore": "the database is another one afterwards; what is erased again is entered there",
    "opening list": "titles and counts, no candidate",
    "panel list": "titles and counts, no expert",
    "audit verify": "reads hashes and shows where they fail, no entry",
    "audit head": "a number and a hash",
}


@contextmanager
def terminal(database: Database) -> Iterator[None]:
    """Have what the running command does entered as somebody's at the terminal, if the list says so.

    What changes something is entered with the change; what only looks, or takes a file, when the command has ended.
    """
    context = click.get_current_context(silent=True)
    action = DEEDS.get(_name(context)) if context else None
    if context is None or action is None:
        yield
        return
    doer = Acting(Actor(ActorKind.TERMINAL), action, _target(context), lambda: datetime.now(UTC))
    with acting(doer):
        try:
            yield
        except click.exceptions.Exit:
            _enter(database, doer, Outcome.DONE)
            raise
        except EIAssessError:
            _enter(database, doer, Outcome.REFUSED)
            raise
        except Exception:
            _enter(database, doer, Outcome.FAILED)
            raise
        _enter(database, doer, Outcome.DONE)


def _enter(database: Database, doer: Acting, outcome: Outcome) -> None:
    deed = None if doer.is_entered else doer.deed(outcome)
    if deed:
        enter_at_once(database, deed)


def _name(context: click.Context) -> str:
    """Name a command as it is typed, without the program."""
    names = []
    while context.parent is not None:
        names.append(context.info_name or "")
        context = context.parent
    return " ".join(reversed(names))


def _target(context: click.Context) -> Target:
    several = context.params.get("mail_ids")
    if isinstance(several, tuple):
        return Target(ObjectKind.MAIL, count=len(several))
    return target_of(context.params)
