"""Two to six people side by side: which differences are larger than their error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np

from eiassess import psychometrics
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.reasons import OVERALL
from eiassess.domain.scores import PersonScore, ScoreEstimate
from eiassess.scoring.person.engine import points_compare
from eiassess.scoring.person.missing import forms_compare
from eiassess.scoring.person.profiling import SIGNIFICANCE


@dataclass(frozen=True)
class ScoreBasis:
    """What a score was made from, as far as comparing it with another one goes."""

    form: AssessmentForm
    key_digest: str
    engine: str


class Apart(StrEnum):
    """In what two scores were made differently, so that they do not compare."""

    FORM = "form"
    KEY = "key"
    ENGINE = "engine"


def apart(first: ScoreBasis, second: ScoreBasis) -> tuple[Apart, ...]:
    """Say why two scores do not mean the same: nothing if one key, comparable forms and engines with the same points.

    A list that sets scores apart and a page that puts people side by side both ask this, and nothing else.
    """
    same = {
        Apart.FORM: forms_compare(first.form, second.form),
        Apart.KEY: first.key_digest == second.key_digest,
        Apart.ENGINE: points_compare(first.engine, second.engine),
    }
    return tuple(why for why, is_same in same.items() if not is_same)


@dataclass(frozen=True)
class ScoreDifference:
    """A difference of two people in one part; positive where the first scores higher."""

    first: str
    second: str
    part: str
    difference: float
    standard_error: float
    p_adjusted: float

    @property
    def is_larger_than_error(self) -> bool:
        """Whether the difference holds after Holm over all comparisons on display."""
        return self.p_adjusted < SIGNIFICANCE


def compare_people(scores: Mapping[str, PersonScore], parts: Sequence[str]) -> tuple[ScoreDifference, ...]:
    """Compare every two people in every part that both have a score and an error for.

    Parameters
    ----------
    scores
        Person -> score, all of the same form under the same key.
    parts
        Competencies, and ``overall``, that are on display.

    Returns
    -------
    tuple
        One difference for each pair and part, adjusted after Holm over all of them.
    """
    found = [
        (first, second, part, *difference)
        for part in parts
        for first, second in combinations(scores, 2)
        if (difference := _difference(_estimate(scores[first], part), _estimate(scores[second], part), part))
    ]
    adjusted = psychometrics.holm_adjusted(np.array([each[-1] for each in found]))
    return tuple(
        ScoreDifference(first, second, part, difference, error, float(p))
        for (first, second, part, difference, error, _), p in zip(found, adjusted, strict=True)
    )


def _estimate(score: PersonScore, part: str) -> ScoreEstimate | None:
    return score.overall if part == OVERALL else score.competencies.get(part)


def _difference(
    first: ScoreEstimate | None, second: ScoreEstimate | None, part: str
) -> tuple[float, float, float] | None:
    """Return difference, its standard error and unadjusted p, or nothing where one has no error."""
    if first is None or second is None or first.sem is None or second.sem is None:
        return None
    difference = first.score - second.score
    error = psychometrics.standard_error_of_difference(first.sem, second.sem)
    df = _degrees_of_freedom(first, second, part)
    return difference, error, psychometrics.difference_p_value(difference, error, df)


def _degrees_of_freedom(first: ScoreEstimate, second: ScoreEstimate, part: str) -> float:
    """Welch's degrees of freedom for overall scores; for competencies the smaller of the two people's.

    A competency's error is pooled over competencies that do not have the same error, so that Welch's are too many far
    out, where Holm looks: docs/psychometrics/differences.md.
    """
    if part == OVERALL and (first.sem or second.sem):
        return psychometrics.welch_degrees_of_freedom(first.sem or 0.0, first.df, second.sem or 0.0, second.df)
    return float(min(first.df, second.df))
