"""The pages of a list of people: which one this is, and the way to the one before and the one after."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class PageTurning:
    """Which page this is in words, empty if it is the only one; the dictionaries are what addresses end in."""

    words: str
    previous: dict[str, str] | None
    following: dict[str, str] | None


def turn_pages(page: int, n_pages: int, people: str, address_of: Callable[[int], dict[str, str]]) -> PageTurning:
    """Say which of the pages this is and lead to those beside it.

    Parameters
    ----------
    people
        Who is on them, in words.
    address_of
        What the address of a page ends in.
    """
    return PageTurning(
        f"Page {page} of {n_pages}{people}" if n_pages > 1 else "",
        address_of(page - 1) if page > 1 else None,
        address_of(page + 1) if page < n_pages else None,
    )
