"""Scenario by scenario: what somebody chose, what the key says, why, and where that comes from."""

from dataclasses import dataclass

from eiassess.domain.banks import QuestionBank, Source
from eiassess.domain.formats import RatingScale
from eiassess.domain.keys import OptionCredit
from eiassess.domain.scenarios import Scenario, ScenarioKind
from eiassess.scoring.interpreting import shown_score
from eiassess.services.results import CandidateResult
from eiassess.web.recruiter.presenters.pictures import RatingPicture, rating_picture

OPENED = 2


@dataclass(frozen=True)
class OptionLine:
    """An option with the candidate's rating beside the key's value."""

    text: str
    rating: str
    rating_in_words: str
    key: str
    picture: RatingPicture
    rationale: str
    sources: str


@dataclass(frozen=True)
class ScenarioBlock:
    """A scenario with its score; ``opened`` if it is among those furthest from the key."""

    id: str
    title: str
    place: str
    competency: str
    style: str
    situation: str
    option_label: str
    score: str
    time: str
    lines: tuple[OptionLine, ...]
    sources: tuple[Source, ...]
    opened: bool


def present_scenarios(result: CandidateResult) -> tuple[ScenarioBlock, ...]:
    """Show all scenarios in the order of the form; the two furthest from the key stand open."""
    scores = result.stored.score.scenarios if result.stored else {}
    furthest = sorted(scores, key=lambda scenario: scores[scenario])[:OPENED]
    return tuple(
        _block(scenario, result, scores.get(scenario.id), opened=scenario.id in furthest)
        for scenario in result.form.scenarios
    )


def _block(scenario: Scenario, result: CandidateResult, score: float | None, *, opened: bool) -> ScenarioBlock:
    model = result.bank.model
    key_values = result.key.credits[scenario.id]
    return ScenarioBlock(
        id=scenario.id,
        title=scenario.title,
        place=", ".join(part for part in (scenario.channel, scenario.trade) if part),
        competency=model.competencies[scenario.competency].name if scenario.competency else "",
        style=model.styles[scenario.style].name if scenario.style else "",
        situation=scenario.situation,
        option_label="Feeling" if scenario.kind is ScenarioKind.EMOTIONS else "Response",
        score=shown_score(score) if score is not None else "not scored",
        time=_time(result.seconds.get(scenario.id)),
        lines=_lines(scenario, result),
        sources=_sources(result.bank, [name for credit in key_values.values() for name in credit.sources]),
        opened=opened,
    )


def _lines(scenario: Scenario, result: CandidateResult) -> tuple[OptionLine, ...]:
    """Return the options from the one that the key rates highest to the one that it rates lowest."""
    key_values, scale = result.key.credits[scenario.id], result.form.scale_of(scenario)
    saved = result.responses.get(scenario.id)
    ratings = saved.ratings if saved else {}
    ordered = sorted(scenario.options, key=lambda option: (-key_values[option.id].value, option.id))
    return tuple(
        _line(option.text, ratings.get(option.id), key_values[option.id], scale, result.bank) for option in ordered
    )


def _line(text: str, rating: int | None, credit: OptionCredit, scale: RatingScale, bank: QuestionBank) -> OptionLine:
    return OptionLine(
        text=text,
        rating="" if rating is None else str(rating),
        rating_in_words="not rated" if rating is None else scale.labels[rating - scale.minimum],
        key=f"{credit.value:.1f}",
        picture=rating_picture(rating, credit.value, scale.points),
        rationale=credit.rationale,
        sources="; ".join(source.title for source in _sources(bank, list(credit.sources))),
    )


def _sources(bank: QuestionBank, names: list[str]) -> tuple[Source, ...]:
    return tuple(bank.sources[name] for name in dict.fromkeys(names) if name in bank.sources)


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "time not known"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
