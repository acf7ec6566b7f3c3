"""Differential item functioning: whether people of two groups with the same standing answer an item alike.

Group by total by category counts are sufficient: people are counted once, and every statistic works on the counts.
"""

from eiassess.psychometrics.dif.analysis import (
    SMALLEST_ASSESSABLE_GROUP,
    SMALLEST_ASSESSABLE_SAMPLE,
    DifAnalysis,
    ItemDif,
    differential_item_functioning,
)
from eiassess.psychometrics.dif.classes import (
    DifClass,
    ets_class,
    jodoin_gierl_class,
    standardised_difference_class,
)
from eiassess.psychometrics.dif.mantel_haenszel import MantelHaenszelDif, MantelTest, mantel_haenszel_dif, mantel_test
from eiassess.psychometrics.dif.ordinal_logistic import OrdinalLogisticDif, ordinal_logistic_dif
from eiassess.psychometrics.dif.standardised_difference import (
    StandardisedMeanDifference,
    standardised_mean_difference,
)

__all__ = [
    "SMALLEST_ASSESSABLE_GROUP",
    "SMALLEST_ASSESSABLE_SAMPLE",
    "DifAnalysis",
    "DifClass",
    "ItemDif",
    "MantelHaenszelDif",
    "MantelTest",
    "OrdinalLogisticDif",
    "StandardisedMeanDifference",
    "differential_item_functioning",
    "ets_class",
    "jodoin_gierl_class",
    "mantel_haenszel_dif",
    "mantel_test",
    "ordinal_logistic_dif",
    "standardised_difference_class",
    "standardised_mean_difference",
]
