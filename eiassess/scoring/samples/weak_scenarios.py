"""Why a scenario should be looked at, and whether that is more than chance; nothing is dropped by itself."""

from dataclasses import dataclass

from eiassess.domain.scores import Interval
from eiassess.psychometrics import ItemVerdict, Weakness
from eiassess.psychometrics.items.item_analysis import EASIEST, HARDEST, LEAST_DISCRIMINATION

PEOPLE_FOR_VERDICTS = 30
"""Least people who answered everything, for calling a scenario weak (check): with 30 a correlation of .20 has a 95 %
interval from -.17 to .52."""

RANDOM_LEVEL = 50.0
"""Mean house score of random answering."""

NOT_ABOVE_RANDOM = "not above random"


@dataclass(frozen=True)
class WeakReason:
    """One thing that speaks against a scenario.

    Parameters
    ----------
    code
        A `Weakness`, or "not above random".
    is_clear
        Whether the whole 95 % interval of the figure lies on the wrong side; ``None`` where the figure has no interval.
    """

    code: str
    is_clear: bool | None


def weak_reasons(
    verdict: ItemVerdict, item_total: Interval | None, mean: Interval, lowest: float, highest: float
) -> tuple[WeakReason, ...]:
    """Give the reasons against a scenario, by the rules of `item_verdicts` and one of the house scale.

    Parameters
    ----------
    verdict
        Of the scenario's house scores.
    item_total, mean
        95 % intervals of its corrected item-total correlation and of its mean.
    lowest, highest
        The range that the verdict's difficulty is a share of.
    """
    width = highest - lowest
    clear = {
        Weakness.NO_VARIANCE: True,
        Weakness.NEGATIVE_DISCRIMINATION: None if item_total is None else item_total.high < 0,
        Weakness.LOW_DISCRIMINATION: None if item_total is None else item_total.high < LEAST_DISCRIMINATION,
        Weakness.TOO_EASY: mean.low > lowest + EASIEST * width,
        Weakness.TOO_HARD: mean.high < lowest + HARDEST * width,
        Weakness.LOWERS_ALPHA: None,
    }
    reasons = tuple(WeakReason(weakness.value, clear[weakness]) for weakness in verdict.weaknesses)
    if verdict.mean > RANDOM_LEVEL:
        return reasons
    return (*reasons, WeakReason(NOT_ABOVE_RANDOM, mean.high < RANDOM_LEVEL))
