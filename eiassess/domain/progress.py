"""Where a candidate stands, as people see it: derived here, and nowhere else."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from eiassess.domain.sessions import HandedInBy, SessionState

QUIET_AFTER = timedelta(days=3)
"""Without a sign for so long, somebody may need a nudge."""
ENDS_SOON = timedelta(days=3)
MAILED_LATELY = timedelta(days=2)
"""Whoever was just written to is left alone."""


class Stage(StrEnum):
    """Where a candidate stands."""

    NOT_SENT = "not_sent"
    """Nothing has gone out to them yet: the first mail waits."""
    INVITED = "invited"
    NOT_DELIVERED = "not_delivered"
    OPENED = "opened"
    STARTED = "started"
    HANDED_IN = "handed_in"
    HANDED_IN_FOR_THEM = "handed_in_for_them"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"

    @property
    def is_on_the_way(self) -> bool:
        """Whether the candidate could still hand in."""
        return self in {Stage.NOT_SENT, Stage.INVITED, Stage.NOT_DELIVERED, Stage.OPENED, Stage.STARTED}


@dataclass(frozen=True)
class Standing:
    """What is known of a candidate's way, as far as everybody who recruits may know it.

    Parameters
    ----------
    withdrawn
        Whether the invitation was ended before anything was handed in.
    over
        Whether the time has ended that everybody has.
    begun
        Whether the first scenario was reached.
    agreed
        Whether the notice was answered; following a link alone is no sign, since mail scanners do so.
    undelivered
        Whether the latest mail came back or was refused.
    quiet, ends_soon, mailed_lately
        Whether there was no sign for days, the end is near, and a mail went out in the last days.
    unsent
        Whether a mail to them waits and none ever went out.
    """

    state: SessionState
    handed_in_by: HandedInBy | None = None
    withdrawn: bool = False
    over: bool = False
    begun: bool = False
    agreed: bool = False
    undelivered: bool = False
    quiet: bool = False
    ends_soon: bool = False
    mailed_lately: bool = False
    unsent: bool = False


def stage_of(standing: Standing) -> Stage:
    """Say where a candidate stands.

    Examples
    --------
    >>> stage_of(Standing(SessionState.STARTED, agreed=True, begun=True, over=True)).value
    'expired'
    """
    if standing.state is SessionState.SUBMITTED:
        return Stage.HANDED_IN_FOR_THEM if standing.handed_in_by is HandedInBy.SERVER else Stage.HANDED_IN
    if standing.withdrawn:
        return Stage.WITHDRAWN
    if standing.over:
        return Stage.EXPIRED
    if standing.begun:
        return Stage.STARTED
    if standing.agreed:
        return Stage.OPENED
    return _stage_by_mail(standing)


def _stage_by_mail(standing: Standing) -> Stage:
    if standing.undelivered:
        return Stage.NOT_DELIVERED
    return Stage.NOT_SENT if standing.unsent else Stage.INVITED


def needs_nudge(standing: Standing) -> bool:
    """Say whether a reminder may help: still on the way, quiet or near the end, reached by mail and not written to.

    Whoever has agreed or begun by a link that was handed over was reached: without a mail server, mails wait for ever.
    """
    stage = stage_of(standing)
    reached = stage.is_on_the_way and stage is not Stage.NOT_SENT and not standing.undelivered
    return reached and (standing.quiet or standing.ends_soon) and not standing.mailed_lately
