"""A score as far as it was released: all else is taken out of it, so that no page can show it."""

from collections.abc import Mapping
from dataclasses import replace

from eiassess.domain.competencies import CompetencyModel
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.reasons import NotScored, NotScoredCode
from eiassess.domain.releases import Fields, ReleaseField
from eiassess.domain.report_bases import AreaReading
from eiassess.domain.responses import Ratings
from eiassess.domain.scores import PersonScore
from eiassess.scoring.differences.area_scores import AreaScore, area_scores
from eiassess.scoring.differences.measuring import SatPerson, measured
from eiassess.scoring.person.plan import scoring_plan

OF_THE_FORM = frozenset({NotScoredCode.FORM_OVERALL_ONLY, NotScoredCode.FORM_MIXES_FORMATS})
"""Reasons that say nothing of a person."""


def released_score(score: PersonScore, fields: Fields) -> PersonScore:
    """Leave of a score what fields name; who may see everything of it gets it as it is."""
    parts = {*score.competencies, *score.styles, *(each.part for each in score.not_scored)} - {"overall"}
    if ReleaseField.COMPETENCIES not in fields:
        score = replace(
            score,
            competencies={},
            styles={},
            strengths=(),
            weaknesses=(),
            not_scored=tuple(each for each in score.not_scored if _says_nothing_of(each, parts)),
        )
    if ReleaseField.OVERALL not in fields:
        score = replace(
            score,
            overall=None,
            distance=None,
            scenarios={},
            not_scored=tuple(each for each in score.not_scored if _says_nothing_of(each, {"overall"})),
            n_ratings=0,
            n_unanswered=0,
            random_like=None,
        )
    return score


def _says_nothing_of(reason: NotScored, parts: set[str]) -> bool:
    return reason.code in OF_THE_FORM or reason.part not in parts


def area_readings(
    form: AssessmentForm, key: ScoringKey, model: CompetencyModel, answers: Mapping[str, Ratings]
) -> tuple[AreaReading, ...]:
    """Score the areas of a model, the groups of its competencies, as comparisons do; by the same rule as there."""
    areas = {each.id: each.competencies for each in model.groups}
    (found,) = area_scores(measured(scoring_plan(form, key), [SatPerson("", answers)]), areas)
    return tuple(_reading(each.name, each.definition, found.get(each.id)) for each in model.groups)


def _reading(name: str, definition: str, score: AreaScore | None) -> AreaReading:
    if score is None or not score.is_tested:
        return AreaReading(name, definition, None, None)
    return AreaReading(name, definition, score.score, score.interval)
