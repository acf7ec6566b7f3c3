"""Marginal maximum likelihood by EM, sped up three ways.

1. Parameter expansion (PX-EM): after each M-step the scale is moved so that the posterior mean and variance of theta
   are 0 and 1 again, which plain EM approaches slowly.
2. Secant extrapolation (Anderson's mixing): the next parameters are the combination of the last few steps whose
   remaining step would be smallest. The log-likelihood of each extrapolation is checked; one that lowers it is undone.
3. Large samples start from the solution of a sample of 5,000 persons, and come near their own with every other node.
"""

from collections import deque
from dataclasses import dataclass, field, replace

import numpy as np

from eiassess.psychometrics.irt.categories import CategoryMap
from eiassess.psychometrics.irt.expectation import Expectation, expectation_step
from eiassess.psychometrics.irt.item_steps import ItemPriors, admissible_items, item_step
from eiassess.psychometrics.irt.parameters import ItemParameters
from eiassess.psychometrics.irt.quadrature import Quadrature, standard_normal_quadrature
from eiassess.psychometrics.irt.responses import Array, ResponseTable

WARM_START_ABOVE = 15_000
WARM_START_PERSONS = 5_000
ROUGH_STEP = 1e-3
"""Steps this short end the iterations on every other node, and those on a sample."""
ROUGH_ITERATIONS = 20
MEMORY = 6
"""Steps that an extrapolation looks back on."""
SLACK = 1e-4
"""So far below the best a log-likelihood may fall: moving the scale is exact only between the nodes' errors."""


@dataclass(frozen=True)
class Tolerance:
    """When to stop: no parameter's next step exceeds ``step``, and the log-likelihood rose by less than ``gain``."""

    step: float = 1e-5
    gain: float = 1e-4
    iterations: int = 500


@dataclass(frozen=True)
class Solution:
    """Where the iterations ended.

    Parameters
    ----------
    converged
        Whether the last step and the last gain were within tolerance.
    iterations
        Passes over all persons.
    step
        The largest change of a parameter that one more iteration would make.
    gain
        By how much the log-likelihood rose in the last iteration.
    """

    parameters: ItemParameters
    log_likelihood: float
    converged: bool
    iterations: int
    step: float
    gain: float


@dataclass(frozen=True)
class Problem:
    """Data, quadrature and priors, all that stays the same over the iterations.

    ``steadying`` is an answer of one imagined person, spread over categories as the whole sample is, so that a
    category that a warm start's 5,000 persons lack does not run away; 0 otherwise.
    """

    responses: ResponseTable
    categories: CategoryMap
    rule: Quadrature
    priors: ItemPriors | None = None
    steadying: float = 0.0

    def expect(self, parameters: ItemParameters) -> Expectation:
        """Run the E-step."""
        return expectation_step(parameters, self.categories, self.responses, self.rule)

    def objective(self, parameters: ItemParameters, log_likelihood: float) -> float:
        """Log-likelihood, plus the log prior if there are priors."""
        return log_likelihood + (self.priors.log_density(parameters) if self.priors else 0.0)

    def improve(self, parameters: ItemParameters, expected: Expectation, *, expand: bool) -> ItemParameters:
        """Run the M-step; then, if asked to (priors would forbid it), move the scale back to mean 0 and variance 1."""
        answers, theta = expected.answers, self.rule.nodes
        if self.steadying:
            counts = self.categories.counts
            shares = counts / counts.sum(axis=1, keepdims=True)
            answers = answers + self.steadying * shares[:, :, None] * self.rule.weights
        parameters = item_step(parameters, theta, answers, self.priors)
        if not expand:
            return parameters
        density = expected.persons / expected.persons.sum()
        mean = float(density @ theta)
        sd = float(np.sqrt(density @ (theta - mean) ** 2))
        return parameters.rescaled(1 / sd, -mean / sd)

    def admits(self, parameters: ItemParameters) -> bool:
        """Whether all items' parameters are within bounds."""
        return bool(admissible_items(parameters, positive=self.priors is not None).all())


