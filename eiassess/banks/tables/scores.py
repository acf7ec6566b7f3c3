"""Scores as the columns and cells of a table: one row a person, the overall score first."""

from collections.abc import Sequence
from typing import Any

from eiassess.scoring.person.plan import ScoringPlan

FIELDS = ("score", "sem", "interval.low", "interval.high", "random_interval.low", "random_interval.high")
COUNTS = ("n_scenarios", "df")

Person = dict[str, Any]


def score_parts(plan: ScoringPlan) -> list[tuple[str, str, str]]:
    """Name the parts of a person's scores: the field that holds each, how its columns begin, and its id there."""
    parts = [("overall", "overall", ""), *(("competencies", name, name) for name in plan.competencies)]
    parts += [("styles", f"style.{name}", name) for name in plan.styles]
    return parts


def score_columns(parts: Sequence[tuple[str, str, str]]) -> list[str]:
    """Name the columns of parts."""
    return [f"{prefix}.{field}" for _, prefix, _ in parts for field in (*FIELDS, *COUNTS)]


def score_cells(parts: Sequence[tuple[str, str, str]], person: Person) -> list[float | None]:
    """Write a person's parts as cells; blank where one is not scored."""
    estimates = [person[field][name] if name else person[field] for field, _, name in parts]
    return [cell for estimate in estimates for cell in _cells(estimate)]


def _cells(estimate: dict[str, Any] | None) -> Sequence[float | None]:
    if estimate is None:
        return [None] * (len(FIELDS) + len(COUNTS))
    interval = estimate["interval"] or (None, None)
    counts = [estimate[name] for name in COUNTS]
    return [estimate["score"], estimate["sem"], *interval, *estimate["random_interval"], *counts]
