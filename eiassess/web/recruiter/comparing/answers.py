"""Answers side by side: what each of the compared people gave in chosen scenarios, beside the key's value."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from eiassess.domain.scenarios import Scenario
from eiassess.services.results.comparing import Comparison
from eiassess.services.results.for_recruiters import CandidateResult
from eiassess.web.recruiter.candidate.scenarios import answer_in_words, option_label


@dataclass(frozen=True)
class ScenarioChoice:
    """A scenario that all of them sat, to choose."""

    id: str
    title: str
    chosen: bool


@dataclass(frozen=True)
class AnswerRow:
    """An option: what each person gave it, in the order of the page, and the key's value."""

    text: str
    answers: tuple[str, ...]
    key: str


@dataclass(frozen=True)
class AnswerTable:
    """A chosen scenario, its options from the one that the key rates highest."""

    title: str
    situation: str
    heading: str
    names: tuple[str, ...]
    rows: tuple[AnswerRow, ...]


def scenario_choices(comparison: Comparison, chosen: Collection[str]) -> tuple[ScenarioChoice, ...]:
    """List the scenarios that all of them sat, in the order of the first one's form."""
    return tuple(ScenarioChoice(each.id, each.title, each.id in chosen) for each in _sat_by_all(comparison))


def answer_tables(comparison: Comparison, names: Mapping[str, str], chosen: Collection[str]) -> tuple[AnswerTable, ...]:
    """Put the answers to chosen scenarios side by side; what not all of them sat is left out."""
    return tuple(_table(each, comparison, names) for each in _sat_by_all(comparison) if each.id in chosen)


def _sat_by_all(comparison: Comparison) -> list[Scenario]:
    first, *others = comparison.candidates
    return [each for each in first.form.scenarios if all(each in other.form.scenarios for other in others)]


def _table(scenario: Scenario, comparison: Comparison, names: Mapping[str, str]) -> AnswerTable:
    people, credits_ = comparison.candidates, comparison.candidates[0].key.credits[scenario.id]
    ordered = sorted(scenario.options, key=lambda option: (-credits_[option.id].value, option.id))
    return AnswerTable(
        title=scenario.title,
        situation=scenario.situation,
        heading=option_label(scenario),
        names=tuple(names[each.row.session_id] for each in people),
        rows=tuple(
            AnswerRow(
                option.text,
                tuple(_given(each, scenario, option.id) for each in people),
                f"{credits_[option.id].value:.1f}",
            )
            for option in ordered
        ),
    )


def _given(each: CandidateResult, scenario: Scenario, option: str) -> str:
    saved = each.responses.get(scenario.id)
    shown, words = answer_in_words(each.form, scenario, saved.ratings.get(option) if saved else None)
    return " ".join(part for part in (shown, words) if part) or "nothing"
