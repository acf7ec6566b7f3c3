"""Where a candidate stands, and where they are sent."""

from flask import redirect, session, url_for
from flask.typing import ResponseReturnValue

from eiassess.domain.sessions import SessionState
from eiassess.services.sitting.answers import Sitting, get_sitting
from eiassess.web.shell.access import INVITATION
from eiassess.web.shell.context import database, installation, now


def current_sitting() -> Sitting:
    """Return the sitting of the invitation that this browser has opened."""
    return get_sitting(database(), session[INVITATION])


def contact_of(sitting: Sitting) -> str:
    """Return whom a candidate asks: the opening's contact, or the installation's."""
    return sitting.contact or installation().settings.contact


def is_ended(sitting: Sitting) -> bool:
    """Whether nobody asks for answers any more, without any having been handed in."""
    return sitting.withdrawn_by is not None or sitting.times.is_over(now())


def elsewhere(sitting: Sitting) -> ResponseReturnValue | None:
    """Return where a candidate has to be who is not in the midst of the scenarios."""
    if sitting.state == SessionState.SUBMITTED:
        return to("done")
    if is_ended(sitting):
        return to("own")
    if not sitting.consented:
        return to("notice")
    return None if sitting.practised else to("practice")


def to(endpoint: str, sent: str | None = None) -> ResponseReturnValue:
    """Go to a page of the candidate's way; it says what was sent, if something was."""
    return redirect(url_for(f"candidate.{endpoint}", sent=sent), 303)


def to_scenario(number: int | None) -> ResponseReturnValue:
    """Go to a scenario, or to the review if there is none to go to."""
    return to("review") if number is None else redirect(url_for("candidate.scenario", number=number), 303)
