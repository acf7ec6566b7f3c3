"""The two models as a user meets them: settings, and ``fit``."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt

from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.irt.calibration import Calibration
from eiassess.psychometrics.irt.categories import categories_of, category_warnings
from eiassess.psychometrics.irt.expectation_maximisation import (
    WARM_START_PERSONS,
    Problem,
    Solution,
    Tolerance,
    maximise,
)
from eiassess.psychometrics.irt.families import GRADED, PARTIAL_CREDIT, ItemFamily
from eiassess.psychometrics.irt.item_steps import ItemPriors
from eiassess.psychometrics.irt.quadrature import standard_normal_quadrature
from eiassess.psychometrics.irt.responses import Scores, pack_responses, score_range, score_table
from eiassess.psychometrics.irt.scoring import AbilityEstimates
from eiassess.psychometrics.irt.starting_values import item_rest_correlations, starting_values

LEAST_PERSONS = 250
"""Below this a calibration is refused."""
FEW_PERSONS = 500
"""Below this it carries a warning."""
LEAST_ITEMS = 3
"""Two items cannot tell their two slopes apart."""


@dataclass(frozen=True)
class _ItemResponseModel:
    family: ClassVar[ItemFamily]

    nodes: int = 61
    min_category: int | None = None
    priors: bool = False
    tolerance: Tolerance = field(default_factory=Tolerance)

    def fit(self, scores: npt.ArrayLike, names: Sequence[str] | None = None) -> Calibration:
        """Calibrate the items by marginal maximum likelihood, theta ~ N(0, 1).

        Parameters
        ----------
        scores
            Shape (N, J): ordered categories as whole numbers, from any lowest number on; missing entries NaN, and
            skipped. Categories that nobody used are dropped; items may have different numbers of categories.
        names
            What to call the items in messages; ``1`` to ``J`` if not given.

        Raises
        ------
        InvalidInputError
            Not a table of whole numbers, or another number of names than of items.
        NotEstimableError
            Fewer than 250 persons or 3 items, an item that nobody answered or on which all answered the same.
        """
        table = score_table(scores)
        scale = score_range(table)
        labels = tuple(map(str, range(1, table.shape[1] + 1) if names is None else names))
        responses = pack_responses(table, scale)
        _require_enough(labels, table, int((responses.answered > 0).sum()))
        counts = responses.counts()[:, : scale.levels.max()]
        categories = categories_of(counts, labels, self.min_category)
        rule, priors = standard_normal_quadrature(self.nodes), ItemPriors() if self.priors else None
        sample = table[:: max(1, table.shape[0] // WARM_START_PERSONS)]
        start = starting_values(self.family, item_rest_correlations(sample), categories)
        solution = maximise(Problem(responses, categories, rule, priors), start, self.tolerance)
        warnings = (
            *_sample_warnings(responses.answered),
            *category_warnings(categories, counts, scale, labels),
            *_solution_warnings(solution, labels),
        )
        return Calibration(solution, categories, scale, responses, rule, priors, labels, warnings)

    def score(self, scores: npt.ArrayLike, method: Literal["EAP", "MAP"] = "EAP") -> AbilityEstimates:
        """Calibrate on people and score the same people; ``fit(...).score(...)`` scores others.

        Parameters
        ----------
        scores
            Shape (N, J), as for `fit`.
        method
            ``EAP`` or ``MAP``.

        Raises
        ------
        InvalidInputError, NotEstimableError
            As for `fit`.
        """
        return self.fit(scores).score(scores, method)


@dataclass(frozen=True)
class GradedResponseModel(_ItemResponseModel):
    """Samejima's graded response model, ``P(score >= k | theta) = 1 / (1 + exp(-(a theta + d_k)))``, d decreasing.

    Parameters
    ----------
    nodes
        Equally spaced nodes from -6 to 6.
    min_category
        Collapse categories with fewer answers than this into a neighbour; None leaves them as they are.
    priors
        Whether to put priors on the parameters: a ~ lognormal(0, .5), d ~ N(0, 3). Off by default: they move slopes.
    tolerance
        When the iterations stop.

    References
    ----------
    Samejima (1969), Psychometrika Monograph 17; Bock & Aitkin (1981), Psychometrika 46, 443; Liu, Rubin & Wu (1998),
    Biometrika 85, 755; Walker & Ni (2011), SIAM Journal on Numerical Analysis 49, 1715.

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> theta = random.standard_normal((400, 1))
    >>> scores = (theta + random.logistic(size=(400, 6)) > 0.5).astype(float)
    >>> calibration = GradedResponseModel().fit(scores)
    >>> calibration.converged, calibration.a.size, [d.size for d in calibration.d]
    (True, 6, [1, 1, 1, 1, 1, 1])
    >>> people = calibration.score(scores[:1])
    >>> people.theta.shape, bool(people.standard_error[0] < 1)
    ((1,), True)
    """

    family: ClassVar[ItemFamily] = GRADED


@dataclass(frozen=True)
class GeneralizedPartialCreditModel(_ItemResponseModel):
    """Muraki's model, ``P(score = k | theta)`` proportional to ``exp(k a theta + d_k)``, ``d_0 = 0``.

    Parameters
    ----------
    nodes, min_category, priors, tolerance
        As for the graded response model.

    References
    ----------
    Muraki (1992), Applied Psychological Measurement 16, 159.

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> theta = random.standard_normal((400, 1))
    >>> scores = (theta + random.logistic(size=(400, 6)) > 0.5).astype(float)
    >>> graded, partial = GradedResponseModel().fit(scores), GeneralizedPartialCreditModel().fit(scores)
    >>> bool(abs(graded.log_likelihood - partial.log_likelihood) < 1e-6)  # with two categories the models are one
    True
    """

    family: ClassVar[ItemFamily] = PARTIAL_CREDIT


def _require_enough(labels: tuple[str, ...], table: Scores, persons: int) -> None:
    if len(labels) != table.shape[1]:
        message = f"{len(labels)} names for {table.shape[1]} items"
        raise InvalidInputError(message)
    if table.shape[1] < LEAST_ITEMS:
        message = f"a calibration needs at least {LEAST_ITEMS} items, not {table.shape[1]}"
        raise NotEstimableError(message)
    if persons < LEAST_PERSONS:
        message = f"a calibration needs at least {LEAST_PERSONS} persons, not {persons}"
        raise NotEstimableError(message)


def _sample_warnings(answered: npt.NDArray[np.intp]) -> tuple[str, ...]:
    persons = int((answered > 0).sum())
    if persons >= FEW_PERSONS:
        return ()
    return (f"only {persons} persons: below {FEW_PERSONS} the parameters of single items are uncertain",)


def _solution_warnings(solution: Solution, labels: tuple[str, ...]) -> tuple[str, ...]:
    found = [
        f"item {label}: negative slope, persons with more of the trait score lower"
        for label, slope in zip(labels, solution.parameters.a, strict=True)
        if slope < 0
    ]
    if not solution.converged:
        found.append(
            f"not converged after {solution.iterations} iterations: the next would move a parameter by"
            f" {solution.step:.2g}, the last raised the log-likelihood by {solution.gain:.2g}"
        )
    return tuple(found)
