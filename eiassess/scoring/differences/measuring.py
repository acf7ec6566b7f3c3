"""People's answers to one form, measured for the rule: z, what each scenario does to it, and its error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.error_estimates import ErrorMethod
from eiassess.domain.responses import Ratings
from eiassess.psychometrics import AnswerSheets, FormColumns, SheetProfiles
from eiassess.scoring.person.choices import FORMATS, choices_of, is_choice
from eiassess.scoring.person.engine import scenarios_counted, score_vector
from eiassess.scoring.person.plan import ScoringPlan

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FLAGS_OF_DOUBT = 2
"""Whoever has so many flags of response quality is compared, but does not shape the estimate."""


@dataclass(frozen=True)
class SatPerson:
    """Somebody who sat a form.

    Parameters
    ----------
    id
        The digest of the score, or whatever tells people apart.
    answers
        Scenario -> option -> rating, pick or place.
    flags
        How many flags of response quality there are.
    order
        The scenarios' ids as they were sat, practice left out; empty where that is not known.
    """

    id: str
    answers: Mapping[str, Ratings]
    flags: int = 0
    order: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Measures:
    """What the rule needs to know of people, one a row.

    Parameters
    ----------
    plan
        Form and key.
    ids
        Of the people.
    sheets
        Their answers; a row without a scenario that counts is not scored.
    r, r_without
        Agreement with the key, shape (people,), and without each scenario, shape (people, scenarios).
    """

    plan: ScoringPlan
    ids: tuple[str, ...]
    answers: Array
    sheets: AnswerSheets
    r: Array
    r_without: Array

    @property
    def scored(self) -> Flags:
        """Shape (people,): who has a score."""
        return np.asarray(self.sheets.counted.any(axis=1))

    @property
    def whole(self) -> Flags:
        """Shape (people,): of whom every scenario of the form counts."""
        return np.asarray(self.sheets.counted.all(axis=1) & self.scored)

    @cached_property
    def z(self) -> Array:
        """Shape (people,): NaN where nothing is scored, or r is 1 or -1."""
        return psychometrics.fisher_z(self.r)

    @cached_property
    def q(self) -> Array:
        """Shape (people, scenarios): what each scenario does to z."""
        z_without = psychometrics.fisher_z(self.r_without)
        return psychometrics.scenario_pull(z_without, self.sheets.columns.of_competency, self.sheets.counted)

    @cached_property
    def profiles(self) -> SheetProfiles:
        """Discrepancies, and what each scenario adds to r."""
        return psychometrics.sheet_profiles(self.sheets)

    @property
    def w(self) -> Array:
        """Shape (people, scenarios): what each scenario adds to z, for evenness."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.profiles.influence / (1 - self.r**2)[:, None], dtype=np.float64)

    @cached_property
    def own_error(self) -> tuple[Array, Array]:
        """Variance of z, uncentred, and its degrees of freedom, by the form's method: shape (people,) each."""
        if method_of(self.plan) is ErrorMethod.STORED:
            return self._stored_error()
        return psychometrics.leaving_out_variance(self.q, self.sheets.columns.of_competency)

    def _stored_error(self) -> tuple[Array, Array]:
        variance, df = np.full(self.r.shape, np.nan), np.zeros(self.r.shape)
        for row in np.flatnonzero(~np.isnan(self.z)):
            overall = score_vector(self.plan, self.answers[row]).overall
            if overall and overall.sem is not None:
                variance[row] = (overall.sem / 50 / (1 - self.r[row] ** 2)) ** 2
                df[row] = overall.df
        return variance, df


def method_of(plan: ScoringPlan) -> ErrorMethod:
    """Say where one person's own error comes from on a form: leaving out is shown to hold where all is rated."""
    return ErrorMethod.LEAVING_OUT if plan.form.is_rated else ErrorMethod.STORED


def measured(plan: ScoringPlan, people: Sequence[SatPerson]) -> Measures:
    """Measure people's answers to a form, all at once."""
    answers = np.array([plan.vector(person.answers) for person in people]).reshape(len(people), len(plan.columns))
    counted = [scenarios_counted(plan, own) for own in answers]
    sheets = AnswerSheets(
        columns=form_columns(plan),
        ratings=answers[:, plan.rated],
        choices=_choice_scores(plan, answers),
        counted=np.array(counted, dtype=np.bool_).reshape(len(people), len(plan.form.scenarios)),
    )
    r, r_without = psychometrics.agreement_leaving_out(sheets)
    return Measures(plan, tuple(person.id for person in people), answers, sheets, r, r_without)


def shapes_estimate(measures: Measures, people: Sequence[SatPerson]) -> Flags:
    """Say who meets all conditions of the estimate but that of an even sitting, shape (people,)."""
    few_flags = np.array([person.flags < FLAGS_OF_DOUBT for person in people], dtype=np.bool_)
    return np.asarray(has_evenness(measures) & few_flags)


def has_evenness(measures: Measures) -> Flags:
    """Say of whom it can be told how even the sitting was, shape (people,): every scenario counts, and has an error."""
    return np.asarray(measures.whole & ~np.isnan(measures.own_error[0]), dtype=np.bool_)


def form_columns(plan: ScoringPlan) -> FormColumns:
    """Lay a form out as statistics take it."""
    form = plan.form
    chosen = is_choice(plan)
    formats = [FORMATS.index(form.format_of(scenario)) for scenario in form.scenarios]
    return FormColumns(
        key=plan.key_values[plan.rated],
        scenario=plan.scenario[plan.rated],
        kind=plan.kind[plan.rated],
        competency=plan.competency,
        choice=np.where(chosen, np.array(formats, dtype=np.intp), psychometrics.RATED),
        decisions=np.where(chosen, plan.decisions, 0).astype(np.float64),
    )


def _choice_scores(plan: ScoringPlan, answers: Array) -> Array:
    """Score choices, shape (people, scenarios): 0 where options are rated, or the key does not tell them apart."""
    scores = np.zeros((len(answers), len(plan.form.scenarios)))
    telling = [number for number in np.flatnonzero(is_choice(plan)) if np.ptp(plan.key_values[plan.scenario == number])]
    scores[:, telling] = choices_of(plan, np.array(telling, dtype=np.intp)).scores(answers)
    return scores
