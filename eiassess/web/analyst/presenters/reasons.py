"""Why a scenario is weak, in words that an author can act on."""

from eiassess.psychometrics import CoefficientAlpha, Weakness
from eiassess.scoring.samples.scenarios import ScenarioFigures
from eiassess.scoring.samples.weak_scenarios import NOT_ABOVE_RANDOM, RANDOM_LEVEL, WeakReason
from eiassess.web.analyst.presenters.words import correlation, correlation_interval, score

CHANCE = "This could be chance."


def reasons_in_words(figures: ScenarioFigures, alpha: CoefficientAlpha | None) -> tuple[str, ...]:
    """Word what speaks against a scenario; each sentence has the figure that it rests on."""
    return tuple(_sentence(reason, figures, alpha) for reason in figures.reasons)


def _sentence(reason: WeakReason, figures: ScenarioFigures, alpha: CoefficientAlpha | None) -> str:
    r = figures.item_total
    related = f"item-total {correlation(r.value if r else None)}, 95 % {correlation_interval(r)}"
    mean = score(figures.mean.value if figures.mean else None)
    words = {
        Weakness.NO_VARIANCE: "Everybody has the same score here, so it tells nobody apart.",
        Weakness.NEGATIVE_DISCRIMINATION: f"Who does well elsewhere does worse here ({related}): is an option keyed "
        "the wrong way round?",
        Weakness.LOW_DISCRIMINATION: f"It has little to do with the other scenarios ({related}; .20 is asked for).",
        Weakness.TOO_EASY: f"Nearly everybody answers as the key does (mean {mean}), so it tells few people apart.",
        Weakness.TOO_HARD: f"Nearly everybody answers against the key (mean {mean}): is it keyed the wrong way round?",
        Weakness.LOWERS_ALPHA: f"The other scenarios hang together better without it (alpha "
        f"{correlation(figures.alpha_without)} instead of {correlation(alpha.value if alpha else None)}).",
        NOT_ABOVE_RANDOM: f"The mean ({mean}) is not above that of random answering ({score(RANDOM_LEVEL)}): do people "
        "read it as it was meant, and is the key right?",
    }[reason.code]
    return f"{words} {CHANCE}" if reason.is_clear is False else words
