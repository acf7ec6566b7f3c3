"""Response quality: reasons for a conversation, never for a rejection, and only when two agree."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from eiassess import psychometrics
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.reasons import NotScoredCode
from eiassess.domain.scores import PersonScore
from eiassess.scoring.interpreting import answers_noun

_TOO_LITTLE = {
    NotScoredCode.TOO_FEW_COMPLETE: "Too few scenarios are complete to score",
    NotScoredCode.SAME_RATINGS: "Nearly all ratings are the same, so nothing can be scored",
    NotScoredCode.SAME_RATINGS_OF_KIND: "All ratings of one kind are the same, so nothing can be scored",
}
"""What the person gave too little of; what a form or key lacks says nothing about who sat it."""


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
        return len(self.reasons) >= psychometrics.INDICES_NEEDED


def response_quality(form: AssessmentForm, score: PersonScore, seconds: Mapping[str, float]) -> ResponseQuality:
    """Look for fast pages, answers that cannot be told from random, and many that are the same or missing."""
    spent = np.array([[seconds.get(scenario.id, np.nan) for scenario in form.scenarios]])
    times = psychometrics.page_time(spent, [len(scenario.options) for scenario in form.scenarios])
    n_fast, n_timed = int(times.n_fast[0]), int(times.n_timed[0])
    reasons = []
    if times.is_flagged[0]:
        of = "a rating" if form.is_rated else "for each response to read"
        reasons.append(f"{n_fast} of {n_timed} pages were sent faster than two seconds {of}")
    if score.random_like:
        reasons.append(f"The {answers_noun(form)} cannot be told from random answering")
    reasons += [
        _TOO_LITTLE[each.code] for each in score.not_scored[:1] if not score.overall and each.code in _TOO_LITTLE
    ]
    return ResponseQuality(tuple(reasons), n_fast, n_timed)
