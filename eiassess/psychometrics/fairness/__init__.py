"""Groups: selection rates, adverse impact, effect sizes."""

from eiassess.psychometrics.fairness.adverse_impact import (
    AdverseImpact,
    PersonChange,
    adverse_impact_by_group,
    adverse_impact_ratio,
    highest_rate_group,
)
from eiassess.psychometrics.fairness.effect_sizes import (
    SMALLEST_GROUP_SHOWN,
    StandardisedDifference,
    cohens_h,
    standardised_group_difference,
)
from eiassess.psychometrics.fairness.group_labels import (
    alike_labels,
    known_labels,
    merged_labels,
    says_nothing,
    spelling,
)
from eiassess.psychometrics.fairness.local_law_144 import (
    ImpactCategory,
    ImpactTable,
    above_median,
    intersections,
    local_law_144_table,
)
from eiassess.psychometrics.fairness.small_cells import shown_rows

__all__ = [
    "SMALLEST_GROUP_SHOWN",
    "AdverseImpact",
    "ImpactCategory",
    "ImpactTable",
    "PersonChange",
    "StandardisedDifference",
    "above_median",
    "adverse_impact_by_group",
    "adverse_impact_ratio",
    "alike_labels",
    "cohens_h",
    "highest_rate_group",
    "intersections",
    "known_labels",
    "local_law_144_table",
    "merged_labels",
    "says_nothing",
    "shown_rows",
    "spelling",
    "standardised_group_difference",
]
