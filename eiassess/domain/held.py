"""What never changes under its name, held so that it is made once and not for every request."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)
Value = TypeVar("Value")


class Held(Generic[Name, Value]):
    """The values that were asked for last, by name, for all threads of the process.

    Parameters
    ----------
    at_most
        How many are held; one more lets the one go that was asked for longest ago.

    Examples
    --------
    >>> squares = Held[int, int](2)
    >>> squares.get(3, lambda: 9), squares.get(3, lambda: 10)
    (9, 9)
    """

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._values: OrderedDict[Name, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, name: Name, make: Callable[[], Value]) -> Value:
        """Return the value, made now if it is not held; what cannot be made is not held.

        It is made outside the lock, as it may wait for a database: two threads at once may both make it, and both get
        the one that was there first.
        """
        with self._lock:
            if name in self._values:
                self._values.move_to_end(name)
                return self._values[name]
        made = make()
        with self._lock:
            kept = self._values.setdefault(name, made)
            self._values.move_to_end(name)
            while len(self._values) > self._at_most:
                self._values.popitem(last=False)
            return kept

    def __len__(self) -> int:
        with self._lock:
            return len(self._values)
