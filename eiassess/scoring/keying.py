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
from eiassess.scoring.engine import score_answers

LARGE_MOVE = 1.0
"""Scale points: a rationale was written for one value, and has to be read again when it moves by more."""

DECIMALS = 4
"""Of a key's values: a mean of thirds or sevenths is written in the same way everywhere."""

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class KeyedOption:
    """One option as the experts rated it.

    Parameters
    ----------
    n
        How many experts rated it.
    proposed, sd
        Mean and standard deviation (divisor n - 1) of their ratings; the mean is the proposed key value.
    rwg, average_deviation
        How far they agree.
    present
        The present key's value.
    doubts
        The rules that speak against it.
    """

    id: str
    n: int
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
class PanelAnalysis:
    """What a panel says about a form.

    ``rank_correlation`` is that of the proposed and the present key over all options; ``None`` where a key never
    varies.
    """

    n_experts: int
    scenarios: tuple[KeyedScenario, ...]
    rank_correlation: float | None

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
        """How many more experts the rules ask for."""
        return max(0, EXPERTS_FOR_SELECTION - self.n_experts)

    @property
    def values(self) -> dict[str, dict[str, float]]:
        """The proposed key."""
        return {scenario.id: {option.id: option.proposed for option in scenario.options} for scenario in self.scenarios}


def analyse_panel(form: AssessmentForm, key: ScoringKey, experts: Sequence[Mapping[str, Ratings]]) -> PanelAnalysis:
    """Say how far experts agree and which key their means give.

    Parameters
    ----------
    form
        What was rated.
    key
        The present key, to compare with.
    experts
        Of each expert who handed in, scenario id -> option id -> rating; each rated every option.

    Raises
    ------
    NotEstimableError
        There are fewer than two experts, or one left an option out.
    """
    scenarios = tuple(_scenario(form, scenario, key, experts) for scenario in form.scenarios)
    options = [option for scenario in scenarios for option in scenario.options]
    proposed, present = (np.array(list(pair)) for pair in zip(*((o.proposed, o.present) for o in options), strict=True))
    return PanelAnalysis(len(experts), scenarios, _rank_correlation(proposed, present))


def _scenario(
    form: AssessmentForm, scenario: Scenario, key: ScoringKey, experts: Sequence[Mapping[str, Ratings]]
) -> KeyedScenario:
    scale = form.scale_of(scenario)
    ratings = _table(scenario, experts) - (scale.minimum - 1)  # the statistics begin their scales with 1
    points = len(scale.points)
    verdicts = psychometrics.option_verdicts(ratings, points)
    means, sds = ratings.mean(axis=0) + (scale.minimum - 1), ratings.std(axis=0, ddof=1)
    options = tuple(
        KeyedOption(
            id=option,
            n=verdict.n_experts,
            proposed=round(float(mean), DECIMALS),
            sd=float(sd),
            rwg=verdict.rwg or 0.0,
            average_deviation=verdict.average_deviation or 0.0,
            present=key.credits[scenario.id][option].value,
            doubts=verdict.doubts,
        )
        for option, verdict, mean, sd in zip(scenario.option_ids, verdicts, means, sds, strict=True)
    )
    alone, of_mean = _icc(ratings)
    verdict = psychometrics.scenario_verdict(ratings, points)
    return KeyedScenario(scenario.id, options, alone, of_mean, float(np.ptp(means)), verdict.doubts)


def _table(scenario: Scenario, experts: Sequence[Mapping[str, Ratings]]) -> Array:
    """Lay a scenario's ratings out as shape (experts, options)."""
    if len(experts) < 2:  # noqa: PLR2004 - agreement is between two
        message = f"agreement needs two experts who handed in; there are {len(experts)}"
        raise NotEstimableError(message)
    rows = [[expert.get(scenario.id, {}).get(option, np.nan) for option in scenario.option_ids] for expert in experts]
    table = np.asarray(rows, dtype=np.float64)
    if np.isnan(table).any():
        message = f"an expert who handed in left out an option of {scenario.id!r}"
        raise NotEstimableError(message)
    return table


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
