"""Which irritants a person rated as effective more often than chance allows; most often nothing can be said."""

from collections.abc import Mapping

import numpy as np

from eiassess import psychometrics
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.responses import Ratings
from eiassess.domain.scenarios import Scenario
from eiassess.domain.scores import PersonScore, RatedEffective
from eiassess.scoring.person.profiling import SIGNIFICANCE

Tagged = Mapping[str, frozenset[str]]
"""Scenario id -> its options that amount to one irritant."""


def tagged_options(form: AssessmentForm, key: ScoringKey) -> dict[str, Tagged]:
    """List the options of a form that a key tags, irritant after irritant in the order of their first one.

    Only options whose effectiveness is rated, and not those that the key itself puts above the middle of its scale:
    a panel's key takes its tags over from the key before, and its experts may have found an option good.

    Returns
    -------
    dict
        Irritant -> scenario -> options; nothing of scenarios that the key does not know.
    """
    found: dict[str, dict[str, frozenset[str]]] = {}
    middle = (key.minimum + key.maximum) / 2
    for scenario in form.scenarios:
        if form.format_of(scenario) is ResponseFormat.RATE_EACH:
            for option, credit in key.credits.get(scenario.id, {}).items():
                if credit.irritant and credit.value <= middle:
                    options = found.setdefault(credit.irritant, {})
                    options[scenario.id] = options.get(scenario.id, frozenset()) | {option}
    return dict(found)


def above_the_middle(form: AssessmentForm, scenario: Scenario, ratings: Ratings) -> frozenset[str]:
    """Name the options that somebody rated above the middle of the scenario's scale."""
    scale = form.scale_of(scenario)
    return frozenset(option for option, rating in ratings.items() if 2 * rating > scale.minimum + scale.maximum)


def rated_effective(
    form: AssessmentForm, key: ScoringKey, score: PersonScore, answers: Mapping[str, Ratings]
) -> tuple[RatedEffective, ...]:
    """Name the irritants that a person rated as effective more often than by chance, the clearest first.

    For each irritant, on the scenarios that count in the score: had the person given the same ratings in any order
    within each scenario, how often would as many of the tagged options, or more, lie above the middle of the scale?
    That is exact (`psychometrics.exact_partial_association`); Holm's correction runs over all irritants that the form
    tags. Ratings are ranked against those of the same scenario alone, so rating everything high says nothing.

    Parameters
    ----------
    score
        The person's score of these answers: scenarios that it leaves out are left out here.
    answers
        Scenario id -> option id -> rating.
    """
    counts = [(name, *_count(form, of, score, answers)) for name, of in tagged_options(form, key).items()]
    adjusted = psychometrics.holm_adjusted(np.array([p for *_, p in counts], dtype=np.float64))
    named = [
        RatedEffective(name, n_above, n_tagged, p)
        for (name, n_above, n_tagged, _), p in zip(counts, adjusted.tolist(), strict=True)
        if p < SIGNIFICANCE
    ]
    return tuple(sorted(named, key=lambda each: (each.p_adjusted, each.irritant)))


def _count(
    form: AssessmentForm, of: Tagged, score: PersonScore, answers: Mapping[str, Ratings]
) -> tuple[int, int, float]:
    """Count one irritant's options that are rated above the middle, and all of them, with the p before Holm."""
    counted = [each for each in form.scenarios if each.id in of.keys() & score.scenarios.keys() & answers.keys()]
    above = [above_the_middle(form, each, answers[each.id]) for each in counted]
    tagged = [of[each.id] for each in counted]
    both = sum(len(high & marked) for high, marked in zip(above, tagged, strict=True))
    p = psychometrics.exact_partial_association(
        np.array([len(each.options) for each in counted], dtype=np.intp),
        np.array([len(high) for high in above], dtype=np.intp),
        np.array([len(marked) for marked in tagged], dtype=np.intp),
        both,
    )
    return both, sum(len(marked) for marked in tagged), p
