"""Which entries the address asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ID, ActorKind, Outcome
from eiassess.services.auditing.reading import AuditFilter
from eiassess.web.shell.days import day_from


@dataclass(frozen=True)
class Problem:
    """What cannot be looked for, and the field where it stands."""

    target: str
    message: str


@dataclass(frozen=True)
class Asked:
    """What was typed, the filter that it makes, and what is wrong with it."""

    typed: Mapping[str, str]
    wanted: AuditFilter
    problems: tuple[Problem, ...]

    def problem_at(self, field: str) -> str:
        """Return what is wrong with a field, if something is."""
        return next((each.message for each in self.problems if each.target == field), "")

    @property
    def kept(self) -> dict[str, str]:
        """What the addresses of other pages of the same list carry."""
        return {name: text for name, text in self.typed.items() if text}


FIELDS = ("who", "action", "about", "outcome", "from", "to")
ACTORS = frozenset(ActorKind)


def read_filter(arguments: Mapping[str, str]) -> Asked:
    """Read the filter out of an address; what cannot be looked for is told, and the rest is looked for."""
    typed = {name: arguments.get(name, "").strip() for name in FIELDS}
    problems: list[Problem] = []

    def day(name: str) -> date | None:
        found = day_from(typed[name]) if typed[name] else None
        if typed[name] and found is None:
            problems.append(Problem(name, "Write the day as in 2026-11-29"))
        return found

    def one_of(name: str, *, fits: bool, message: str) -> str:
        if typed[name] and not fits:
            problems.append(Problem(name, message))
            return ""
        return typed[name]

    who, about, choose = typed["who"], typed["about"].lower(), "Choose one of the list"
    first, last = day("from"), day("to")
    if first and last and first > last:
        problems.append(Problem("to", "The last day is before the first"))
    wanted = AuditFilter(
        one_of("who", fits=who in ACTORS or bool(ID.fullmatch(who)), message=choose),
        one_of("action", fits=typed["action"] in frozenset(Action), message=choose),
        one_of(
            "about", fits=bool(ID.fullmatch(about)), message="Copy the whole id: 24 or 64 characters from 0 to f"
        ).lower(),
        one_of("outcome", fits=typed["outcome"] in frozenset(Outcome), message=choose),
        first,
        last,
    )
    return Asked(typed, wanted, tuple(problems))


def number_from(text: str) -> int | None:
    """Read the number of an entry; nothing if it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004 - as many as there can be
