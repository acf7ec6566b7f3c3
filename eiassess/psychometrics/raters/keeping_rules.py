"""Which options and scenarios experts agree on well enough to be keyed by them."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from eiassess.errors import NotEstimableError
from eiassess.psychometrics.raters.agreement import (
    ROUNDING,
    average_deviation,
    check_scale,
    largest_average_deviation,
    within_group_agreement,
)
from eiassess.psychometrics.raters.intraclass import intraclass_correlation

Array = npt.NDArray[np.float64]

LEAST_RWG = 0.70
LEAST_ICC_OF_A_SCENARIO = 0.90
"""Of ICC(2,k) with ten experts: .80 would only be ICC(2,1) = .29."""

LEAST_SPREAD_OF_A_KEY = 1.0
"""Scale points between the best and the worst option of a scenario."""

LEAST_EXPERTS = 10
"""With 4, rwg reaches .70 by chance in 9.6 % of options, with 10 in 0.6 % (6-point scale, simulated)."""


class Doubt(StrEnum):
    """Why an option or a scenario is not keyed by these experts."""

    FEW_EXPERTS = "few experts"
    LOW_AGREEMENT = "low agreement"
    LARGE_DEVIATION = "large deviation"
    LOW_ICC = "low icc"
    NO_ICC = "no icc"
    NARROW_KEY = "narrow key"


@dataclass(frozen=True)
class OptionVerdict:
    """Whether an option may be keyed, with the figures it rests on: None where too few experts rated it."""

    n_experts: int
    mean: float | None
    rwg: float | None
    average_deviation: float | None
    doubts: tuple[Doubt, ...]

    @property
    def kept(self) -> bool:
        """Whether no rule speaks against the option."""
        return not self.doubts


def option_verdicts(ratings: Array, points: int) -> tuple[OptionVerdict, ...]:
    """Apply the rules for keeping an option: rwg at least .70, average deviation at most A / 6, ten experts.

    Parameters
    ----------
    ratings
        Shape (experts, options), NaN where missing.
    points
        How many points the scale has.

    Returns
    -------
    tuple
        One verdict an option; an option that fewer than two experts rated has no figures.

    Raises
    ------
    InvalidInputError
        Ratings lie outside the scale.

    Examples
    --------
    >>> ratings = np.array([[6.0, 1.0], [5.0, 3.0]] * 5)
    >>> [verdict.kept for verdict in option_verdicts(ratings, 6)]
    [True, False]
    """
    check_scale(ratings, points)
    return tuple(_option_verdict(column[~np.isnan(column)][:, None], points) for column in ratings.T)


def _option_verdict(given: Array, points: int) -> OptionVerdict:
    n = given.size
    if n < 2:  # noqa: PLR2004 - agreement is between two
        return OptionVerdict(n, float(given[0, 0]) if n else None, None, None, (Doubt.FEW_EXPERTS,))
    rwg, deviation = float(within_group_agreement(given, points)[0]), float(average_deviation(given, points)[0])
    doubts = _applying(
        {
            Doubt.FEW_EXPERTS: n < LEAST_EXPERTS,
            Doubt.LOW_AGREEMENT: rwg < LEAST_RWG - ROUNDING,
            Doubt.LARGE_DEVIATION: deviation > largest_average_deviation(points) + ROUNDING,
        }
    )
    return OptionVerdict(n, float(given.mean()), rwg, deviation, doubts)


def _applying(rules: dict[Doubt, bool]) -> tuple[Doubt, ...]:
    return tuple(doubt for doubt, applies in rules.items() if applies)


@dataclass(frozen=True)
class ScenarioVerdict:
    """Whether a scenario may be keyed, with the figures it rests on.

    Parameters
    ----------
    n_experts
        Those who rated all its options.
    icc
        ICC(2,k) over its options; None where it has no value.
    spread
        Scale points between the best and the worst option's mean; None where nobody rated all options.
    doubts
        The rules that speak against it.
    """

    n_experts: int
    icc: float | None
    spread: float | None
    doubts: tuple[Doubt, ...]

    @property
    def kept(self) -> bool:
        """Whether no rule speaks against the scenario."""
        return not self.doubts


def scenario_verdict(ratings: Array, points: int) -> ScenarioVerdict:
    """Apply the rules for keeping a scenario: ICC(2,k) at least .90, best and worst a point apart, ten experts.

    Parameters
    ----------
    ratings
        Shape (experts, options): one scenario's options, those that `option_verdicts` kept. Only the experts who rated
        all of them are used.
    points
        How many points the scale has.

    Raises
    ------
    InvalidInputError
        Ratings lie outside the scale.

    Examples
    --------
    >>> verdict = scenario_verdict(np.array([[6.0, 3.0, 1.0], [5.0, 3.0, 2.0]] * 5), 6)
    >>> verdict.n_experts, round(verdict.icc, 3), verdict.spread, verdict.kept
    (10, 0.995, 4.0, True)
    """
    check_scale(ratings, points)
    complete = ratings[~np.isnan(ratings).any(axis=1)]
    icc = _icc_of_the_mean(complete)
    spread = float(np.ptp(complete.mean(axis=0))) if complete.size else None
    doubts = _applying(
        {
            Doubt.FEW_EXPERTS: len(complete) < LEAST_EXPERTS,
            Doubt.NO_ICC: icc is None,
            Doubt.LOW_ICC: icc is not None and icc < LEAST_ICC_OF_A_SCENARIO - ROUNDING,
            Doubt.NARROW_KEY: spread is not None and spread < LEAST_SPREAD_OF_A_KEY - ROUNDING,
        }
    )
    return ScenarioVerdict(len(complete), icc, spread, doubts)


def _icc_of_the_mean(ratings: Array) -> float | None:
    try:
        return intraclass_correlation(ratings).icc_2_k.value
    except NotEstimableError:
        return None
