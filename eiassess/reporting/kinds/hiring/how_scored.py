"""How answers became scores, in the words of a report: as the form's formats were scored, and no others."""

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.scoring.person.missing import gives_overall_only

RATED = (
    (
        "Each response was rated from 1 (very ineffective) to 6 (very effective), each feeling from 1 (not at all) to "
        "6 (very strongly). The ratings of one person are standardised within the person, so that it matters "
        "little whether somebody rates high or low, or uses the ends of the scale much or little; what counts is the "
        "order and the distances."
    ),
    (
        "A score is 100 minus 50 times the squared distance to the key, divided by the distance that random ratings "
        "have on average. Competencies and styles are parts of the overall score."
    ),
)
CHOSEN = {
    ResponseFormat.PICK_BEST_AND_WORST: (
        "In each scenario the best and the worst response were chosen. The difference of the key's values for the two "
        "is divided by the largest that the key allows there: 100 is the key's own best and worst, 0 the two crossed."
    ),
    ResponseFormat.RANK: (
        "In each scenario the responses were put in order, and the order is compared with the key's by Spearman's rank "
        "correlation: 100 is the key's own order, 0 the opposite one."
    ),
    ResponseFormat.PICK_BEST: (
        "In each scenario the best response was chosen. The key's value for it is compared with the mean of all "
        "responses there: 100 is the key's own best."
    ),
}
MIXED = (
    "The formats weigh by their number of ratings, choices and places. Scores in different formats are not compared "
    "with each other, so no strength or weakness is named."
)
INTERVALS = (
    "The intervals come from how evenly this person agrees with the key from scenario to scenario. In simulations with "
    "ratings, 95 % intervals held the true score in 91 to 96 of 100 cases."
)
"""The figures are those of docs/psychometrics/results/score-intervals.json, for new scenarios of the same kind."""
NAMED = (
    "No strength, weakness or style is named: in simulations where half of the people were even from area to area and "
    "half differed by a few points, more labels were wrong than right."
)
ADDS = "Whether a competency's score adds anything to the overall score is not known yet."


def how_scored(form: AssessmentForm) -> tuple[str, ...]:
    """Say in paragraphs how a form's answers were scored."""
    used = {form.format_of(scenario) for scenario in form.scenarios}
    chosen = tuple(words for each, words in CHOSEN.items() if each in used)
    rated = RATED if any(each.is_rated for each in used) else ()
    mixes = len(chosen) + bool(rated) > 1
    parts: tuple[str, ...] = (NAMED, ADDS)
    if gives_overall_only(form):
        parts = ()
    elif mixes:
        parts = (ADDS,)
    return (*rated, *chosen, *((MIXED,) if mixes else ()), " ".join((INTERVALS, *parts)))
