"""Statistics on arrays: one named statistic, one function; no domain types, no files, no clock."""

from eiassess.psychometrics.differences import (
    difference_p_value,
    holm_adjusted,
    standard_error_of_difference,
    welch_degrees_of_freedom,
)
from eiassess.psychometrics.house_scale import (
    correlation_interval,
    correlation_standard_error,
    discrepancy,
    discrepancy_error_variance,
    house_score,
    house_score_standard_error,
    profile_correlation,
    random_discrepancy,
    t_quantile,
)
from eiassess.psychometrics.profiles import (
    ProfileComponents,
    closeness,
    profile_components,
    standardised_profile,
)

__all__ = [
    "ProfileComponents",
    "closeness",
    "correlation_interval",
    "correlation_standard_error",
    "difference_p_value",
    "discrepancy",
    "discrepancy_error_variance",
    "holm_adjusted",
    "house_score",
    "house_score_standard_error",
    "profile_components",
    "profile_correlation",
    "random_discrepancy",
    "standard_error_of_difference",
    "standardised_profile",
    "t_quantile",
    "welch_degrees_of_freedom",
]
