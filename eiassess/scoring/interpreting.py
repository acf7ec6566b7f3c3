"""Scores in words, after tested rules and never by mood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from eiassess.domain.competencies import CompetencyModel
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.names import isolated
from eiassess.domain.reasons import OVERALL, NotScored, NotScoredCode
from eiassess.domain.reports import ProbingArea
from eiassess.domain.scores import Interval, PersonScore, RatedEffective, ScoreEstimate
from eiassess.domain.shown_scores import shown_interval, shown_score
from eiassess.scoring.person.missing import CHOICE_SCENARIOS_FOR_A_PART

SMALLEST_P = 0.001

NO_PROFILE = "No strength or weakness is named, since the form mixes formats and their scores are not compared"
NO_LABELS = (
    "No strength or weakness is named: in simulations where half of the people were even from area to area and half "
    "differed by a few points, more labels were wrong than right. The highest and the lowest score may well change "
    "places in another sitting, so read each with its interval, and ask about both areas."
)
"""A test holds it to docs/psychometrics/area-labels.md."""
_WHY = {
    NotScoredCode.NO_SCENARIOS: "the form has no scenarios but those for practice",
    NotScoredCode.TOO_FEW_COMPLETE: "{done} scenarios are complete; at least {share} are needed",
    NotScoredCode.SAME_RATINGS: "{done} ratings are the same; nothing can be told from them",
    NotScoredCode.SAME_RATINGS_OF_KIND: "all ratings of {kind} are the same; these scenarios are not counted",
    NotScoredCode.SAME_KEY_OF_KIND: "the key has the same value for all {kind}; these scenarios are not counted",
    NotScoredCode.SAME_KEY_OF_SCENARIO: "the key does not tell the options of {scenario} apart; it is not counted",
    NotScoredCode.FORM_TOO_SMALL: "the form has fewer than {number} of its scenarios{own_choices}",
    NotScoredCode.FORM_OVERALL_ONLY: (
        "This form gives an overall score only: it has fewer than {number} scenarios of each competency{of_choices}"
    ),
    NotScoredCode.FORM_MIXES_FORMATS: NO_PROFILE,
    NotScoredCode.UNKNOWN: "the reason is not known",
}
_LEFT_OUT_OF_ALL = {
    NotScoredCode.SAME_RATINGS_OF_KIND,
    NotScoredCode.SAME_KEY_OF_KIND,
    NotScoredCode.SAME_KEY_OF_SCENARIO,
}
"""Scenarios that count nowhere: what they are missing from is the overall score."""


class Standing(StrEnum):
    """How a score stands to the range that 95 % of random answerers fall into."""

    CLEARLY_ABOVE = "clearly above random answering"
    ABOVE = "above random answering, by less than its error"
    LIKE_RANDOM = "not to be told from random answering"


def standing(estimate: ScoreEstimate) -> Standing:
    """Say whether the score, and whether its whole interval, lies above the range of random answering."""
    if estimate.interval is not None and estimate.interval.low > estimate.random_interval.high:
        return Standing.CLEARLY_ABOVE
    if estimate.score > estimate.random_interval.high:
        return Standing.ABOVE
    return Standing.LIKE_RANDOM


@dataclass(frozen=True)
class Names:
    """What parts and scenarios are called where reasons are read; what has no name here is called by its id."""

    parts: Mapping[str, str] = field(default_factory=dict)
    scenarios: Mapping[str, str] = field(default_factory=dict)


def names_of(form: AssessmentForm, model: CompetencyModel) -> Names:
    """Name all that a reason can be about as pages and reports do."""
    parts = {part: part_name(part, model) for part in (*model.styles, *model.competencies)}
    return Names({**parts, OVERALL: "Overall"}, {scenario.id: scenario.title for scenario in form.scenarios})


def why_not_scored(reason: NotScored, names: Names) -> str:
    """Say what is missing, without the part that it is missing from, and without a full stop."""
    choices = reason.needed == CHOICE_SCENARIOS_FOR_A_PART
    return _WHY[reason.code].format(
        done=f"{reason.counted} of {reason.asked}",
        share="80 %" if reason.part == OVERALL else "two thirds",
        kind=reason.part,
        scenario=names.scenarios.get(reason.part, reason.part),
        number="three" if choices else "two",
        own_choices=", which choices need" if choices else "",
        of_choices=", and a choice among the responses says less than a rating of each" if choices else "",
    )


def part_not_scored(reason: NotScored, names: Names) -> str:
    """Name the part that a reason is about; empty where it is about the whole form."""
    if reason.code in _LEFT_OUT_OF_ALL:
        return names.parts.get(OVERALL, OVERALL)
    return names.parts.get(reason.part, reason.part)


def not_scored_sentence(reason: NotScored, names: Names) -> str:
    """Name the part and say what is missing.

    Examples
    --------
    >>> reason = NotScored("recovery", NotScoredCode.TOO_FEW_COMPLETE, 1, 3, 2)
    >>> not_scored_sentence(reason, Names({"recovery": "Recovery"}))
    'Recovery: 1 of 3 scenarios are complete; at least two thirds are needed'
    """
    return ": ".join(words for words in (part_not_scored(reason, names), why_not_scored(reason, names)) if words)


def why_part_not_scored(score: PersonScore, part: str, names: Names) -> str:
    """Say why a competency or style has no score; empty where that is not known."""
    mine = [each for each in score.not_scored if each.part == part and each.code not in _LEFT_OUT_OF_ALL]
    return why_not_scored(mine[0], names) if mine else ""


def answers_noun(form: AssessmentForm) -> str:
    """Call the answers to a form what they are: ratings, choices, or both together answers."""
    if form.is_rated:
        return "ratings"
    return "answers" if any(form.format_of(scenario).is_rated for scenario in form.scenarios) else "choices"


def overall_message(
    name: str,
    score: PersonScore,
    form: AssessmentForm,
    model: CompetencyModel,
    *,
    with_profile: bool = True,
    drawn: Interval | None = None,
) -> str:
    """Say in one sentence what a busy person would repeat; ``with_profile`` also that there is nothing more to tell.

    The words rest on the stored interval and name it; ``drawn`` is the one that stands elsewhere on the page: where the
    two are written differently, the stored one is called so.
    """
    name = isolated(name)
    if score.overall is None:
        return f"{name} cannot be scored: {why_not_scored(score.not_scored[0], names_of(form, model))}."
    answers = answers_noun(form)
    stored = shown_interval(score.overall.interval)
    which = "stored " if drawn is not None and shown_interval(drawn) != stored else ""
    reading = f"(score {shown_score(score.overall.score)}, {which}95 % interval {stored})"
    opening = {
        Standing.CLEARLY_ABOVE: f"{name}'s {answers} follow the answer key clearly more closely than random answering",
        Standing.ABOVE: f"{name}'s {answers} seem to follow the answer key, though not by more than the error",
        Standing.LIKE_RANDOM: f"{name}'s {answers} cannot be told from random answering",
    }[standing(score.overall)]
    only = with_profile and _has(score, NotScoredCode.FORM_OVERALL_ONLY)
    return f"{opening} {reading}{'; the form gives no scores of single areas' if only else ''}."


def _has(score: PersonScore, code: NotScoredCode) -> bool:
    return any(reason.code is code for reason in score.not_scored)


def profile_sentences(score: PersonScore) -> tuple[str, ...]:
    """Say that no strength and no weakness is named, and why; nothing without scores that could give any."""
    if _has(score, NotScoredCode.FORM_OVERALL_ONLY):
        return ()
    return (f"{NO_PROFILE}.",) if _has(score, NotScoredCode.FORM_MIXES_FORMATS) else (NO_LABELS,)


def irritant_areas(found: Sequence[RatedEffective], model: CompetencyModel) -> tuple[ProbingArea, ...]:
    """Say of each irritant that is named what it means, what was rated and what to ask; of unknown ones nothing."""
    return tuple(
        ProbingArea(
            f"Rated as effective: {model.irritants[each.irritant].name}",
            f"{model.irritants[each.irritant].meaning}. {each.n_above} of {each.n_tagged} such responses were rated as "
            "effective; the same ratings in random order within each scenario would seldom give as many "
            f"({_p_value(each.p_adjusted)} after Holm's correction for all irritants in the form).",
            (model.irritants[each.irritant].interview,),
        )
        for each in found
        if each.irritant in model.irritants
    )


def irritants_note(key: ScoringKey) -> str:
    """Say what it rests on that these responses irritate, and what it does not say."""
    use = "" if key.supports_selection else ", and it is for preparing the interview, not for ranking or selection"
    return (
        "That these responses irritate is a judgement of the bank's authors after their sources; customers' ratings "
        f"are not among them. The key is {key.id}, version {key.version} ({key.method.value} with {key.experts} "
        f"experts){use}. "
        "A rating says what somebody takes to be effective, not how they work, so ask. Of other irritants nothing is "
        "said, and that means only that nothing could be told from chance; with few such responses it hardly can."
    )


def _p_value(p: float) -> str:
    return f"p < {SMALLEST_P}" if p < SMALLEST_P else f"p = {p:.3f}"


def part_name(part: str, model: CompetencyModel) -> str:
    """Return the name of a competency, or of a style as such."""
    if part in model.competencies:
        return model.competencies[part].name
    return f"{model.styles[part].name} customers"


def in_words(names: list[str]) -> str:
    """Join names as a sentence does.

    Examples
    --------
    >>> in_words(["Recovery", "Speaking up", "Keeping composure"])
    'Recovery, Speaking up and Keeping composure'
    """
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
