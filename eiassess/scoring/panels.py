"""A panel's ratings to a proposed key: how far its experts agree, what would change, and for how many people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import EXPERTS_FOR_SELECTION, ScoringKey
from eiassess.domain.responses import Ratings
from eiassess.domain.scenarios import Scenario
from eiassess.domain.scores import ScoreEstimate
from eiassess.errors import NotEstimableError
from eiassess.psychometrics import Doubt
from eiassess.scoring.person.engine import score_answers

LARGE_MOVE = 1.0
"""Scale points: a rationale was written for one value, and has to be read again when it moves by more."""

DECIMALS = 4
"""Of a key's values: a mean of thirds or sevenths is written in the same way everywhere."""

Array = npt.NDArray[np.float64]

Judgements = Mapping[str, int | None]
"""Option -> an expert's rating, or None where the expert cannot judge."""


@dataclass(frozen=True)
class KeyedOption:
    """One option as the experts rated it.

    Parameters
    ----------
    n, n_cannot_judge
        How many experts rated it, and how many said that they cannot judge it.
    proposed, sd
        Mean and standard deviation (divisor n - 1) of the ratings; the mean is the proposed key value. An option that
        nobody could judge keeps the present value.
    rwg, average_deviation
        How far they agree.
    present
        The present key's value.
    doubts
        The rules that speak against it.
    """

    id: str
    n: int
    n_cannot_judge: int
    proposed: float
    sd: float
    rwg: float
    average_deviation: float
    present: float
    doubts: tuple[Doubt, ...]

    @property
    def kept(self) -> bool:
        """Whether the experts agree on it well enough, however many they are."""
        return not set(self.doubts) - {Doubt.FEW_EXPERTS}

    @property
    def move(self) -> float:
        """Scale points by which the proposed value differs from the present one."""
        return self.proposed - self.present

    @property
    def moved_far(self) -> bool:
        """Whether its rationale has to be read again."""
        return abs(self.move) > LARGE_MOVE


@dataclass(frozen=True)
class KeyedScenario:
    """One scenario as the experts rated it; an ICC is ``None`` where it has no value."""

    id: str
    options: tuple[KeyedOption, ...]
    icc_2_1: float | None
    icc_2_k: float | None
    spread: float
    doubts: tuple[Doubt, ...]

    @property
    def kept(self) -> bool:
        """Whether the experts tell its options apart well enough, however many they are."""
        return not set(self.doubts) - {Doubt.FEW_EXPERTS}


@dataclass(frozen=True)
class ExpertAgreement:
    """How far one expert agrees with the others, called by a number.

    Parameters
    ----------
    n_rated, n_cannot_judge
        Options that this expert rated, and could not judge.
    correlation
        Of the ratings with the mean of all others'; ``None`` where it has no value.
    distance
        Mean distance from that mean in scale points.
    """

    number: int
    n_rated: int
    n_cannot_judge: int
    correlation: float | None
    distance: float | None


@dataclass(frozen=True)
class PanelAnalysis:
    """What a panel says about a form.

    ``rank_correlation`` is that of the proposed and the present key over all options; ``None`` where a key never
    varies.
    """

    n_experts: int
    scenarios: tuple[KeyedScenario, ...]
    rank_correlation: float | None
    agreements: tuple[ExpertAgreement, ...]

    @property
    def options(self) -> tuple[KeyedOption, ...]:
        """All options, scenario after scenario."""
        return tuple(option for scenario in self.scenarios for option in scenario.options)

    @property
    def share_kept(self) -> float:
        """Share of the options on which the experts agree well enough."""
        return sum(option.kept for option in self.options) / len(self.options)

    @property
    def median_icc(self) -> float | None:
        """Median over the scenarios of ICC(2,k)."""
        known = [scenario.icc_2_k for scenario in self.scenarios if scenario.icc_2_k is not None]
        return median(known) if known else None

    @property
    def mean_move(self) -> float:
        """Mean over the options of the absolute difference between the two keys."""
        return sum(abs(option.move) for option in self.options) / len(self.options)

    @property
    def n_missing_experts(self) -> int:
        """How many more experts the rules ask for, so that every option was rated by enough of them."""
        return max(0, EXPERTS_FOR_SELECTION - self.n_behind_each)

    @property
    def n_behind_each(self) -> int:
        """How many experts at least stand behind each value: "cannot judge" counts as no rating."""
        return min(option.n for option in self.options)

    @property
    def values(self) -> dict[str, dict[str, float]]:
        """The proposed key."""
        return {scenario.id: {option.id: option.proposed for option in scenario.options} for scenario in self.scenarios}


def analyse_panel(form: AssessmentForm, key: ScoringKey, experts: Sequence[Mapping[str, Judgements]]) -> PanelAnalysis:
    """Say how far experts agree and which key their means give.

    Parameters
    ----------
    form
        What was rated.
    key
        The present key, to compare with.
    experts
        Of each expert who handed in, scenario id -> option id -> rating, or None for "cannot judge".

    Raises
    ------
    NotEstimableError
        There are fewer than two experts, or one left an option out.
    """
    scenarios = tuple(_scenario(form, scenario, key, experts) for scenario in form.scenarios)
    options = [option for scenario in scenarios for option in scenario.options]
    proposed, present = (np.array(list(pair)) for pair in zip(*((o.proposed, o.present) for o in options), strict=True))
    return PanelAnalysis(len(experts), scenarios, _rank_correlation(proposed, present), _agreements(form, experts))


