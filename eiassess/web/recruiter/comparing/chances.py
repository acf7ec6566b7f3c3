"""How likely one of two people is truly higher: beside the test, only when asked for, and never an order."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from eiassess.scoring.differences.in_general import probability_truly_higher, shows_true_order
from eiassess.services.results.comparing import Comparison

CAUTION = (
    "This is about agreement with this answer key, among people who spread as those who sat the form do. It says "
    "nothing of who will do better work, and it is no order: the names stand as they were chosen."
)
HIGHEST = 99


@dataclass(frozen=True)
class Chances:
    """What may be said; ``offered`` is whether it can be asked for at all, ``lines`` are empty until it is."""

    offered: bool
    lines: tuple[str, ...] = ()
    caution: str = ""


def chances(comparison: Comparison, names: Mapping[str, str], *, asked: bool) -> Chances:
    """Say for every two people how likely the first is truly higher, where scores may put people in order."""
    page = comparison.differences
    allowed = all(each.use is not None and each.use.allowed for each in comparison.candidates)
    if not allowed or not any(shows_true_order(used.estimate) for used in page.used):
        return Chances(offered=False)
    pairs = [
        (names[first], names[second], probability_truly_higher(page.people[first], page.people[second]))
        for first, second in combinations(page.people, 2)
    ]
    lines = tuple(chance_in_words(*pair[:2], pair[2]) for pair in pairs if pair[2] is not None)
    if not asked:
        return Chances(offered=bool(lines))
    return Chances(offered=True, lines=lines, caution=CAUTION)


def chance_in_words(first: str, second: str, p: float) -> str:
    """Say a chance in words and as a number.

    Examples
    --------
    >>> chance_in_words("Ann", "Ben", 0.71)
    'Ann truly higher than Ben: about 7 in 10 (71 %).'
    >>> chance_in_words("Ann", "Ben", 0.998)
    'Ann truly higher than Ben: more than 19 in 20 (99 % or more).'
    >>> chance_in_words("Ann", "Ben", 0.001)
    'Ann truly higher than Ben: less than 1 in 20 (1 % or less).'
    """
    percent = round(100 * p)
    number = "99 % or more" if percent >= HIGHEST else "1 % or less" if percent <= 1 else f"{percent} %"
    tenths = round(10 * p)
    words = f"about {tenths} in 10"
    if not 1 <= tenths < 10:  # noqa: PLR2004 - tenths of a whole
        words = "more than 19 in 20" if tenths else "less than 1 in 20"
    return f"{first} truly higher than {second}: {words} ({number})."
