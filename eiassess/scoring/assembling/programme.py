"""A mixed-integer programme, collected row by row and solved by HiGHS."""

from dataclasses import dataclass
from enum import Enum, auto
from math import inf
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

Array = npt.NDArray[np.float64]
Columns = npt.NDArray[np.intp]

OPTIMAL, LIMIT, INFEASIBLE = 0, 1, 2
"""How scipy numbers what became of a programme."""


ALWAYS, FOR_COST = 0, -1
"""Rows that belong to no rule: one that always holds, and one that only ties a cost to what it is for."""


class Outcome(Enum):
    """What became of a programme."""

    SOLVED = auto()
    CUT_SHORT = auto()
    INFEASIBLE = auto()


@dataclass(frozen=True)
class Effort:
    """When the solver stops: after so long, so near the best, or after so many nodes of its search."""

    seconds: float
    gap: float = 0.0
    nodes: int = 1_000_000


@dataclass(frozen=True, eq=False)
class Solution:
    """What the solver found.

    Parameters
    ----------
    values
        A value for each variable; None if there is none, or none was found in time.
    gap
        How far the solution can be from the best, as a share of its cost; 0 where nothing is minimised.
    """

    outcome: Outcome
    values: Array | None
    gap: float


class _Row(NamedTuple):
    columns: Columns
    factors: Array
    lower: float
    upper: float
    rule: int


class Programme:
    """Minimise a sum of costs over variables from 0 up, under rows that each belong to a rule.

    Rules are numbered from 1; they can be left out by number, which is how those that clash are found.
    """

    def __init__(self) -> None:
        self._costs: list[Array] = []
        self._uppers: list[Array] = []
        self._integer: list[Array] = []
        self._size = 0
        self._rows: list[_Row] = []

    def add_variables(self, costs: Array, *, upper: float = inf, integer: bool = False) -> Columns:
        """Add a variable for each cost; returns their columns."""
        self._costs.append(costs)
        self._uppers.append(np.full(costs.size, upper))
        self._integer.append(np.full(costs.size, float(integer)))
        self._size += costs.size
        return np.arange(self._size - costs.size, self._size)

    def add_row(
        self, columns: Columns, factors: Array, *, lower: float = -inf, upper: float = inf, rule: int = ALWAYS
    ) -> None:
        """Bound a weighted sum of variables."""
        self._rows.append(_Row(columns, factors, lower, upper, rule))

    def solve(self, effort: Effort) -> Solution:
        """Find the variables with the least cost."""
        return self._run(np.concatenate(self._costs), self._rows, effort)

    def solve_for_fewest(self, columns: Columns, effort: Effort) -> Solution:
        """Find the variables with the least sum of some of them, and hold that sum from now on."""
        costs = np.zeros(self._size)
        costs[columns] = 1.0
        solution = self._run(costs, self._rows, effort)
        if solution.values is not None:
            fewest = float(np.round(solution.values[columns]).sum())
            self.add_row(columns, np.ones(columns.size), upper=fewest, rule=FOR_COST)
        return solution

    def is_infeasible(self, rules: frozenset[int], *, time_limit: float) -> bool:
        """Whether these rules are known to clash; rules that nobody could tell about in time are taken not to."""
        rows = [row for row in self._rows if row.rule == ALWAYS or row.rule in rules]
        return self._run(np.zeros(self._size), rows, Effort(time_limit)).outcome is Outcome.INFEASIBLE

    def _run(self, costs: Array, rows: list[_Row], effort: Effort) -> Solution:
        found = milp(
            costs,
            integrality=np.concatenate(self._integer),
            bounds=Bounds(np.zeros(self._size), np.concatenate(self._uppers)),
            constraints=_constraint(rows, self._size),
            options={"time_limit": effort.seconds, "mip_rel_gap": effort.gap, "node_limit": effort.nodes},
        )
        outcome = {OPTIMAL: Outcome.SOLVED, INFEASIBLE: Outcome.INFEASIBLE}.get(found.status, Outcome.CUT_SHORT)
        return Solution(outcome, found.x, 0.0 if found.x is None else float(found.mip_gap or 0.0))


def _constraint(rows: list[_Row], size: int) -> LinearConstraint:
    numbers = np.repeat(np.arange(len(rows)), [row.columns.size for row in rows])
    columns = np.concatenate([row.columns for row in rows])
    factors = np.concatenate([row.factors for row in rows])
    matrix = coo_array((factors, (numbers, columns)), shape=(len(rows), size)).tocsr()
    return LinearConstraint(matrix, np.array([row.lower for row in rows]), np.array([row.upper for row in rows]))
