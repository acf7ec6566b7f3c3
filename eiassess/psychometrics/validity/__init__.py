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

__all__ = [
    "Correlation",
    "ExpectancyRow",
    "correct_for_attenuation",
    "criterion_correlation",
    "expectancy_table",
    "expected_expectancy",
    "fisher_interval",
    "needed_n",
    "taylor_russell",
    "thorndike_ii",
]
