"""Reliability, the error of a score, and of a difference between two."""

from eiassess.psychometrics.reliability.alpha import (
    CoefficientAlpha,
    ReliabilityLevel,
    RetestReliability,
    SubscoreValue,
    alpha_if_deleted,
    coefficient_alpha,
    haberman_prmse,
    reliability_level,
    retest_reliability,
    stratified_alpha,
)
from eiassess.psychometrics.reliability.differences import (
    ReliableChange,
    difference_p_value,
    difference_p_values,
    pairwise_p_values,
    reliable_change,
    score_bands,
    standard_error_of_difference,
    welch_degrees_of_freedom,
)
from eiassess.psychometrics.reliability.factor import (
    OmegaTotal,
    omega_total,
)
from eiassess.psychometrics.reliability.generalizability import VarianceComponents, variance_components
from eiassess.psychometrics.reliability.measurement_error import (
    ConditionalError,
    conditional_standard_error,
    standard_error_of_estimate,
    standard_error_of_measurement,
    standard_error_of_prediction,
)

__all__ = [
    "CoefficientAlpha",
    "ConditionalError",
    "OmegaTotal",
    "ReliabilityLevel",
    "ReliableChange",
    "RetestReliability",
    "SubscoreValue",
    "VarianceComponents",
    "alpha_if_deleted",
    "coefficient_alpha",
    "conditional_standard_error",
    "difference_p_value",
    "difference_p_values",
    "haberman_prmse",
    "omega_total",
    "pairwise_p_values",
    "reliability_level",
    "reliable_change",
    "retest_reliability",
    "score_bands",
    "standard_error_of_difference",
    "standard_error_of_estimate",
    "standard_error_of_measurement",
    "standard_error_of_prediction",
    "stratified_alpha",
    "variance_components",
    "welch_degrees_of_freedom",
]
