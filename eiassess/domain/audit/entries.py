"""One entry of the audit: ids, never a name, an address or anything that somebody wrote."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from eiassess.domain.audit.actions import Action

ID = re.compile(r"[0-9a-f]{24}|[0-9a-f]{64}")
"""What our ids and digests look like: whatever else stood in an address is not kept, it might be somebody's name."""


class ActorKind(StrEnum):
    """Whose hand it was."""

    ACCOUNT = "account"
    CANDIDATE = "candidate"
    EXPERT = "expert"
    TERMINAL = "terminal"
    WORKER = "worker"


class ObjectKind(StrEnum):
    """What something was done to."""

    INSTALLATION = "installation"
    OPENING = "opening"
    CANDIDATE = "candidate"
    ACCOUNT = "account"
    LIST = "list"
    MAIL = "mail"
    JOB = "job"
    INTERVIEW = "interview"
    REQUEST = "request"
    QUESTION = "question"
    LINK = "link"
    FORM = "form"
    PANEL = "panel"
    EXPERT = "expert"
    KEY = "key"


class Outcome(StrEnum):
    """How it ended: refused is what the rules did not allow, failed what went wrong."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True)
class Actor:
    """Who acts; at a terminal, and where nobody may know who it was, without an id."""

    kind: ActorKind
    id: str = ""


@dataclass(frozen=True)
class Target:
    """What it is about, and how many of it: inviting 10,000 people at once is one entry."""

    kind: ObjectKind = ObjectKind.INSTALLATION
    id: str = ""
    count: int = 1


@dataclass(frozen=True)
class Deed:
    """What is to be entered, before it has its place in the chain."""

    at: datetime
    actor: Actor
    action: Action
    target: Target
    outcome: Outcome = Outcome.DONE


@dataclass(frozen=True)
class Entry:
    """An entry as it is stored, every value in the form that its hash is made of."""

    number: int
    at: str
    actor_kind: str
    actor_id: str
    action: str
    object_kind: str
    object_id: str
    count: int
    outcome: str
    previous_hash: str
    hash: str


def written_time(at: datetime) -> str:
    """Write a time so that one moment has one way to be written, and later ones sort later.

    Examples
    --------
    >>> written_time(datetime(2026, 11, 29, 20, 35, tzinfo=UTC))
    '2026-11-29T20:35:00.000000Z'
    """
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def read_time(written: str) -> datetime:
    """Read what ``written_time`` wrote."""
    return datetime.fromisoformat(written)
