"""Plain values for the pages about a closed panel."""

from dataclasses import dataclass

from eiassess.domain.scenarios import Scenario
from eiassess.scoring.panels import KeyedOption, KeyedScenario, KeyEffect
from eiassess.services.panels.results import PanelResults
from eiassess.web.keying.words import (
    coefficient,
    decimal,
    doubts_in_words,
    still_needed,
)

FEW_PEOPLE = 10


@dataclass(frozen=True)
class OptionLine:
    """An option's row in the results."""

    id: str
    text: str
    n: int
    n_cannot_judge: int
    mean: str
    sd: str
    rwg: str
    deviation: str
    present: str
    proposed: str
    move: str
    moved_far: bool
    flags: tuple[str, ...]
    comments: tuple[str, ...]


@dataclass(frozen=True)
class ScenarioLine:
    """A scenario in the results, with its options."""

    id: str
    title: str
    situation: tuple[str, ...]
    icc_1: str
    icc_k: str
    spread: str
    n_kept: int
    flags: tuple[str, ...]
    options: tuple[OptionLine, ...]

    @property
    def falls_short(self) -> bool:
        """Whether anything speaks against it."""
        return bool(self.flags) or self.n_kept < len(self.options)


@dataclass(frozen=True)
class AgreementLine:
    """How far one expert agrees with the others, by the number that the file of ratings has."""

    number: int
    n_rated: int
    n_cannot_judge: int
    correlation: str
    distance: str


@dataclass(frozen=True)
class ResultsPage:
    """What a closed panel says."""

    results: PanelResults
    lead: str
    needed: str
    facts: tuple[tuple[str, str], ...]
    effect: tuple[str, ...]
    scenarios: tuple[ScenarioLine, ...]
    experts: tuple[AgreementLine, ...] = ()

    @property
    def n_short(self) -> int:
        """How many scenarios fall short."""
        return sum(scenario.falls_short for scenario in self.scenarios)


def present_results(results: PanelResults) -> ResultsPage:
    """Word a closed panel's results."""
    analysis = results.analysis
    needed = still_needed(analysis.n_behind_each if analysis else results.n_experts)
    if analysis is None or results.effect is None:
        lead = f"{results.n_experts} {'expert has' if results.n_experts == 1 else 'experts have'} handed in."
        return ResultsPage(results, lead, needed, (), (), ())
    by_id = {scenario.id: scenario for scenario in results.form.scenarios}
    n_kept = sum(option.kept for option in analysis.options)
    return ResultsPage(
        results,
        f"{analysis.n_experts} experts agree well enough on {n_kept} of {len(analysis.options)} options.",
        needed,
        (
            ("Ratings behind each value, at least", str(analysis.n_behind_each)),
            ("Options kept", f"{n_kept} of {len(analysis.options)} ({100 * analysis.share_kept:.0f} %)"),
            ("Median ICC(2,k) of a scenario", coefficient(analysis.median_icc)),
            ("Rank correlation with the present key", coefficient(analysis.rank_correlation)),
            ("Mean move of an option", f"{decimal(analysis.mean_move)} points"),
            ("Options that move by more than a point", str(sum(option.moved_far for option in analysis.options))),
            ("Present key", f"{results.present.id}, version {results.present.version}, {results.present.method}"),
        ),
        _effect_in_words(results.effect, simulated=results.simulated),
        tuple(_scenario_line(by_id[each.id], each, results) for each in analysis.scenarios),
        tuple(
            AgreementLine(
                each.number, each.n_rated, each.n_cannot_judge, coefficient(each.correlation), decimal(each.distance)
            )
            for each in analysis.agreements
        ),
    )


def _effect_in_words(effect: KeyEffect, *, simulated: bool) -> tuple[str, ...]:
    people = "simulated people" if simulated else "people"
    if not effect.n_people:
        return ("Nobody has handed in this form yet, so there is no effect to show.",)
    if not effect.n_scored:
        return (f"None of the {effect.n_people} {people} who handed in this form has a score under both keys.",)
    moved = effect.n_up + effect.n_down
    said = [
        f"{effect.n_scored} {people} who sat this form were scored under both keys.",
        f"{moved} would move by more than their own error: {effect.n_up} up, {effect.n_down} down.",
        f"The median move is {decimal(effect.median_move, 1)} points, the largest {decimal(effect.largest_move, 1)}.",
        f"The order of their overall scores under the two keys correlates {coefficient(effect.rank_correlation)}.",
    ]
    if effect.n_scored < FEW_PEOPLE:
        said.append(f"With fewer than {FEW_PEOPLE} people this says little.")
    return tuple(said)


def _scenario_line(scenario: Scenario, keyed: KeyedScenario, results: PanelResults) -> ScenarioLine:
    texts = {option.id: option.text for option in scenario.options}
    return ScenarioLine(
        id=scenario.id,
        title=scenario.title,
        situation=scenario.paragraphs,
        icc_1=coefficient(keyed.icc_2_1),
        icc_k=coefficient(keyed.icc_2_k),
        spread=decimal(keyed.spread, 1),
        n_kept=sum(option.kept for option in keyed.options),
        flags=doubts_in_words(keyed.doubts),
        options=tuple(
            _option_line(option, texts[option.id], results.comments.get((scenario.id, option.id), ()))
            for option in keyed.options
        ),
    )


def _option_line(option: KeyedOption, text: str, comments: tuple[str, ...]) -> OptionLine:
    return OptionLine(
        id=option.id,
        text=text,
        n=option.n,
        n_cannot_judge=option.n_cannot_judge,
        mean=decimal(option.proposed if option.n else None),
        sd=decimal(option.sd),
        rwg=coefficient(option.rwg),
        deviation=decimal(option.average_deviation),
        present=decimal(option.present, 1),
        proposed=decimal(option.proposed, 1),
        move=f"{option.move:+.1f}".replace("-", "\u2212"),
        moved_far=option.moved_far,
        flags=doubts_in_words(option.doubts),
        comments=comments,
    )