def _agreements(form: AssessmentForm, experts: Sequence[Mapping[str, Judgements]]) -> tuple[ExpertAgreement, ...]:
    """Compare each expert with the others over all options, in the order in which the experts are given."""
    ratings = np.hstack([_table(scenario, experts) for scenario in form.scenarios])
    figures = zip(
        ratings,
        psychometrics.rater_rest_correlations(ratings),
        psychometrics.rater_rest_distances(ratings),
        strict=True,
    )
    return tuple(
        ExpertAgreement(number, int((~np.isnan(own)).sum()), int(np.isnan(own).sum()), _known(r), _known(distance))
        for number, (own, r, distance) in enumerate(figures, 1)
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _scenario(
    form: AssessmentForm, scenario: Scenario, key: ScoringKey, experts: Sequence[Mapping[str, Judgements]]
) -> KeyedScenario:
    scale = form.scale_of(scenario)
    ratings = _table(scenario, experts) - (scale.minimum - 1)  # the statistics begin their scales with 1
    points = len(scale.points)
    verdicts = psychometrics.option_verdicts(ratings, points)
    keyed = key.credits[scenario.id]
    options = tuple(
        KeyedOption(
            id=option,
            n=verdict.n_experts,
            n_cannot_judge=len(experts) - verdict.n_experts,
            proposed=_proposed(verdict.mean, scale.minimum, keyed[option].value),
            sd=_sd(column),
            rwg=verdict.rwg or 0.0,
            average_deviation=verdict.average_deviation or 0.0,
            present=keyed[option].value,
            doubts=verdict.doubts,
        )
        for option, verdict, column in zip(scenario.option_ids, verdicts, ratings.T, strict=True)
    )
    alone, of_mean = _icc(ratings[~np.isnan(ratings).any(axis=1)])
    verdict = psychometrics.scenario_verdict(ratings, points)
    values = [option.proposed for option in options]
    return KeyedScenario(scenario.id, options, alone, of_mean, max(values) - min(values), verdict.doubts)


def _proposed(mean: float | None, minimum: int, present: float) -> float:
    """Return the mean on the form's own scale; nobody's rating is no value, so that the present one stays."""
    return present if mean is None else round(mean + minimum - 1, DECIMALS)


def _sd(column: Array) -> float:
    given = column[~np.isnan(column)]
    return float(given.std(ddof=1)) if given.size > 1 else 0.0


def _table(scenario: Scenario, experts: Sequence[Mapping[str, Judgements]]) -> Array:
    """Lay a scenario's ratings out as shape (experts, options), NaN where an expert cannot judge."""
    if len(experts) < 2:  # noqa: PLR2004 - agreement is between two
        message = f"agreement needs two experts who handed in; there are {len(experts)}"
        raise NotEstimableError(message)
    if any(option not in expert.get(scenario.id, {}) for expert in experts for option in scenario.option_ids):
        message = f"an expert who handed in left out an option of {scenario.id!r}"
        raise NotEstimableError(message)
    rows = [[expert[scenario.id][option] for option in scenario.option_ids] for expert in experts]
    return np.asarray(rows, dtype=np.float64)


def _icc(ratings: Array) -> tuple[float | None, float | None]:
    try:
        found = psychometrics.intraclass_correlation(ratings)
    except NotEstimableError:
        return None, None
    return found.icc_2_1.value, found.icc_2_k.value


def _rank_correlation(first: Array, second: Array) -> float | None:
    try:
        return psychometrics.rank_order_correlation(first, second)
    except NotEstimableError:
        return None


@dataclass(frozen=True)
class KeyEffect:
    """What another key would do to the people who were scored already; they are counted, never named.

    Parameters
    ----------
    n_people
        Who handed in.
    n_scored
        Who has an overall score under both keys.
    rank_correlation
        Spearman's, of the two overall scores; ``None`` where it has no value.
    n_up, n_down
        Who would rise or fall by more than the error: half of the person's own interval under the present key.
    median_move, largest_move
        Points of the overall score, without their sign; ``None`` if nobody is scored.
    """

    n_people: int
    n_scored: int
    rank_correlation: float | None
    n_up: int
    n_down: int
    median_move: float | None
    largest_move: float | None


def key_effect(
    form: AssessmentForm, present: ScoringKey, proposed: ScoringKey, people: Sequence[Mapping[str, Ratings]]
) -> KeyEffect:
    """Score people under two keys and say who would move.

    Parameters
    ----------
    people
        Of each person, scenario id -> option id -> answer.
    """
    scored = [pair for answers in people if (pair := _scored(form, present, proposed, answers))]
    before = np.array([first.score for first, _ in scored])
    after = np.array([second.score for _, second in scored])
    moves = after - before
    far = np.abs(moves) > np.array([_error(first) for first, _ in scored])
    return KeyEffect(
        n_people=len(people),
        n_scored=len(scored),
        rank_correlation=_rank_correlation(before, after),
        n_up=int((far & (moves > 0)).sum()),
        n_down=int((far & (moves < 0)).sum()),
        median_move=float(np.median(np.abs(moves))) if scored else None,
        largest_move=float(np.abs(moves).max()) if scored else None,
    )


def _scored(
    form: AssessmentForm, present: ScoringKey, proposed: ScoringKey, answers: Mapping[str, Ratings]
) -> tuple[ScoreEstimate, ScoreEstimate] | None:
    first = score_answers(form, present, answers).overall
    second = None if first is None else score_answers(form, proposed, answers).overall
    return None if first is None or second is None else (first, second)


def _error(estimate: ScoreEstimate) -> float:
    """Half of the interval; without one nobody is said to move."""
    if estimate.interval is None:
        return float("inf")
    return (estimate.interval.high - estimate.interval.low) / 2
