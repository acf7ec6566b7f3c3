"""Telling people apart: errors by leaving out scenarios, shrunk over all, and what a page of tests allows."""

from eiassess.psychometrics.differences.answer_sheets import RATED, AnswerSheets, FormColumns
from eiassess.psychometrics.differences.evenness import (
    EvennessBasis,
    evenness_basis,
    evenness_cut,
    evenness_degrees_of_freedom,
    unevenness,
)
from eiassess.psychometrics.differences.leaving_out import (
    agreement_leaving_out,
    centred_pull,
    fisher_z,
    leaving_out_variance,
    scenario_pull,
)
from eiassess.psychometrics.differences.profiles import SheetProfiles, pooled_discrepancy_variance, sheet_profiles
from eiassess.psychometrics.differences.shrinking import VariancePrior, variance_prior
from eiassess.psychometrics.differences.true_order import TrueSpread, probability_higher, true_spread
from eiassess.psychometrics.differences.two_people import (
    Measured,
    WelchTests,
    drawn_interval,
    house_score_of_z,
    page_weights,
    score_gap,
    two_sided_quantile,
    weighted_holm,
    welch_tests,
)
from eiassess.psychometrics.differences.weighted import weighted_leaving_out_variance, weighted_sheets

__all__ = [
    "RATED",
    "AnswerSheets",
    "EvennessBasis",
    "FormColumns",
    "Measured",
    "SheetProfiles",
    "TrueSpread",
    "VariancePrior",
    "WelchTests",
    "agreement_leaving_out",
    "centred_pull",
    "drawn_interval",
    "evenness_basis",
    "evenness_cut",
    "evenness_degrees_of_freedom",
    "fisher_z",
    "house_score_of_z",
    "leaving_out_variance",
    "page_weights",
    "pooled_discrepancy_variance",
    "probability_higher",
    "scenario_pull",
    "score_gap",
    "sheet_profiles",
    "true_spread",
    "two_sided_quantile",
    "unevenness",
    "variance_prior",
    "weighted_holm",
    "weighted_leaving_out_variance",
    "weighted_sheets",
    "welch_tests",
]
