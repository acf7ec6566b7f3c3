"""A person's scores as plain JSON values and back: what is stored, append-only, and what the command line prints.

Numbers are rounded to 10 decimals, far below what any rating can change, so that the same responses give the same
bytes; scores that went through here once come back exactly.
"""

from collections.abc import Mapping
from typing import Any

from eiassess.domain.reasons import NotScored, NotScoredCode
from eiassess.domain.scores import DistanceComponents, Interval, NamedDifference, PersonScore, ScoreEstimate
from eiassess.scoring.person.first_reasons import reason_of_sentence

DECIMALS = 10


def person_score_to_dict(score: PersonScore) -> dict[str, Any]:
    """Lay a person's scores out as JSON values, never NaN.

    Parameters
    ----------
    score
        From `eiassess.scoring.person.engine.score_vector`.

    Returns
    -------
    dict
        ``overall`` is ``None`` if it is not scored; competencies and styles that are not scored are absent.
    """
    return {
        "overall": None if score.overall is None else _estimate_to_dict(score.overall),
        "competencies": {name: _estimate_to_dict(estimate) for name, estimate in score.competencies.items()},
        "styles": {name: _estimate_to_dict(estimate) for name, estimate in score.styles.items()},
        "scenarios": {name: _rounded(value) for name, value in score.scenarios.items()},
        "distance": None if score.distance is None else _distance_to_dict(score.distance),
        "strengths": [_difference_to_dict(difference) for difference in score.strengths],
        "weaknesses": [_difference_to_dict(difference) for difference in score.weaknesses],
        "not_scored": [not_scored_to_dict(reason) for reason in score.not_scored],
        "n_ratings": score.n_ratings,
        "n_unanswered": score.n_unanswered,
        "random_like": score.random_like,
    }


def person_score_from_dict(values: Mapping[str, Any]) -> PersonScore:
    """Make a person's scores from what `person_score_to_dict` gave, also after a way through JSON.

    Competencies and styles that stand there as ``None`` are left out. Reasons that the first engine stored as sentences
    become codes.

    Raises
    ------
    KeyError
        A field is missing: these are not such values.
    """
    return PersonScore(
        overall=None if values["overall"] is None else _estimate(values["overall"]),
        competencies=_estimates(values["competencies"]),
        styles=_estimates(values["styles"]),
        scenarios={name: float(value) for name, value in values["scenarios"].items()},
        distance=None if values["distance"] is None else DistanceComponents(**values["distance"]),
        strengths=tuple(NamedDifference(**difference) for difference in values["strengths"]),
        weaknesses=tuple(NamedDifference(**difference) for difference in values["weaknesses"]),
        not_scored=tuple(_reason(reason) for reason in values["not_scored"]),
        n_ratings=values["n_ratings"],
        n_unanswered=values["n_unanswered"],
        random_like=values["random_like"],
    )


def not_scored_to_dict(reason: NotScored) -> dict[str, Any]:
    """Lay a reason out as JSON values."""
    return {
        "part": reason.part,
        "code": reason.code.value,
        "counted": reason.counted,
        "asked": reason.asked,
        "needed": reason.needed,
    }


def _reason(value: Mapping[str, Any] | str) -> NotScored:
    if isinstance(value, str):
        return reason_of_sentence(value)
    return NotScored(**{**value, "code": NotScoredCode(value["code"])})


def _rounded(value: float) -> float:
    return round(float(value), DECIMALS) + 0.0  # -0.0 becomes 0.0: equal numbers, equal bytes


def _optional(value: float | None) -> float | None:
    return None if value is None else _rounded(value)


def _ends(interval: Interval) -> list[float]:
    return [_rounded(interval.low), _rounded(interval.high)]


def _estimate_to_dict(estimate: ScoreEstimate) -> dict[str, Any]:
    return {
        "score": _rounded(estimate.score),
        "sem": _optional(estimate.sem),
        "interval": None if estimate.interval is None else _ends(estimate.interval),
        "random_interval": _ends(estimate.random_interval),
        "n_scenarios": estimate.n_scenarios,
        "df": estimate.df,
        "within": _optional(estimate.within),
    }


def _distance_to_dict(distance: DistanceComponents) -> dict[str, float]:
    return {
        "closeness": _rounded(distance.closeness),
        "elevation": _rounded(distance.elevation),
        "scatter": _rounded(distance.scatter),
        "shape": _rounded(distance.shape),
    }


def _difference_to_dict(difference: NamedDifference) -> dict[str, Any]:
    return {
        "id": difference.id,
        "difference": _rounded(difference.difference),
        "p_adjusted": _rounded(difference.p_adjusted),
    }


def _estimates(values: Mapping[str, Any]) -> dict[str, ScoreEstimate]:
    return {name: _estimate(value) for name, value in values.items() if value is not None}


def _estimate(values: Mapping[str, Any]) -> ScoreEstimate:
    return ScoreEstimate(
        score=values["score"],
        sem=values["sem"],
        interval=None if values["interval"] is None else Interval(*values["interval"]),
        random_interval=Interval(*values["random_interval"]),
        n_scenarios=values["n_scenarios"],
        df=values["df"],
        within=values["within"],
    )
