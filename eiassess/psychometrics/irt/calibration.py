"""A fitted model: its items, and what follows from them, computed when it is first asked for."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from eiassess.errors import InvalidInputError
from eiassess.psychometrics.irt.categories import CategoryMap
from eiassess.psychometrics.irt.expectation_maximisation import Solution
from eiassess.psychometrics.irt.fit import ItemResiduals, item_residuals, yen_q3
from eiassess.psychometrics.irt.information import StandardErrors, parameter_standard_errors
from eiassess.psychometrics.irt.item_steps import ItemPriors
from eiassess.psychometrics.irt.parameters import ItemParameters
from eiassess.psychometrics.irt.quadrature import Quadrature
from eiassess.psychometrics.irt.responses import Array, ResponseTable, ScoreRange, pack_responses, score_table
from eiassess.psychometrics.irt.scoring import (
    AbilityEstimates,
    empirical_reliability,
    expected_a_posteriori,
    maximum_a_posteriori,
)


@dataclass(frozen=True, eq=False)
class Calibration:
    """Items calibrated on a sample.

    Parameters
    ----------
    solution
        Parameters and how the iterations ended.
    categories
        Which scores form each category of each item, and how many answers each has.
    scale
        Lowest score and number of levels of each item.
    responses
        The calibration sample, packed.
    rule
        Nodes and weights of theta ~ N(0, 1).
    priors
        Priors on the parameters, or None.
    names
        What the items are called, in order.
    warnings
        What a user of these numbers must know, as sentences.
    """

    solution: Solution
    categories: CategoryMap
    scale: ScoreRange
    responses: ResponseTable
    rule: Quadrature
    priors: ItemPriors | None
    names: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def parameters(self) -> ItemParameters:
        """Slopes and intercepts of all items, with the curves that follow from them."""
        return self.solution.parameters

    @property
    def a(self) -> Array:
        """Slopes, shape (J,)."""
        return self.parameters.a

    @property
    def d(self) -> tuple[Array, ...]:
        """Intercepts of each item: one fewer than it has categories."""
        return self.parameters.d

    @property
    def category_scores(self) -> tuple[tuple[tuple[float, ...], ...], ...]:
        """The scores that somebody has in each category of each item, the lowest category first.

        The intercepts of an item lead into its categories but the first.
        """
        counts = self.responses.counts()
        return tuple(
            tuple(
                tuple(
                    float(self.scale.lowest[item] + level)
                    for level in used
                    if self.categories.of_level[item, level] == k
                )
                for k in range(size)
            )
            for item, size in enumerate(self.categories.sizes.tolist())
            for used in [np.flatnonzero(counts[item, : self.categories.of_level.shape[1]])]
        )

    @property
    def log_likelihood(self) -> float:
        """Log marginal likelihood of the sample (without the priors' density)."""
        return self.solution.log_likelihood

    @property
    def converged(self) -> bool:
        """Whether the last step of every parameter and the last gain in log-likelihood were within tolerance."""
        return self.solution.converged

    @property
    def iterations(self) -> int:
        """Passes over the whole sample."""
        return self.solution.iterations

    @property
    def n_used(self) -> int:
        """Persons who answered at least one item."""
        return int((self.responses.answered > 0).sum())

    @cached_property
    def standard_errors(self) -> StandardErrors:
        """Standard errors of a and d, from the observed information.

        Raises
        ------
        NotEstimableError
            The likelihood has no proper peak at the estimates.
        """
        return parameter_standard_errors(self.parameters, self.categories, self.responses, self.rule, self.priors)

    @cached_property
    def abilities(self) -> AbilityEstimates:
        """EAP estimates of the calibration sample."""
        return expected_a_posteriori(self.parameters, self.categories, self.responses, self.rule)

    @cached_property
    def empirical_reliability(self) -> float:
        """Reliability of the sample's EAP estimates, over the persons who answered something."""
        there = self.abilities.answered > 0
        return empirical_reliability(self.abilities.theta[there], self.abilities.standard_error[there])

    @cached_property
    def q3(self) -> Array:
        """Correlations of the items' residuals, shape (J, J)."""
        return yen_q3(self.parameters, self.categories, self.responses, self.abilities.theta)

    @cached_property
    def item_residuals(self) -> ItemResiduals:
        """Observed less expected score of each item along theta."""
        return item_residuals(self.parameters, self.categories, self.responses, self.rule)

    def item_information(self, theta: Array) -> Array:
        """Fisher information of each item at theta, shape (J, Q)."""
        return self.parameters.item_information(theta)

    def test_information(self, theta: Array) -> Array:
        """Fisher information of all items together at theta, shape (Q,)."""
        return np.asarray(self.item_information(theta).sum(axis=0))

    def score(self, scores: npt.ArrayLike, method: Literal["EAP", "MAP"] = "EAP") -> AbilityEstimates:
        """Estimate theta of persons from their scores on these items.

        Parameters
        ----------
        scores
            Shape (N, J), missing entries NaN and skipped. A score that the calibration sample did not have counts as
            the nearest that it had, the lower of two.
        method
            ``EAP``, mean and SD of the posterior, or ``MAP``, its mode with ``1 / sqrt(I + 1)``.

        Raises
        ------
        InvalidInputError
            Another number of items, scores that are not whole, or an unknown method.
        """
        table = score_table(scores)
        if table.ndim != 2 or table.shape[1] != len(self.names):  # noqa: PLR2004  # a table has two dimensions
            message = f"scores must be a table with a column for each of the {len(self.names)} calibrated items"
            raise InvalidInputError(message)
        estimators = {"EAP": expected_a_posteriori, "MAP": maximum_a_posteriori}
        if method not in estimators:
            message = f"there is no method {method}: choose EAP or MAP"
            raise InvalidInputError(message)
        responses = pack_responses(table, self.scale)
        return estimators[method](self.parameters, self.categories, responses, self.rule)
