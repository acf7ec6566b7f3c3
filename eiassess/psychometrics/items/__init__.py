"""How items and options work."""

from eiassess.psychometrics.items.item_analysis import (
    ItemVerdict,
    Weakness,
    corrected_item_total,
    difficulty,
    item_verdicts,
    runs_against_others,
)
from eiassess.psychometrics.items.option_analysis import (
    OptionFrequencies,
    OptionTotalCurves,
    option_frequencies,
    option_total_curves,
)

__all__ = [
    "ItemVerdict",
    "OptionFrequencies",
    "OptionTotalCurves",
    "Weakness",
    "corrected_item_total",
    "difficulty",
    "item_verdicts",
    "option_frequencies",
    "option_total_curves",
    "runs_against_others",
]
