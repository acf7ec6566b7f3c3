"""The chain: every entry carries a keyed hash over itself and over the hash of the one before.

Whoever can write into the database and does not have the installation's secret can make neither a hash that fits nor
a seal, so a changed, missing or added entry shows.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace

from eiassess.domain.audit.entries import Deed, Entry, written_time

START = "0" * 64
"""What the first entry has for the hash of the one before."""


@dataclass(frozen=True)
class Head:
    """How many entries there are and the hash of the last, sealed so that nobody can take the end away unseen."""

    count: int
    hash: str
    seal: str


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold; without a number it is about the end that was noted down."""

    number: int | None
    at: str
    words: str


@dataclass(frozen=True)
class Unreadable:
    """An entry whose bytes the database itself cannot read."""

    number: int


def chained(key: bytes, head: Head, deeds: Sequence[Deed]) -> tuple[list[Entry], Head]:
    """Give deeds their places after the head, and return the head that stands then."""
    entries, last = [], head.hash
    for number, deed in enumerate(deeds, head.count + 1):
        bare = Entry(
            number,
            written_time(deed.at),
            deed.actor.kind.value,
            deed.actor.id,
            deed.action.value,
            deed.target.kind.value,
            deed.target.id,
            deed.target.count,
            deed.outcome.value,
            last,
            "",
        )
        last = hash_of(key, bare)
        entries.append(replace(bare, hash=last))
    return entries, sealed(key, head.count + len(entries), last)


def key_of(secret: str) -> bytes:
    """Derive the chain's key from the installation's secret."""
    return hmac.digest(secret.encode(), b"eiassess audit chain", hashlib.sha256)


def sealed(key: bytes, count: int, last: str) -> Head:
    """Seal the end of the chain."""
    seal = hmac.new(key, f"head\n{count}\n{last}".encode(), hashlib.sha256).hexdigest()
    return Head(count, last, seal)


def hash_of(key: bytes, entry: Entry) -> str:
    """Work out an entry's hash from all that it says, types included."""
    said = json.dumps(astuple(entry)[:-1], ensure_ascii=True, separators=(",", ":"), default=repr)
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def check_chain(
    key: bytes, entries: Iterable[Entry | Unreadable], head: Head | None, kept: tuple[int, str] | None = None
) -> Iterator[Break]:
    """Go through all entries in the order of their numbers, and tell where something was changed, taken or added.

    Parameters
    ----------
    kept
        Number and hash of an entry that were noted down elsewhere: it must still be there.
    """
    expected, fits, last_at, is_kept = 1, {START}, "", kept is None or kept == (0, START)
    for entry in entries:
        if entry.number < expected:
            yield Break(entry.number, getattr(entry, "at", ""), "added: the chain begins after it")
            continue
        yield from _missing(expected, entry.number - 1, last_at)
        has_gap = entry.number > expected
        expected = entry.number + 1
        if isinstance(entry, Unreadable):
            yield Break(entry.number, "", "changed: it cannot even be read")
            fits = set()
            continue
        right = hash_of(key, entry)
        if right != entry.hash:
            yield Break(entry.number, str(entry.at), "changed: what it says and its hash do not fit")
        elif not has_gap and fits and entry.previous_hash not in fits:
            yield Break(entry.number, entry.at, "does not follow the entry before it")
        is_kept = is_kept or kept == (entry.number, entry.hash)
        fits, last_at = {right, entry.hash}, str(entry.at)
    yield from _check_end(key, head, expected - 1, fits, last_at)
    if not is_kept and kept is not None:
        yield Break(None, "", f"entry {kept[0]} is not the one whose hash was kept elsewhere")


def _missing(first: int, last: int, after: str) -> Iterator[Break]:
    since = f" since {after}" if after else ""
    if first == last:
        yield Break(first, "", f"missing{since}")
    elif first < last:
        yield Break(first, "", f"missing{since}, and all up to {last}")


def _check_end(key: bytes, head: Head | None, last: int, fits: set[str], at: str) -> Iterator[Break]:
    if head is None:
        if last:
            yield Break(None, at, f"the head is missing, which says how many entries there are; the last is {last}")
        return
    if sealed(key, head.count, head.hash) != head:
        yield Break(None, at, "the head was changed: its seal does not fit")
    if head.count > last:
        yield from _missing(last + 1, head.count, at)
    elif head.count < last:
        yield Break(head.count + 1, at, "added: the head knows nothing of it, nor of any after it")
    elif fits and head.hash not in fits:
        yield Break(last, at, "is not the last entry that the head knows")
