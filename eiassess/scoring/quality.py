"""Response quality: reasons for a conversation, never for a rejection, and only when two agree."""

from collections.abc import Mapping
from dataclasses import dataclass

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.scores import PersonScore

SECONDS_AN_OPTION = 2
FAST_SHARE = 0.10
REASONS_NEEDED = 2


@dataclass(frozen=True)
class ResponseQuality:
    """What is unusual about how somebody answered.

    Parameters
    ----------
    reasons
        Each in words; a single one means nothing.
    n_fast, n_timed
        Pages answered faster than 2 s an option, of all pages whose time is known.
    """

    reasons: tuple[str, ...]
    n_fast: int
    n_timed: int

    @property
    def is_flagged(self) -> bool:
        """Whether enough reasons agree to talk about it."""
        return len(self.reasons) >= REASONS_NEEDED


def response_quality(form: AssessmentForm, score: PersonScore, seconds: Mapping[str, float]) -> ResponseQuality:
    """Look for fast pages, ratings that cannot be told from random, and many that are the same or missing."""
    timed = [(scenario, seconds[scenario.id]) for scenario in form.scenarios if scenario.id in seconds]
    n_fast = sum(spent < SECONDS_AN_OPTION * len(scenario.options) for scenario, spent in timed)
    reasons = []
    if timed and n_fast > FAST_SHARE * len(timed):
        reasons.append(f"{n_fast} of {len(timed)} pages were sent faster than two seconds a rating")
    if score.random_like:
        reasons.append("The ratings cannot be told from random answering")
    if score.overall is None:
        reasons.append("Too few different answers, or too few at all, to score")
    return ResponseQuality(tuple(reasons), n_fast, len(timed))
