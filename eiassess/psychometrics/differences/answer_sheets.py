"""Many people's answers to one form, as arrays: what the rule for telling people apart starts from."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.intp]

RATED = -1
"""What stands for a scenario whose options are rated, where choices have the number of their format."""


@dataclass(frozen=True, eq=False)
class FormColumns:
    """A form under a key.

    Parameters
    ----------
    key, scenario, kind
        Of each rating, shape (ratings,): the key's value, the number of its scenario and of its format.
    competency
        Shape (scenarios,): numbers from 0.
    choice
        Shape (scenarios,): number of the format of a scenario whose options are chosen or ranked; ``RATED`` of others.
    decisions
        Shape (scenarios,): picks or places that a choice asks for; 0 of rated scenarios.
    weight
        Shape (scenarios,): what each rated scenario counts, above 0; ``None`` where all count the same.
    """

    key: Array
    scenario: Labels
    kind: Labels
    competency: Labels
    choice: Labels
    decisions: Array
    weight: Array | None = None

    @cached_property
    def of_scenario(self) -> Array:
        """Shape (ratings, scenarios): 1 where a rating belongs to a scenario."""
        return np.eye(self.competency.size)[self.scenario]

    @cached_property
    def of_competency(self) -> Array:
        """Shape (scenarios, competencies): 1 where a scenario belongs to a competency."""
        return np.eye(int(self.competency.max(initial=-1)) + 1)[self.competency]

    @property
    def kinds(self) -> tuple[Flags, ...]:
        """For each rated format which ratings are of it, shape (ratings,)."""
        return tuple(self.kind == one for one in np.unique(self.kind))

    @property
    def choices(self) -> tuple[Flags, ...]:
        """For each format of choices which scenarios are of it, shape (scenarios,)."""
        return tuple(self.choice == one for one in np.unique(self.choice) if one != RATED)


@dataclass(frozen=True, eq=False)
class AnswerSheets:
    """What people answered; whoever stands here has a scenario that counts.

    Parameters
    ----------
    columns
        What they sat.
    ratings
        Shape (people, ratings); what stands in scenarios that do not count is not looked at.
    choices
        Shape (people, scenarios): scores s of choices, at most 1; not looked at where options are rated.
    counted
        Shape (people, scenarios): whether a scenario counts for a person.
    """

    columns: FormColumns
    ratings: Array
    choices: Array
    counted: Flags
