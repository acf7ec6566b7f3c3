"""The words of each way of answering: what is asked, what was given, what is missing, what clashes."""

from collections.abc import Iterable

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.responses import BEST, WORST, Ratings, n_missing
from eiassess.domain.scenarios import Scenario, ScenarioKind
from eiassess.web.candidate.answers import Clash

WORDS_OF_AN_EXCERPT = 6
_QUOTES = "\"'“”‘’"  # noqa: RUF001 - the curly ones are meant
_LAST_STOPS = " .,:;!?"
_THINGS = {ScenarioKind.RESPONSES: "responses", ScenarioKind.EMOTIONS: "feelings"}
_NOUNS = {
    ResponseFormat.RATE_EACH: "rating",
    ResponseFormat.RATE_EMOTIONS: "rating",
    ResponseFormat.PICK_BEST_AND_WORST: "choice",
    ResponseFormat.PICK_BEST: "choice",
    ResponseFormat.RANK: "place",
}
_NOTHING = {"rating": "not rated", "choice": "not chosen", "place": "no place"}


def counted(n: int, noun: str) -> str:
    """Say a number of things."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def listed(parts: Iterable[str], last: str = "and") -> str:
    """Join words as one says them."""
    *first, end = parts
    return f"{', '.join(first)} {last} {end}" if first else end


def noun_of(form: AssessmentForm, scenario: Scenario) -> str:
    """Name one decision of a scenario: a rating, a choice or a place."""
    return _NOUNS[form.format_of(scenario)]


def nothing_given(form: AssessmentForm, scenario: Scenario) -> str:
    """Say that an option was given nothing."""
    return _NOTHING[noun_of(form, scenario)]


def said(form: AssessmentForm, scenario: Scenario, value: int | None) -> str:
    """Say what was given to an option."""
    if value is None:
        return nothing_given(form, scenario)
    used = form.format_of(scenario)
    if used is ResponseFormat.RANK:
        return f"place {value}"
    if used.is_rated:
        scale = form.scale_of(scenario)
        return f"{value}, {scale.labels[value - scale.minimum].lower()}"
    return pick_word(form, scenario, value).lower()


def pick_word(form: AssessmentForm, scenario: Scenario, value: int) -> str:
    """Name the best or the worst pick as the bank does."""
    prompt = form.prompt_of(scenario)
    return prompt.top if value == BEST else prompt.bottom


def missing(form: AssessmentForm, scenario: Scenario, ratings: Ratings) -> str:
    """Count what a kept answer lacks; empty if it is complete."""
    n = n_missing(form, scenario, ratings)
    return f"{counted(n, noun_of(form, scenario))} missing" if n else ""


def missing_hint(form: AssessmentForm, scenario: Scenario, ratings: Ratings) -> str:
    """Say below the options what is still to be given; empty if nothing is."""
    n = n_missing(form, scenario, ratings)
    if not n:
        return ""
    return (
        f"{_what_is_missing(form, scenario, ratings, n)} You can go on and come back to {'it' if n == 1 else 'them'}."
    )


def _what_is_missing(form: AssessmentForm, scenario: Scenario, ratings: Ratings, n: int) -> str:
    match noun_of(form, scenario):
        case "rating":
            return f"{n} of {len(scenario.options)} not rated yet."
        case "place":
            return f"{n} of {len(scenario.options)} without a place yet."
    picks = (BEST, WORST)[: form.decisions_of(scenario)]
    names = [pick_word(form, scenario, value).lower() for value in picks if value not in ratings.values()]
    return f"{listed(names).capitalize()} {'is' if n == 1 else 'are'} not chosen yet."


def what_you_do(form: AssessmentForm) -> str:
    """Say what the form asks for, counted by decisions: "rate 20 responses and put 4 responses in order"."""
    parts = []
    rated = _of(form, "rating")
    if rated:
        parts.append(f"rate {_decisions(form, rated)} {_things(rated)}")
    picked = _of(form, "choice")
    if picked:
        both = any(form.format_of(each) is ResponseFormat.PICK_BEST_AND_WORST for each in picked)
        parts.append(
            f"choose {counted(_decisions(form, picked), 'time')} what is {'best or worst' if both else 'best'}"
        )
    ranked = _of(form, "place")
    if ranked:
        parts.append(f"put {_decisions(form, ranked)} {_things(ranked)} in order")
    return listed(parts)


def each_decision(form: AssessmentForm) -> str:
    """Name the decisions of a form, for the time that each takes: "rating, choice or place"."""
    return listed([noun for noun in _NOTHING if _of(form, noun)], "or")


def _of(form: AssessmentForm, noun: str) -> tuple[Scenario, ...]:
    return tuple(scenario for scenario in form.scenarios if noun_of(form, scenario) == noun)


def _decisions(form: AssessmentForm, scenarios: tuple[Scenario, ...]) -> int:
    return sum(form.decisions_of(scenario) for scenario in scenarios)


def _things(scenarios: tuple[Scenario, ...]) -> str:
    return listed(word for kind, word in _THINGS.items() if any(scenario.kind is kind for scenario in scenarios))


def excerpt(scenario: Scenario, option_id: str) -> str:
    """Quote how an option begins; the script does it in the same way."""
    text = next(option.text for option in scenario.options if option.id == option_id)
    words = text.strip(_QUOTES).split()
    if len(words) <= WORDS_OF_AN_EXCERPT:
        return f"“{' '.join(words)}”"
    return f"“{' '.join(words[:WORDS_OF_AN_EXCERPT]).rstrip(_QUOTES + _LAST_STOPS)}…”"


def clash_summary(form: AssessmentForm, scenario: Scenario, clash: Clash) -> str:
    """Say which options clash, and what to do."""
    quoted = listed(excerpt(scenario, option) for option in clash.options)
    if len(clash.options) == 1:
        picks = listed(f"as {pick_word(form, scenario, value).lower()}" for value in clash.values)
        return f"{quoted} is chosen {picks}. Choose another for one of them."
    return f"Place {clash.values[0]} is given to {quoted}. Give each a place of its own."


def clash_at(form: AssessmentForm, scenario: Scenario, clash: Clash, option_id: str) -> str:
    """Say at one of the options that clash what is wrong there."""
    others = [excerpt(scenario, option) for option in clash.options if option != option_id]
    if not others:
        picks = listed([pick_word(form, scenario, value).lower() for value in clash.values])
        return f"This is chosen as both {picks}. Choose another for one of them."
    return f"Place {clash.values[0]} is also given to {listed(others)}. Choose another place here or there."
