"""Scenario by scenario: what somebody chose, what the key says, why, and where that comes from."""

from dataclasses import dataclass

from eiassess.domain.banks import QuestionBank, Source
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import OptionCredit
from eiassess.domain.responses import BEST, WORST
from eiassess.domain.scenarios import ResponseOption, Scenario, ScenarioKind
from eiassess.services.results.for_recruiters import CandidateResult
from eiassess.web.recruiter.pictures import RatingPicture, rating_picture

OPENED = 2
ANSWER_LABELS = {
    ResponseFormat.PICK_BEST_AND_WORST: "Chosen as",
    ResponseFormat.PICK_BEST: "Chosen as",
    ResponseFormat.RANK: "Place given",
}


@dataclass(frozen=True)
class OptionLine:
    """An option with what the candidate gave it beside the key's value; only ratings have a picture."""

    text: str
    answer: str
    answer_in_words: str
    key: str
    picture: RatingPicture | None
    rationale: str
    sources: str


@dataclass(frozen=True)
class ScenarioBlock:
    """A scenario with what was answered; ``opened`` if it is among those furthest from the key."""

    id: str
    title: str
    place: str
    competency: str
    style: str
    situation: str
    option_label: str
    answer_label: str
    has_pictures: bool
    standing: str
    """In words, since one scenario alone cannot show its error: among the furthest from the key, or not scored."""
    time: str
    lines: tuple[OptionLine, ...]
    sources: tuple[Source, ...]
    opened: bool


def present_scenarios(result: CandidateResult) -> tuple[ScenarioBlock, ...]:
    """Show all scenarios in the order of the form; the two furthest from the key stand open."""
    scores = result.stored.score.scenarios if result.stored else {}
    furthest = sorted(scores, key=lambda scenario: scores[scenario])[:OPENED]
    return tuple(
        _block(scenario, result, is_scored=scenario.id in scores, opened=scenario.id in furthest)
        for scenario in result.form.scenarios
    )


def option_label(scenario: Scenario) -> str:
    """Name what the scenario's options are."""
    return "Feeling" if scenario.kind is ScenarioKind.EMOTIONS else "Response"


def _standing(*, is_scored: bool, opened: bool) -> str:
    if not is_scored:
        return "not scored"
    return "furthest from the key" if opened else ""


def _block(scenario: Scenario, result: CandidateResult, *, is_scored: bool, opened: bool) -> ScenarioBlock:
    model = result.bank.model
    key_values = result.key.credits[scenario.id]
    return ScenarioBlock(
        id=scenario.id,
        title=scenario.title,
        place=", ".join(part for part in (scenario.channel, scenario.trade) if part),
        competency=model.competencies[scenario.competency].name if scenario.competency else "",
        style=model.styles[scenario.style].name if scenario.style else "",
        situation=scenario.situation,
        option_label=option_label(scenario),
        answer_label=ANSWER_LABELS.get(result.form.format_of(scenario), "Rating given"),
        has_pictures=result.form.format_of(scenario).is_rated,
        standing=_standing(is_scored=is_scored, opened=opened),
        time=_time(result.seconds.get(scenario.id)),
        lines=_lines(scenario, result),
        sources=_sources(result.bank, [name for credit in key_values.values() for name in credit.sources]),
        opened=opened,
    )


def _lines(scenario: Scenario, result: CandidateResult) -> tuple[OptionLine, ...]:
    """Return the options from the one that the key rates highest to the one that it rates lowest."""
    key_values = result.key.credits[scenario.id]
    saved = result.responses.get(scenario.id)
    answer = saved.ratings if saved else {}
    ordered = sorted(scenario.options, key=lambda option: (-key_values[option.id].value, option.id))
    return tuple(_line(option, answer.get(option.id), key_values[option.id], scenario, result) for option in ordered)


def _line(
    option: ResponseOption, value: int | None, credit: OptionCredit, scenario: Scenario, result: CandidateResult
) -> OptionLine:
    form = result.form
    shown, in_words = answer_in_words(form, scenario, value)
    rated = form.format_of(scenario).is_rated
    return OptionLine(
        text=option.text,
        answer=shown,
        answer_in_words=in_words,
        key=f"{credit.value:.1f}",
        picture=rating_picture(value, credit.value, form.scale_of(scenario).points) if rated else None,
        rationale=credit.rationale,
        sources="; ".join(source.title for source in _sources(result.bank, list(credit.sources))),
    )


def answer_in_words(form: AssessmentForm, scenario: Scenario, value: int | None) -> tuple[str, str]:
    """Return the number that stands for an answer, if one does, and its words."""
    match form.format_of(scenario):
        case ResponseFormat.PICK_BEST_AND_WORST | ResponseFormat.PICK_BEST:
            prompt = form.prompt_of(scenario)
            return "", {BEST: prompt.top, WORST: prompt.bottom, None: ""}[value].lower()
        case ResponseFormat.RANK:
            return ("", "not placed") if value is None else (str(value), _of_places(form, scenario, value))
    scale = form.scale_of(scenario)
    return ("", "not rated") if value is None else (str(value), scale.labels[value - scale.minimum])


def _of_places(form: AssessmentForm, scenario: Scenario, place: int) -> str:
    prompt = form.prompt_of(scenario)
    return {1: prompt.top, len(scenario.options): prompt.bottom}.get(place, "").lower()


def _sources(bank: QuestionBank, names: list[str]) -> tuple[Source, ...]:
    return tuple(bank.sources[name] for name in dict.fromkeys(names) if name in bank.sources)


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "time not known"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
