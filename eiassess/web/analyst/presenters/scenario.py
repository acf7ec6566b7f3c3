"""One scenario's options: what was done with each, and how that changes with the score on the other scenarios."""

from dataclasses import dataclass

from markupsafe import Markup

from eiassess.domain.curves import CurveChart, CurveLine
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.scenarios import Scenario
from eiassess.reporting.charts.curves import curve_chart_svg
from eiassess.scoring.samples.options import OptionFigures, OptionsOfScenario
from eiassess.services.statistics.forms import ScenarioStatistics
from eiassess.web.analyst.presenters.pictures import FrequencyPicture, frequency_picture
from eiassess.web.analyst.presenters.reasons import reasons_in_words
from eiassess.web.analyst.presenters.words import (
    NOTHING,
    competency_name,
    correlation,
    correlation_interval,
    duration,
    interval,
    number,
    option_labels,
    people_in_words,
    score,
    score_interval,
)

CHART_WIDTH, PHONE_WIDTH = 640, 340


@dataclass(frozen=True)
class OptionLine:
    """A row of the table."""

    label: str
    text: str
    key: str
    counts: tuple[str, ...]
    picture: FrequencyPicture
    n: str
    n_missing: str
    mean: str
    mean_interval: str
    sd: str
    agreement: str
    agreement_interval: str
    by_fifth: tuple[str, ...]


@dataclass(frozen=True)
class ScenarioPage:
    """What stands on a scenario's page."""

    digest: str
    form_title: str
    simulated: bool
    n_people: int
    n_other: int
    id: str
    title: str
    place: str
    situation: str
    lead: str
    reasons: tuple[str, ...]
    about: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    mean_head: str
    rated: bool
    lines: tuple[OptionLine, ...]
    chart: Markup | None
    phone_chart: Markup | None
    fifth_sizes: tuple[int, ...]
    not_estimable: tuple[str, ...]
    previous: tuple[str, str] | None
    following: tuple[str, str] | None


def present_scenario(statistics: ScenarioStatistics) -> ScenarioPage:
    """Word a scenario's page."""
    sample, scenario, options = statistics.sample, statistics.scenario, statistics.options
    labels = option_labels(scenario)
    chart = _chart(statistics, labels) if options.fifth_sizes else None
    neighbours = _neighbours(sample.form.scenarios, scenario)
    return ScenarioPage(
        digest=sample.form.digest,
        form_title=sample.form.title,
        simulated=sample.simulated,
        n_people=len(sample.people),
        n_other=sample.n_other,
        id=scenario.id,
        title=scenario.title,
        place=", ".join(each for each in (scenario.channel, scenario.trade, competency_name(sample, scenario)) if each),
        situation=scenario.situation,
        lead=_lead(statistics),
        reasons=reasons_in_words(statistics.figures, statistics.alpha),
        about=_about(statistics),
        heads=_heads(options),
        mean_head=_mean_head(options.format),
        rated=options.format.is_rated,
        lines=_lines(scenario, options, labels),
        chart=curve_chart_svg(chart, width=CHART_WIDTH) if chart else None,
        phone_chart=curve_chart_svg(chart, width=PHONE_WIDTH, element_id="curves-small") if chart else None,
        fifth_sizes=options.fifth_sizes,
        not_estimable=options.not_estimable,
        previous=neighbours[0],
        following=neighbours[1],
    )


def _lead(statistics: ScenarioStatistics) -> str:
    figures, mean = statistics.figures, statistics.figures.mean
    everybody = people_in_words(len(statistics.sample.people), simulated=statistics.sample.simulated)
    if mean is None:
        return f"Too few of {everybody} have a score here for any figure."
    words = f"Mean score {score(mean.value)} (95 % {score_interval(mean.interval)}) in {mean.n} of {everybody}"
    if figures.reasons:
        return f"{words}; something speaks against this scenario."
    return f"{words}; nothing speaks against this scenario." if statistics.judged else f"{words}."


def _about(statistics: ScenarioStatistics) -> tuple[tuple[str, str], ...]:
    figures = statistics.figures
    r, n = figures.item_total, figures.n_timed
    total = f"{correlation(r.value)} (95 % {correlation_interval(r)}, {r.n} people)" if r else "cannot be estimated"
    return (
        ("Item-total correlation", total),
        ("Standard deviation", number(figures.sd)),
        ("Alpha without it", correlation(figures.alpha_without)),
        ("Median time", f"{duration(figures.median_seconds)} (time known of {n})" if n else "no times are known"),
        ("Left out, some or all", str(figures.n_incomplete)),
    )


