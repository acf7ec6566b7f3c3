"""What is kept is made once, also when many threads ask at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from eiassess.scoring.person.cache import Cache


def test_a_value_is_made_once_and_the_longest_unused_is_forgotten() -> None:
    made: list[str] = []
    cache: Cache[str, str] = Cache(2)

    def get(name: str) -> str:
        return cache.get(name, lambda: made.append(name) or name.upper())  # type: ignore[func-returns-value]

    assert [get(name) for name in "abab"] == ["A", "B", "A", "B"]
    get("a")  # now b is the one that was not used for longest
    get("c")
    assert get("a") == "A"
    assert made == ["a", "b", "c"]
    assert len(cache) == 2
    get("b")
    assert made == ["a", "b", "c", "b"]


def test_what_could_not_be_made_is_tried_again() -> None:
    cache: Cache[int, float] = Cache(2)
    with pytest.raises(ZeroDivisionError):
        cache.get(0, lambda: 1 / 0)
    assert cache.get(0, lambda: 2.0) == 2.0


def test_eight_threads_make_each_value_once() -> None:
    made: list[int] = []
    cache: Cache[int, int] = Cache(100)
    start = Barrier(8)

    def make(name: int) -> int:
        made.append(name)
        return name * name

    def ask(_: int) -> list[int]:
        start.wait()
        return [cache.get(name, lambda name=name: make(name)) for name in range(100)]  # type: ignore[misc]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(ask, range(8)))
    assert found == [[name * name for name in range(100)]] * 8
    assert sorted(made) == list(range(100))


def test_a_small_cache_stays_small_and_right_under_eight_threads() -> None:
    cache: Cache[int, int] = Cache(3)
    with ThreadPoolExecutor(8) as threads:
        names = [n % 11 for n in range(2000)]
        found = list(threads.map(lambda name: cache.get(name, lambda: name * name), names))
    assert found == [name * name for name in names]
    assert len(cache) == 3