def maximise(problem: Problem, start: ItemParameters, tolerance: Tolerance) -> Solution:
    """Find the parameters that maximise the marginal likelihood (with priors: times their density)."""
    loose = replace(tolerance, step=ROUGH_STEP, gain=np.inf, iterations=min(ROUGH_ITERATIONS, tolerance.iterations))
    coarse = replace(problem, rule=standard_normal_quadrature(-(-problem.rule.nodes.size // 2)))
    secants = _Secants()
    if problem.responses.persons > WARM_START_ABOVE:
        every = problem.responses.persons // WARM_START_PERSONS
        sample = replace(coarse, responses=problem.responses.every(every, WARM_START_PERSONS), steadying=1.0)
        start, _ = _iterate(sample, start, loose, secants)
    start, rough = _iterate(coarse, start, loose, secants)
    _, final = _iterate(problem, start, tolerance, secants)
    return replace(final, iterations=rough.iterations + final.iterations)


def _iterate(
    problem: Problem, start: ItemParameters, tolerance: Tolerance, secants: "_Secants"
) -> tuple[ItemParameters, Solution]:
    """Iterate until within tolerance; give where the next iteration would have gone, and the solution."""
    anchor, plain, at, expand = start, start, start, problem.priors is None
    secants.last = None  # what other data or nodes said of the curvature holds here too, where they stood does not
    best, before, log_likelihood, largest, gain, count = -np.inf, -np.inf, -np.inf, np.inf, np.inf, 0
    while count < tolerance.iterations and not (largest < tolerance.step and gain < tolerance.gain):
        count += 1
        expected = problem.expect(at)
        value = problem.objective(at, expected.log_likelihood)
        if value < best - SLACK:
            if secants.extrapolated:
                at = plain
            elif expand:
                expand, at = False, anchor  # moving the scale lowered it, where the nodes are coarse for the items
            else:
                at = plain = _between(anchor, plain)
            secants.forget()
            continue
        gain, best, anchor, log_likelihood = value - before, max(best, value), at, expected.log_likelihood
        before = value
        plain = problem.improve(at, expected, expand=expand)
        step = _vector(plain) - _vector(at)
        largest = float(np.abs(step).max())
        proposal = _parameters(secants.propose(_vector(at), step), at)
        secants.extrapolated = secants.extrapolated and problem.admits(proposal)
        at = proposal if secants.extrapolated else plain
    converged = largest < tolerance.step and gain < tolerance.gain
    return at, Solution(anchor, log_likelihood, converged, count, largest, gain)


@dataclass
class _Secants:
    """How the last few changes of the parameters changed the step that EM takes, and what that suggests."""

    changes: deque[Array] = field(default_factory=lambda: deque(maxlen=MEMORY))
    effects: deque[Array] = field(default_factory=lambda: deque(maxlen=MEMORY))
    last: tuple[Array, Array] | None = None
    extrapolated: bool = False

    def forget(self) -> None:
        """Start anew."""
        self.changes.clear()
        self.effects.clear()
        self.last, self.extrapolated = None, False

    def propose(self, point: Array, step: Array) -> Array:
        """Combine the last points so that their combined step is smallest, and go that step."""
        if self.last is not None:
            self.changes.append(point - self.last[0])
            self.effects.append(step - self.last[1])
        self.last, self.extrapolated = (point, step), bool(self.changes)
        if not self.extrapolated:
            return point + step
        effects, changes = np.array(self.effects).T, np.array(self.changes).T
        shares = np.linalg.lstsq(effects, step, rcond=1e-8)[0]
        return np.asarray(point + step - (changes + effects) @ shares)


def _vector(parameters: ItemParameters) -> Array:
    return np.column_stack([parameters.a, parameters.intercepts]).ravel()


def _parameters(vector: Array, like: ItemParameters) -> ItemParameters:
    table = vector.reshape(like.a.size, -1)
    return replace(like, a=table[:, 0].copy(), intercepts=table[:, 1:].copy())


def _between(first: ItemParameters, second: ItemParameters) -> ItemParameters:
    return replace(first, a=(first.a + second.a) / 2, intercepts=(first.intercepts + second.intercepts) / 2)
