"""What many people's answers say of a form's scenarios: difficulty, discrimination, time, omissions, weak ones.

A form and a key and people's answers in, figures out. All scores are on the house scale; the parts of reliability are
scenarios, never options. Real and simulated people are the caller's to keep apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.scores import Interval
from eiassess.psychometrics import (
    CoefficientAlpha,
    ItemMoments,
    ItemVerdict,
    coefficient_alpha,
    fisher_interval,
    item_moments,
    item_verdicts,
)
from eiassess.scoring.samples.answers import PersonAnswers, SampleScores, incomplete, seconds_table
from eiassess.scoring.samples.estimates import Estimate, mean_estimate, sample_sd, value_or_reason
from eiassess.scoring.samples.weak_scenarios import PEOPLE_FOR_VERDICTS, WeakReason, weak_reasons

Array = npt.NDArray[np.float64]

LOWEST, HIGHEST = 0.0, 100.0
PEOPLE_FOR_INTERVALS = 4


@dataclass(frozen=True)
class ScenarioFigures:
    """One scenario in a sample.

    Parameters
    ----------
    id
        The scenario.
    n_incomplete
        People who left out some or all of it.
    mean
        House score over all who have one for the scenario; ``mean.n`` says how many.
    sd
        Of the same scores.
    item_total
        Corrected item-total correlation over the people with a score for every scenario.
    alpha_without
        Coefficient alpha of the other scenarios, over the same people.
    median_seconds, n_timed
        Time on the scenario's page, of those whose time is known.
    reasons
        What speaks against it; empty also where too few people answered everything to say.
    """

    id: str
    n_incomplete: int
    mean: Estimate | None
    sd: float | None
    item_total: Estimate | None
    alpha_without: float | None
    median_seconds: float | None
    n_timed: int
    reasons: tuple[WeakReason, ...]


@dataclass(frozen=True)
class FormFigures:
    """A form in a sample.

    Parameters
    ----------
    n_people, n_scored, n_complete
        All who handed in; those with an overall score; those with a score for every scenario.
    overall, overall_sd
        Overall house score.
    alpha
        Coefficient alpha over scenarios.
    judged
        Whether there are enough people to call a scenario weak.
    scenarios
        In the form's order.
    not_estimable
        What could not be estimated, and why.
    """

    n_people: int
    n_scored: int
    n_complete: int
    overall: Estimate | None
    overall_sd: float | None
    alpha: CoefficientAlpha | None
    judged: bool
    scenarios: tuple[ScenarioFigures, ...]
    not_estimable: tuple[str, ...]

    @property
    def weak(self) -> tuple[ScenarioFigures, ...]:
        """The scenarios that something speaks against."""
        return tuple(scenario for scenario in self.scenarios if scenario.reasons)


@dataclass(frozen=True)
class _Verdicts:
    """Verdicts with the range that they were made in; ``each`` is ``None`` where there are none."""

    n: int
    each: tuple[ItemVerdict, ...] | None
    lowest: Array
    judged: bool


def figures_of_scores(form: AssessmentForm, people: Sequence[PersonAnswers], scores: SampleScores) -> FormFigures:
    """Take the statistics of a form's scenarios over people's answers.

    Parameters
    ----------
    form
        What was sat.
    people
        Everybody who handed in.
    scores
        Their scores, in the same order.

    Returns
    -------
    FormFigures
        A figure that cannot be estimated is ``None``, with the reason in ``not_estimable``.
    """
    reasons: list[str] = []
    complete = scores.scenarios[~np.isnan(scores.scenarios).any(axis=1)]
    moments = value_or_reason("correlations and alpha", lambda: item_moments(complete), reasons)
    alpha = None if moments is None else value_or_reason("alpha", lambda: coefficient_alpha(moments), reasons)
    verdicts = _verdicts(len(complete), moments, len(form.scenarios), reasons if alpha else [])
    if verdicts.each is not None and not verdicts.judged:
        reasons.append(
            f"weak scenarios: at least {PEOPLE_FOR_VERDICTS} people must have a score for every scenario; "
            f"there are {len(complete)}"
        )
    return FormFigures(
        n_people=len(people),
        n_scored=int((~np.isnan(scores.overall)).sum()),
        n_complete=len(complete),
        overall=mean_estimate(scores.overall),
        overall_sd=sample_sd(scores.overall),
        alpha=alpha,
        judged=verdicts.judged,
        scenarios=_scenarios(form, people, scores, verdicts),
        not_estimable=tuple(reasons),
    )


def _verdicts(n: int, moments: ItemMoments | None, n_scenarios: int, reasons: list[str]) -> _Verdicts:
    # A mean below 0 is possible where everybody answers against the key: the range is widened to hold it.
    lowest = np.full(n_scenarios, LOWEST) if moments is None else np.minimum(LOWEST, moments.means)
    each = None
    if moments is not None:
        each = value_or_reason("weak scenarios", lambda: item_verdicts(moments, lowest, HIGHEST), reasons)
    return _Verdicts(n, each, lowest, each is not None and n >= PEOPLE_FOR_VERDICTS)


def _scenarios(
    form: AssessmentForm, people: Sequence[PersonAnswers], scores: SampleScores, verdicts: _Verdicts
) -> tuple[ScenarioFigures, ...]:
    seconds = seconds_table(form, people)
    left = [int(incomplete(form, scenario, people).sum()) for scenario in form.scenarios]
    return tuple(
        _scenario(name, left[place], scores.scenarios[:, place], seconds[:, place], verdicts, place)
        for place, name in enumerate(form.scenario_ids)
    )


def _scenario(
    name: str, n_incomplete: int, scores: Array, seconds: Array, verdicts: _Verdicts, place: int
) -> ScenarioFigures:
    verdict = None if verdicts.each is None else verdicts.each[place]
    item_total = _item_total(verdict, verdicts.n)
    mean, timed = mean_estimate(scores), seconds[~np.isnan(seconds)]
    reasons: tuple[WeakReason, ...] = ()
    if verdict is not None and mean is not None and verdicts.judged:
        interval = item_total.interval if item_total else None
        reasons = weak_reasons(verdict, interval, mean.interval, float(verdicts.lowest[place]), HIGHEST)
    return ScenarioFigures(
        id=name,
        n_incomplete=n_incomplete,
        mean=mean,
        sd=sample_sd(scores),
        item_total=item_total,
        alpha_without=verdict.alpha_if_deleted if verdict else None,
        median_seconds=float(np.median(timed)) if timed.size else None,
        n_timed=int(timed.size),
        reasons=reasons,
    )


def _item_total(verdict: ItemVerdict | None, n: int) -> Estimate | None:
    if verdict is None or verdict.corrected_item_total is None or n < PEOPLE_FOR_INTERVALS:
        return None
    r = verdict.corrected_item_total
    return Estimate(r, Interval(*fisher_interval(r, n)), n)
