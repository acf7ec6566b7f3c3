"""What is held for the process: made once, bounded, and safe with many threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from eiassess.domain.held import Held


def test_a_value_is_made_once() -> None:
    made: list[int] = []
    held = Held[str, list[int]](2)
    first = held.get("a", lambda: made)
    assert held.get("a", lambda: [1]) is first
    assert len(held) == 1


def test_the_one_asked_for_longest_ago_goes_first() -> None:
    held = Held[str, str](2)
    for name in ("a", "b", "a", "c"):  # a was asked for after b
        held.get(name, lambda name=name: name)
    assert len(held) == 2
    assert held.get("a", lambda: "again") == "a"
    assert held.get("c", lambda: "again") == "c"
    assert held.get("b", lambda: "again") == "again"


def test_one_more_than_is_held_and_not_one_less() -> None:
    held = Held[int, int](3)
    for name in (1, 2, 3):
        held.get(name, lambda name=name: name)
    assert len(held) == 3
    assert [held.get(name, lambda: 0) for name in (1, 2, 3)] == [1, 2, 3]


def test_what_cannot_be_made_is_not_held() -> None:
    held = Held[str, int](2)
    with pytest.raises(ZeroDivisionError):
        held.get("a", lambda: 1 // 0)
    assert len(held) == 0
    assert held.get("a", lambda: 7) == 7


def test_two_threads_that_make_it_at_once_get_the_same_one() -> None:
    held = Held[str, list[int]](2)
    both_make = Barrier(2)

    def make() -> list[int]:
        both_make.wait(10)
        return []

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: held.get("a", make), range(2))
    assert first is second


def test_many_threads_with_more_names_than_are_held() -> None:
    held, begun = Held[int, int](3), Barrier(8)

    def ask(worker: int) -> bool:
        begun.wait(10)
        return all(held.get(name % 7, lambda name=name: name % 7) == name % 7 for name in range(worker, worker + 2000))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(8)))
    assert len(held) == 3
