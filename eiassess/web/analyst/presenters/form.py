"""A form's scenarios as a table, with the weak ones on top."""

from dataclasses import dataclass

from eiassess.psychometrics.items.item_analysis import LEAST_DISCRIMINATION
from eiassess.scoring.samples.irritants import IrritantFigures
from eiassess.scoring.samples.scenarios import FormFigures, ScenarioFigures
from eiassess.scoring.samples.weak_scenarios import PEOPLE_FOR_VERDICTS
from eiassess.services.statistics.forms import FormStatistics
from eiassess.web.analyst.presenters.pairs import PairsSection, present_pairs
from eiassess.web.analyst.presenters.pictures import LinePicture, line_picture
from eiassess.web.analyst.presenters.reasons import reasons_in_words
from eiassess.web.analyst.presenters.words import (
    NOTHING,
    competency_name,
    correlation,
    correlation_interval,
    duration,
    form_in_words,
    key_in_words,
    number,
    people_in_words,
    score,
    score_interval,
)


@dataclass(frozen=True)
class ScenarioLine:
    """A row of the table."""

    id: str
    number: str
    title: str
    competency: str
    n: str
    mean: str
    mean_interval: str
    sd: str
    item_total: str
    item_total_interval: str
    item_total_picture: LinePicture | None
    time: str
    n_incomplete: str
    weak: bool


@dataclass(frozen=True)
class WeakLine:
    """A scenario that should be looked at, with the reasons."""

    id: str
    title: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class IrritantLine:
    """An irritant that the form tags, with how many people rated it as effective."""

    name: str
    meaning: str
    n_options: str
    n_any: str
    n_all: str
    n_people: str


@dataclass(frozen=True)
class FormPage:
    """What stands on a form's page."""

    digest: str
    title: str
    simulated: bool
    lead: str
    n_people: int
    n_other: int
    about: tuple[tuple[str, str], ...]
    weak: tuple[WeakLine, ...]
    judged: bool
    not_estimable: tuple[str, ...]
    lines: tuple[ScenarioLine, ...]
    n_complete: int
    irritants: tuple[IrritantLine, ...]
    irritants_lead: str
    pairs: PairsSection


def present_form(statistics: FormStatistics) -> FormPage:
    """Word a form's page."""
    sample, figures = statistics.sample, statistics.figures
    titles = {scenario.id: scenario.title for scenario in sample.form.scenarios}
    return FormPage(
        digest=sample.form.digest,
        title=sample.form.title,
        simulated=sample.simulated,
        lead=_lead(figures, simulated=sample.simulated),
        n_people=figures.n_people,
        n_other=sample.n_other,
        about=_about(statistics),
        weak=tuple(WeakLine(each.id, titles[each.id], reasons_in_words(each, figures.alpha)) for each in figures.weak),
        judged=figures.judged,
        not_estimable=figures.not_estimable,
        lines=tuple(_line(statistics, place, each) for place, each in enumerate(figures.scenarios)),
        n_complete=figures.n_complete,
        irritants=tuple(_irritant(statistics, each) for each in statistics.irritants),
        irritants_lead=_irritants_lead(statistics),
        pairs=present_pairs(sample, statistics.pairs),
    )


def _irritants_lead(statistics: FormStatistics) -> str:
    """Say what the counts are, or that there are too few people for any."""
    needed = f"Nothing is counted for an irritant before {PEOPLE_FOR_VERDICTS} people have rated all of its options"
    if all(each.n_any is None for each in statistics.irritants):
        return f"{needed}."
    return (
        "Counted are people who rated all options of an irritant, and how many of these rated them above the middle "
        f"of the scale. {needed}. An option that the key itself puts above the middle is left out."
    )


def _irritant(statistics: FormStatistics, figures: IrritantFigures) -> IrritantLine:
    meant = statistics.sample.bank.model.irritants.get(figures.irritant)
    return IrritantLine(
        name=meant.name if meant else figures.irritant,
        meaning=meant.meaning if meant else "",
        n_options=str(figures.n_options),
        n_any=NOTHING if figures.n_any is None else str(figures.n_any),
        n_all=NOTHING if figures.n_all is None else str(figures.n_all),
        n_people=NOTHING if figures.n_any is None else str(figures.n_people),
    )


def _lead(figures: FormFigures, *, simulated: bool) -> str:
    everybody = people_in_words(figures.n_complete, simulated=simulated)
    if not figures.judged:
        return (
            f"Nothing can be said of single scenarios yet: {everybody} with a score for every scenario, and "
            f"{PEOPLE_FOR_VERDICTS} are needed."
        )
    n, weak = len(figures.scenarios), figures.weak
    if not weak:
        return f"None of {n} scenarios is weak in {everybody}."
    sure = sum(any(reason.is_clear for reason in each.reasons) for each in weak)
    verb = "is" if len(weak) == 1 else "are"
    return f"{len(weak)} of {n} scenarios {verb} weak in {everybody}; {_surely(sure, len(weak))}."


def _surely(sure: int, weak: int) -> str:
    if sure == weak:
        return "by more than chance" if weak == 1 else "all by more than chance"
    return (
        f"{sure} of them by more than chance" if sure else "it could be chance" if weak == 1 else "all could be chance"
    )


def _about(statistics: FormStatistics) -> tuple[tuple[str, str], ...]:
    sample, figures = statistics.sample, statistics.figures
    alpha, overall = figures.alpha, figures.overall
    people = (
        f"{figures.n_people} handed in, {figures.n_scored} have an overall score, "
        f"{figures.n_complete} have a score for every scenario"
    )
    pairs = [("Form", form_in_words(sample.form)), ("Key", key_in_words(sample.key)), ("People", people)]
    if overall:
        mean = f"mean {score(overall.value)} (95 % {score_interval(overall.interval)})"
        pairs.append(("Overall score", f"{mean}, standard deviation {number(figures.overall_sd)}"))
    if alpha:
        ends = f"{correlation(alpha.lower)} to {correlation(alpha.upper)}"
        pairs.append(("Coefficient alpha", f"{correlation(alpha.value)} (95 % {ends}) over {alpha.n_items} scenarios"))
    return tuple(pairs)


def _line(statistics: FormStatistics, place: int, figures: ScenarioFigures) -> ScenarioLine:
    scenario, mean, r = statistics.sample.form.scenarios[place], figures.mean, figures.item_total
    return ScenarioLine(
        id=scenario.id,
        number=f"{place + 1}",
        title=scenario.title,
        competency=competency_name(statistics.sample, scenario),
        n=str(mean.n if mean else 0),
        mean=score(mean.value if mean else None),
        mean_interval=score_interval(mean.interval if mean else None),
        sd=number(figures.sd),
        item_total=correlation(r.value if r else None),
        item_total_interval=correlation_interval(r),
        item_total_picture=line_picture(r.value, r.interval, -1, 1, (LEAST_DISCRIMINATION,)) if r else None,
        time=duration(figures.median_seconds),
        n_incomplete=str(figures.n_incomplete),
        weak=bool(figures.reasons),
    )
