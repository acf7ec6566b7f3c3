"""Scores as the columns and cells of a table: one row a person, the overall score first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from eiassess.domain.exports import ColumnMeaning
from eiassess.domain.forms import AssessmentForm

FIELDS = ("score", "sem", "interval.low", "interval.high", "random_interval.low", "random_interval.high")
COUNTS = ("n_scenarios", "df")
PROVENANCE = ("form", "form_digest", "key_digest", "engine")
"""What the scores of a row were made from; these columns follow the scores and why some are missing."""

Person = dict[str, Any]

_MEANINGS = {
    "score": ("points", "agreement with the answer key: 100 is the key's pattern, 50 is random answering"),
    "sem": ("points", "standard error of the score, from this person's answers alone"),
    "interval.low": ("points", "lower end of the score's 95 % interval, from this person's answers alone"),
    "interval.high": ("points", "upper end of that interval"),
    "random_interval.low": ("points", "lower end of where 95 % of people who answer at random score"),
    "random_interval.high": ("points", "upper end of that range"),
    "n_scenarios": ("count", "scenarios that the score covers"),
    "df": ("count", "degrees of freedom of the standard error"),
}
_OF_THE_ROW = {
    "not_scored": ("words", "what is not scored and why; empty if everything is"),
    "form": ("id", "form that was sat"),
    "form_digest": ("SHA-256", "this very version of the form"),
    "key_digest": ("SHA-256", "answer key that the scores were made with"),
    "engine": ("name", "scoring engine that made the scores"),
}


@dataclass(frozen=True)
class ScorePart:
    """A part of a person's scores.

    Parameters
    ----------
    field, id
        Where it lies in what `person_score_to_dict` lays out; no id for the overall score.
    prefix
        How its columns begin.
    """

    field: str
    prefix: str
    id: str = ""


def score_parts(*forms: AssessmentForm) -> list[ScorePart]:
    """List the parts that forms can score, in the order in which their scenarios name them."""
    scenarios = [scenario for form in forms for scenario in form.scenarios]
    competencies = dict.fromkeys(each.competency for each in scenarios if each.competency is not None)
    styles = dict.fromkeys(each.style for each in scenarios if each.style is not None)
    return [
        ScorePart("overall", "overall"),
        *(ScorePart("competencies", name, name) for name in competencies),
        *(ScorePart("styles", f"style.{name}", name) for name in styles),
    ]


def score_columns(parts: Sequence[ScorePart]) -> list[str]:
    """Name the columns of parts."""
    return [f"{part.prefix}.{field}" for part in parts for field in (*FIELDS, *COUNTS)]


def score_cells(parts: Sequence[ScorePart], person: Person | None) -> list[float | None]:
    """Write a person's parts as cells: blank where one is not scored, or where there are no scores at all."""
    return [cell for part in parts for cell in _cells(_estimate(part, person))]


def _estimate(part: ScorePart, person: Person | None) -> dict[str, Any] | None:
    if person is None:
        return None
    found: dict[str, Any] | None = person[part.field].get(part.id) if part.id else person[part.field]
    return found


def _cells(estimate: dict[str, Any] | None) -> Sequence[float | None]:
    if estimate is None:
        return [None] * (len(FIELDS) + len(COUNTS))
    interval = estimate["interval"] or (None, None)
    counts = [estimate[name] for name in COUNTS]
    return [estimate["score"], estimate["sem"], *interval, *estimate["random_interval"], *counts]


def score_meanings(parts: Sequence[ScorePart], name: Callable[[ScorePart], str]) -> Iterator[ColumnMeaning]:
    """Say what the columns of parts, and those that follow them, mean; ``name`` names a part to people."""
    for part in parts:
        for field in (*FIELDS, *COUNTS):
            unit, meaning = _MEANINGS[field]
            yield ColumnMeaning(f"{part.prefix}.{field}", unit, f"{name(part)}: {meaning}")
    for column in ("not_scored", *PROVENANCE):
        yield ColumnMeaning(column, *_OF_THE_ROW[column])
