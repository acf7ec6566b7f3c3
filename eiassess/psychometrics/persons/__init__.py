"""How one person answered."""

from eiassess.psychometrics.persons.mahalanobis import (
    MahalanobisDistances,
    mahalanobis_distance,
)
from eiassess.psychometrics.persons.partial_association import exact_partial_association
from eiassess.psychometrics.persons.person_fit import (
    MISFIT_95,
    MISFIT_99,
    graded_lz_star,
    lz_star,
)
from eiassess.psychometrics.persons.response_quality import (
    EVEN_ODD_WARNING,
    INDICES_NEEDED,
    PageTimes,
    even_odd_consistency,
    extreme_against_norm,
    longest_run,
    omissions,
    page_time,
    random_like_agreement,
    two_index_rule,
    within_person_sd,
)

__all__ = [
    "EVEN_ODD_WARNING",
    "INDICES_NEEDED",
    "MISFIT_95",
    "MISFIT_99",
    "MahalanobisDistances",
    "PageTimes",
    "even_odd_consistency",
    "exact_partial_association",
    "extreme_against_norm",
    "graded_lz_star",
    "longest_run",
    "lz_star",
    "mahalanobis_distance",
    "omissions",
    "page_time",
    "random_like_agreement",
    "two_index_rule",
    "within_person_sd",
]
