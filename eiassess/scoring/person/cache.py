"""What was worked out lately, kept for all threads: each thing is made once, the longest unused is forgotten."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)
Value = TypeVar("Value")


class _Entry(Generic[Value]):
    """A value that is made by whoever needs it first, while others wait for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: list[Value] = []

    def value(self, make: Callable[[], Value]) -> Value:
        with self._lock:
            if not self._made:
                self._made.append(make())
            return self._made[0]


class Cache(Generic[Name, Value]):
    """The last few values by name, safe for threads.

    Two threads that need the same value make it once; two that need different values do not wait for each other.

    Parameters
    ----------
    kept
        How many values; past that the one that was not used for longest goes.

    Examples
    --------
    >>> squares: Cache[int, int] = Cache(2)
    >>> squares.get(3, lambda: 9), squares.get(3, lambda: 0)
    (9, 9)
    """

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._lock = Lock()
        self._entries: dict[Name, _Entry[Value]] = {}

    def __len__(self) -> int:
        """How many values are kept."""
        return len(self._entries)

    def get(self, name: Name, make: Callable[[], Value]) -> Value:
        """Return the value of that name, made if it is not kept; what ``make`` raises is raised and not kept."""
        with self._lock:
            entry = self._entries.pop(name, None) or _Entry[Value]()
            self._entries[name] = entry  # last in the order: the one used most lately
            if len(self._entries) > self._kept:
                del self._entries[next(iter(self._entries))]
        return entry.value(make)
