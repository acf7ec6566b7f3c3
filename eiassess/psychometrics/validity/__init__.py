"""What a score says of a criterion."""

from eiassess.psychometrics.validity.criterion import (
    Correlation,
    correct_for_attenuation,
    criterion_correlation,
    fisher_interval,
    needed_n,
    thorndike_ii,
)
from eiassess.psychometrics.validity.expectancy import (
    ExpectancyRow,
    expectancy_table,
    expected_expectancy,
    taylor_russell,
)
from eiassess.psychometrics.validity.utility import (
    Utility,
    break_even_validity,
    mean_score_of_selected,
    selection_utility,
)

__all__ = [
    "Correlation",
    "ExpectancyRow",
    "Utility",
    "break_even_validity",
    "correct_for_attenuation",
    "criterion_correlation",
    "expectancy_table",
    "expected_expectancy",
    "fisher_interval",
    "mean_score_of_selected",
    "needed_n",
    "selection_utility",
    "taylor_russell",
    "thorndike_ii",
]
