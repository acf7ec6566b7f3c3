"""How far experts agree, and what is kept of what they rated."""

from eiassess.psychometrics.raters.agreement import (
    agreement_given_mean,
    average_deviation,
    largest_average_deviation,
    rater_rest_correlations,
    rater_rest_distances,
    within_group_agreement,
    within_group_agreement_over_options,
)
from eiassess.psychometrics.raters.intraclass import (
    IntraclassCorrelation,
    IntraclassCorrelations,
    intraclass_correlation,
)
from eiassess.psychometrics.raters.keeping_rules import (
    Doubt,
    OptionVerdict,
    ScenarioVerdict,
    option_verdicts,
    scenario_verdict,
)
from eiassess.psychometrics.raters.mean_rating import MeanOverRaters, mean_over_raters

__all__ = [
    "Doubt",
    "IntraclassCorrelation",
    "IntraclassCorrelations",
    "MeanOverRaters",
    "OptionVerdict",
    "ScenarioVerdict",
    "agreement_given_mean",
    "average_deviation",
    "intraclass_correlation",
    "largest_average_deviation",
    "mean_over_raters",
    "option_verdicts",
    "rater_rest_correlations",
    "rater_rest_distances",
    "scenario_verdict",
    "within_group_agreement",
    "within_group_agreement_over_options",
]
