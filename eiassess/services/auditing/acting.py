"""What entrances and services say of whoever acts; the transaction that changes something writes it down."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ID, Actor, ActorKind, ObjectKind, Target
from eiassess.persistence.acting import (
    Acting,
    act_as_candidate,
    acting,
    begin_acting,
    do_nothing,
    end_acting,
    leave_out,
    note,
    tell_count,
    who_acts,
)

__all__ = [
    "Acting",
    "act_as_candidate",
    "acting",
    "begin_acting",
    "by_own_link",
    "do_nothing",
    "end_acting",
    "leave_out",
    "note",
    "target_of",
    "tell_count",
    "who_acts",
]


def by_own_link(user_id: str, action: Action, now: datetime) -> AbstractContextManager[Acting]:
    """Let somebody who is not signed in act as the account whose link they followed."""
    whose = Actor(ActorKind.ACCOUNT, user_id), action, Target(ObjectKind.ACCOUNT, user_id)
    return acting(Acting(*whose, lambda: now))


OBJECTS: Mapping[str, ObjectKind] = {
    "session_id": ObjectKind.CANDIDATE,
    "session": ObjectKind.CANDIDATE,
    "mail_id": ObjectKind.MAIL,
    "list_id": ObjectKind.LIST,
    "job_id": ObjectKind.JOB,
    "interview_id": ObjectKind.INTERVIEW,
    "request_id": ObjectKind.REQUEST,
    "question_id": ObjectKind.QUESTION,
    "link_id": ObjectKind.LINK,
    "expert_id": ObjectKind.EXPERT,
    "panel_id": ObjectKind.PANEL,
    "published_id": ObjectKind.KEY,
    "opening_id": ObjectKind.OPENING,
    "digest": ObjectKind.FORM,
    "user_id": ObjectKind.ACCOUNT,
}
"""What the parts of an address, and the arguments of a command, are ids of; of several the first here counts."""


def target_of(named: Mapping[str, object], count: int = 1) -> Target:
    """Say what something is about by the names of its arguments; what is no id of ours is not kept.

    Examples
    --------
    >>> target_of({"opening_id": "0f" * 12, "session_id": "Robin Miller"})
    Target(kind=<ObjectKind.CANDIDATE: 'candidate'>, id='', count=1)
    """
    kind, given = next(((kind, named[name]) for name, kind in OBJECTS.items() if name in named), (None, ""))
    if kind is None:
        return Target(count=count)
    return Target(kind, given if isinstance(given, str) and ID.fullmatch(given) else "", count)
