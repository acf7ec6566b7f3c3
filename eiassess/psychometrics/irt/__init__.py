"""Item response theory: calibrating ordered scores, scoring persons, and linking calibrations."""

from eiassess.psychometrics.irt.calibration import Calibration
from eiassess.psychometrics.irt.categories import silent_items
from eiassess.psychometrics.irt.fit import ItemResiduals, item_residuals, yen_q3
from eiassess.psychometrics.irt.information import StandardErrors, observed_information, parameter_standard_errors
from eiassess.psychometrics.irt.linking import ScaleLinking, mean_sigma_linking, stocking_lord_linking
from eiassess.psychometrics.irt.models import GeneralizedPartialCreditModel, GradedResponseModel
from eiassess.psychometrics.irt.parameters import ItemParameters
from eiassess.psychometrics.irt.scoring import AbilityEstimates, empirical_reliability

__all__ = [
    "AbilityEstimates",
    "Calibration",
    "GeneralizedPartialCreditModel",
    "GradedResponseModel",
    "ItemParameters",
    "ItemResiduals",
    "ScaleLinking",
    "StandardErrors",
    "empirical_reliability",
    "item_residuals",
    "mean_sigma_linking",
    "observed_information",
    "parameter_standard_errors",
    "silent_items",
    "stocking_lord_linking",
    "yen_q3",
]
