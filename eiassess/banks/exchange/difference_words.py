"""Differences between two banks in words."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from eiassess.banks.checks.findings import printable
from eiassess.banks.exchange.differences import Change, FieldChange, PartChange

SHORT = 60
ALIKE = 0.5
AROUND = 3
PLACES = 3
_MEMBERS = {"scenarios", "practice", "competencies"}


def difference_lines(changes: tuple[PartChange, ...]) -> Iterator[str]:
    """Say what changed: a line for each part, and one for each of its fields."""
    for part in changes:
        name = f"{part.kind} {part.id}".strip().capitalize() if part.kind == "bank" else _name(part)
        if part.change is not Change.CHANGED:
            yield f"{name}: {part.change}"
            continue
        yield f"{name}: changed"
        yield from (f"  {_line(part, field)}" for field in part.fields)
        if part.version_not_raised is not None:
            yield f"  Warning: its version is still {part.version_not_raised}; raise it, or two contents share it"


def summary(changes: tuple[PartChange, ...]) -> str:
    """Count what changed."""
    if not changes:
        return "Nothing differs."
    counts: dict[tuple[str, Change], int] = {}
    for part in changes:
        counts[part.kind, part.change] = counts.get((part.kind, part.change), 0) + 1
    said = (f"{count} {_plural(kind, count)} {change}" for (kind, change), count in counts.items())
    return f"{', '.join(said).capitalize()}."


def _plural(kind: str, count: int) -> str:
    if count == 1:
        return kind
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def _name(part: PartChange) -> str:
    return f"{part.kind.capitalize()} {printable(part.id)}"


def _line(part: PartChange, change: FieldChange) -> str:
    name = printable(change.field.removesuffix(" value") if part.kind == "key" else change.field)
    if change.only_layout:
        return f"{name}: only its line breaks, spaces or digits differ; the digest differs too"
    if part.kind in {"form", "group"} and change.field in _MEMBERS:
        return f"{name}: {_in_and_out(change)}"
    old, new = printable_line(change.old), printable_line(change.new)
    if change.old is None:
        return f"{name}: added {_quoted(_cut(new))}"
    if change.new is None:
        return f"{name}: removed {_quoted(_cut(old))}"
    if max(len(old), len(new)) <= SHORT:
        return f"{name}: {_quoted(old)} -> {_quoted(new)}"
    return f"{name}: {_words(old, new)}"


def printable_line(text: str | None) -> str:
    """Escape what does not print."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text or "")


def _quoted(text: str) -> str:
    try:
        float(text)
    except ValueError:
        return f"“{text}”"
    return text


def _cut(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()} ..."


def _in_and_out(change: FieldChange) -> str:
    old, new = (change.old or "").split(", "), (change.new or "").split(", ")
    if sorted(old) == sorted(new):
        return f"in another order: {change.new}"
    said = [f"in: {change.new}"] if change.new else []
    return "; ".join([*said, *([f"out: {change.old}"] if change.old else [])])


def _words(old: str, new: str) -> str:
    """Show the places where words differ, with a few words around each."""
    was, now = old.split(" "), new.split(" ")
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    if matcher.ratio() < ALIKE:
        return f"{_quoted(_cut(old))} -> {_quoted(_cut(new))}"
    places = [each for each in matcher.get_opcodes() if each[0] != "equal"]
    said = []
    for _, start, end, new_start, new_end in places[:PLACES]:
        before, after = was[max(0, start - AROUND) : start], was[end : end + AROUND]
        change = _change(" ".join(was[start:end]), " ".join(now[new_start:new_end]))
        said.append(" ".join([*before, change, *after]))
    rest = len(places) - PLACES
    more = f"; and {rest} more {'place' if rest == 1 else 'places'}" if rest > 0 else ""
    return f"... {' ... '.join(said)} ...{more}"


def _change(old: str, new: str) -> str:
    if not old:
        return f"[new: {_cut(new)}]"
    return f"[{_cut(old)} -> {_cut(new)}]" if new else f"[gone: {_cut(old)}]"
