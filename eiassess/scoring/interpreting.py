"""Scores in words, after tested rules and never by mood."""

from enum import StrEnum

from eiassess.domain.competencies import CompetencyModel
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.scores import PersonScore, ScoreEstimate
from eiassess.domain.shown_scores import shown_difference, shown_interval, shown_score
from eiassess.scoring.parts import NO_PROFILE, OVERALL_ONLY

SMALLEST_P = 0.001


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


def answers_noun(form: AssessmentForm) -> str:
    """Call the answers to a form what they are: ratings, choices, or both together answers."""
    if form.is_rated:
        return "ratings"
    return "answers" if any(form.format_of(scenario).is_rated for scenario in form.scenarios) else "choices"


def overall_message(name: str, score: PersonScore, model: CompetencyModel, answers: str = "ratings") -> str:
    """Say in one sentence what a busy person would repeat; ``answers`` is what they are, from `answers_noun`."""
    if score.overall is None:
        return f"{name} cannot be scored: {score.not_scored[0].partition(': ')[2]}."
    reading = f"(score {shown_score(score.overall.score)}, 95 % interval {shown_interval(score.overall.interval)})"
    opening = {
        Standing.CLEARLY_ABOVE: f"{name}'s {answers} follow the answer key clearly more closely than random answering",
        Standing.ABOVE: f"{name}'s {answers} seem to follow the answer key, though not by more than the error",
        Standing.LIKE_RANDOM: f"{name}'s {answers} cannot be told from random answering",
    }[standing(score.overall)]
    return f"{opening} {reading}; {_profile_clause(score, model)}."


def _profile_clause(score: PersonScore, model: CompetencyModel) -> str:
    if _is_overall_only(score):
        return "the form gives no scores of single areas"
    if NO_PROFILE in score.not_scored:
        return "which areas stand out is not looked at, since the form mixes formats"
    above = [part_name(each.id, model) for each in score.strengths]
    below = [part_name(each.id, model) for each in score.weaknesses]
    clauses = []
    if above:
        clauses.append(f"closer than the rest in {in_words(above)}")
    if below:
        clauses.append(f"less close than the rest in {in_words(below)}")
    return " and ".join(clauses) or "no area stands out by more than its error"


def _is_overall_only(score: PersonScore) -> bool:
    return any(reason.startswith(OVERALL_ONLY) for reason in score.not_scored)


def profile_sentences(score: PersonScore, model: CompetencyModel) -> tuple[str, ...]:
    """Name strengths, weaknesses and styles, or say that there is no clear profile; nothing without such scores."""
    named = [(each, "closer to the key") for each in score.strengths] + [
        (each, "further from the key") for each in score.weaknesses
    ]
    if _is_overall_only(score):
        return ()
    if NO_PROFILE in score.not_scored:
        return (f"{NO_PROFILE}.",)
    if not named:
        unclear = (
            "No clear profile: no competency and no customer style differs from the person's own mean by more than its "
            "error. The highest and the lowest score may well change places in another sitting."
        )
        return (unclear,)
    return tuple(
        f"{part_name(each.id, model)}: {direction} than the person's own mean, by "
        f"{shown_difference(each.difference)} points ({_p_value(each.p_adjusted)} "
        "after Holm's correction for all areas and styles shown)."
        for each, direction in named
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
