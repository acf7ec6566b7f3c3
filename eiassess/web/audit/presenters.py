"""What the page of the audit says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eiassess.domain.audit.actions import WORDS, Action
from eiassess.domain.audit.entries import ActorKind, Entry, ObjectKind, Outcome, read_time
from eiassess.services.auditing.reading import AuditPage
from eiassess.web.audit.filters import Asked
from eiassess.web.shell.moments import short_day

KINDS = {
    ActorKind.ACCOUNT: "Anybody who signs in",
    ActorKind.CANDIDATE: "Candidates",
    ActorKind.EXPERT: "Experts",
    ActorKind.TERMINAL: "The terminal",
    ActorKind.WORKER: "The program by itself",
}
SINGLE = {
    ActorKind.ACCOUNT: "Account that is gone",
    ActorKind.CANDIDATE: "Candidate",
    ActorKind.EXPERT: "Expert",
    ActorKind.TERMINAL: "The terminal",
    ActorKind.WORKER: "The program by itself",
}
OBJECTS = {kind: kind.value.capitalize() for kind in ObjectKind}
OUTCOMES = {
    Outcome.DONE: ("Done", "done"),
    Outcome.REFUSED: ("Refused", "caution"),
    Outcome.FAILED: ("Failed", "caution"),
}


@dataclass(frozen=True)
class Line:
    """One entry as the table shows it; ids are shown where nothing has a name."""

    number: int
    day: str
    clock: str
    who: str
    who_id: str
    what: str
    about: str
    about_id: str
    count: str
    outcome: str
    pill: str


@dataclass(frozen=True)
class Page:
    """The page of the audit."""

    lead: str
    lines: tuple[Line, ...]
    older: int | None
    newer: int | None
    actors: tuple[tuple[str, str], ...]
    actions: tuple[tuple[str, str], ...]
    outcomes: tuple[tuple[str, str], ...]
    is_filtered: bool


def present_audit(found: AuditPage, asked: Asked, actors: Sequence[tuple[str, str]], n_all: int) -> Page:
    """Put an audit page into words."""
    kinds = tuple((kind.value, words) for kind, words in KINDS.items())
    return Page(
        lead=_lead(n_all),
        lines=tuple(_line(entry, found.names) for entry in found.entries),
        older=found.older,
        newer=found.newer,
        actors=(*kinds, *actors),
        actions=tuple(sorted(((action.value, WORDS[action]) for action in Action), key=lambda each: each[1])),
        outcomes=tuple((outcome.value, words) for outcome, (words, _) in OUTCOMES.items()),
        is_filtered=bool(asked.kept),
    )


def _lead(n_all: int) -> str:
    if n_all == 0:
        return "Nothing has been entered so far."
    entries = "One entry says" if n_all == 1 else f"{n_all:,} entries say"
    return f"{entries} who did what, when, and to what; nobody can change one unseen."


def _line(entry: Entry, names: Mapping[str, str]) -> Line:
    at, kind = read_time(entry.at), ActorKind(entry.actor_kind)
    words, pill = OUTCOMES[Outcome(entry.outcome)]
    return Line(
        number=entry.number,
        day=short_day(at),
        clock=f"{at:%H:%M:%S}",
        who=names.get(entry.actor_id, SINGLE[kind]),
        who_id=entry.actor_id,
        what=WORDS[Action(entry.action)],
        about="" if _has_no_object(entry) else names.get(entry.object_id, OBJECTS[ObjectKind(entry.object_kind)]),
        about_id=entry.object_id,
        count="" if entry.count == 1 else f"{entry.count:,}",
        outcome=words,
        pill=pill,
    )


def _has_no_object(entry: Entry) -> bool:
    return entry.object_kind == ObjectKind.INSTALLATION