def _heads(options: OptionsOfScenario) -> tuple[str, ...]:
    words = {
        ResponseFormat.PICK_BEST_AND_WORST: {1: "best", 0: "neither", -1: "worst"},
        ResponseFormat.PICK_BEST: {1: "picked", 0: "not picked"},
    }.get(options.format, {})
    return tuple(words.get(each, str(each)) for each in options.numbers)


def _mean_head(chosen: ResponseFormat) -> str:
    match chosen:
        case ResponseFormat.RANK:
            return "Mean place"
        case ResponseFormat.PICK_BEST:
            return "Share picked"
        case ResponseFormat.PICK_BEST_AND_WORST:
            return "Best less worst"
    return "Mean"


def _lines(scenario: Scenario, options: OptionsOfScenario, labels: dict[str, str]) -> tuple[OptionLine, ...]:
    """Return the options from the one that the key rates highest to the one that it rates lowest."""
    texts = {option.id: option.text for option in scenario.options}
    ordered = sorted(options.options, key=lambda each: -each.key)
    return tuple(_line(each, texts[each.id], labels[each.id], options) for each in ordered)


def _line(figures: OptionFigures, text: str, label: str, options: OptionsOfScenario) -> OptionLine:
    mean, r = figures.mean, figures.agreement
    decimals = 2
    return OptionLine(
        label=label,
        text=text,
        key=number(figures.key),
        counts=tuple(str(count) for count in figures.counts),
        picture=frequency_picture(
            figures.counts, figures.key - options.numbers[0] if options.format.is_rated else None
        ),
        n=str(figures.n),
        n_missing=str(figures.n_missing),
        mean=number(mean.value if mean else None, decimals),
        mean_interval=interval(mean.interval if mean else None, decimals),
        sd=number(figures.sd, decimals),
        agreement=correlation(r.value if r else None),
        agreement_interval=correlation_interval(r),
        by_fifth=tuple(NOTHING if value is None else number(value, decimals) for value in figures.by_fifth),
    )


def _chart(statistics: ScenarioStatistics, labels: dict[str, str]) -> CurveChart:
    options, form = statistics.options, statistics.sample.form
    bottom, top, ticks = _axis(statistics)
    lines = tuple(
        CurveLine(labels[each.id], each.by_fifth, each.key if options.format.is_rated else None)
        for each in options.options
    )
    said = "; ".join(f"{line.label} from {_end(line, 0)} to {_end(line, -1)}" for line in lines)
    return CurveChart(
        title=f"{statistics.scenario.title}: options by fifths of the score on the other scenarios of {form.title}",
        summary=f"{_mean_head(options.format)} in the lowest and in the highest fifth: {said}.",
        bottom=bottom,
        top=top,
        ticks=ticks,
        lines=lines,
        sizes=options.fifth_sizes,
    )


def _end(line: CurveLine, place: int) -> str:
    value = line.values[place]
    return "nobody" if value is None else f"{value:.1f}"


def _axis(statistics: ScenarioStatistics) -> tuple[float, float, tuple[tuple[float, str], ...]]:
    """Give the ends of the axis and its ticks; the better end is on top."""
    numbers = statistics.options.numbers
    lowest, highest = float(numbers[0]), float(numbers[-1])
    match statistics.options.format:
        case ResponseFormat.RANK:
            return highest, lowest, tuple((float(each), f"place {each}") for each in numbers)
        case ResponseFormat.PICK_BEST:
            return lowest, highest, tuple((share / 4, f"{25 * share} %") for share in range(5))
        case ResponseFormat.PICK_BEST_AND_WORST:
            return lowest, highest, ((-1.0, "all worst"), (0.0, "even"), (1.0, "all best"))
    return lowest, highest, tuple((float(each), str(each)) for each in numbers)


def _neighbours(
    scenarios: tuple[Scenario, ...], scenario: Scenario
) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    place = scenarios.index(scenario)
    before = scenarios[place - 1] if place else None
    after = scenarios[place + 1] if place + 1 < len(scenarios) else None
    return (
        (before.id, before.title) if before else None,
        (after.id, after.title) if after else None,
    )
