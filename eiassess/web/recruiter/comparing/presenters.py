"""Two to six candidates side by side: the picture, and which differences are larger than their error."""

from dataclasses import dataclass

from markupsafe import Markup

from eiassess.domain.charts import ChartGroup, ChartRow, IntervalChart
from eiassess.domain.reasons import OVERALL
from eiassess.domain.scores import ScoreEstimate
from eiassess.domain.shown_scores import shown_difference
from eiassess.reporting.charts.interval import interval_chart_svg
from eiassess.scoring.comparing import ScoreDifference
from eiassess.scoring.interpreting import in_words, names_of, why_part_not_scored
from eiassess.services.results.candidate_lists import ListQuery
from eiassess.services.results.for_recruiters import CandidateResult, Comparison
from eiassess.web.recruiter.list_addresses import nameless, parameters_of
from eiassess.web.recruiter.words import distinct_names, evidence_title, name_of

CHART_WIDTH, PHONE_WIDTH = 660, 320
NAMED_AT_MOST = 3
COUPLE = 2
SMALLEST_P = 0.001
HOLM = (
    "The more differences one looks at, the more look large by chance alone; Holm's correction asks more of each. In "
    "simulations of equal people, 3 to 5 of 100 such pages still called a difference larger than its error."
)
"""The figures are those of docs/psychometrics/results/differences.json."""


@dataclass(frozen=True)
class ComparisonChart:
    """A picture for wide and one for narrow screens."""

    id: str
    heading: str
    wide: Markup
    phone: Markup


@dataclass(frozen=True)
class PartWords:
    """What can be said about one part."""

    name: str
    larger: tuple[str, ...]
    rest: str


@dataclass(frozen=True)
class DifferenceLine:
    """A row of the table of differences."""

    part: str
    pair: str
    difference: str
    standard_error: str
    p_adjusted: str
    larger: bool


@dataclass(frozen=True)
class ComparisonPage:
    """What stands on the page that compares candidates."""

    opening_id: str
    parameters: dict[str, str]
    nameless: dict[str, str]
    opening_title: str
    simulated: bool
    message: str
    how_many: str
    people: tuple[tuple[str, str], ...]
    evidence_title: str
    evidence: tuple[str, ...]
    charts: tuple[ComparisonChart, ...]
    parts: tuple[PartWords, ...]
    differences: tuple[DifferenceLine, ...]


def present_comparison(comparison: Comparison, query: ListQuery, *, blind: bool) -> ComparisonPage:
    """Draw and word a comparison, candidates in the order asked for; ``query`` is the list that they were chosen in."""
    names = distinct_names([each.row for each in comparison.candidates], blind=blind)
    return ComparisonPage(
        opening_id=comparison.opening_id,
        parameters=parameters_of(query),
        nameless=nameless(query),
        opening_title=comparison.title,
        simulated=comparison.simulated,
        message=_message(comparison, names),
        how_many=f"{len(comparison.differences)} differences were tested. {HOLM}",
        people=tuple(names.items()),
        evidence_title=evidence_title(comparison.key),
        evidence=(comparison.bank.evidence.key,),
        charts=_charts(comparison, names),
        parts=tuple(_part(part, comparison, names) for part in comparison.parts),
        differences=tuple(_difference(each, comparison, names) for each in comparison.differences),
    )


def _message(comparison: Comparison, names: dict[str, str]) -> str:
    larger = [each for each in comparison.differences if each.is_larger_than_error]
    n = len(comparison.candidates)
    if not comparison.differences:
        return "Nothing here can be compared: the scores' errors are not known."
    if not larger:
        between = " and ".join(names.values()) if n == COUPLE else f"these {n} candidates"
        together = f", looking at all {len(comparison.differences)} together"
        return f"None of the differences between {between} is larger than its error{together}."
    largest = sorted(larger, key=lambda each: (each.p_adjusted, -abs(each.difference)))[:NAMED_AT_MOST]
    said = in_words(
        [
            f"{_in_order(each, names)[0]} over {_in_order(each, names)[1]} in {_place(each.part, comparison)}"
            for each in largest
        ]
    )
    count = f"{len(larger)} of {len(comparison.differences)} differences {'is' if len(larger) == 1 else 'are'}"
    first = "" if len(larger) == len(largest) else ", first of all"
    return f"{count} larger than {'its' if len(larger) == 1 else 'their'} error{first}: {said}."


def _place(part: str, comparison: Comparison) -> str:
    return "the overall score" if part == OVERALL else name_of(part, comparison.bank)


def _in_order(difference: ScoreDifference, names: dict[str, str]) -> tuple[str, str]:
    """Return the names of the one who scores higher and the one who scores lower."""
    first, second = names[difference.first], names[difference.second]
    return (first, second) if difference.difference >= 0 else (second, first)


def _charts(comparison: Comparison, names: dict[str, str]) -> tuple[ComparisonChart, ...]:
    model = comparison.bank.model
    wanted = [(OVERALL, "Overall", ((OVERALL, ""),))] + [
        (group.id, group.name, tuple((part, model.competencies[part].short_name) for part in group.competencies))
        for group in model.groups
        if set(group.competencies) & set(comparison.parts)
    ]
    return tuple(
        _chart(f"chart-{number}", heading, parts, comparison, names)
        for number, (_, heading, parts) in enumerate(wanted, 1)
    )


def _chart(
    element_id: str, heading: str, parts: tuple[tuple[str, str], ...], comparison: Comparison, names: dict[str, str]
) -> ComparisonChart:
    chart = IntervalChart(
        title=f"{heading}: scores side by side",
        summary=f"Scores from 0 to 100 with 95 % intervals of {in_words(list(names.values()))}. "
        "The words below say which differences are larger than their error.",
        groups=tuple(
            ChartGroup(label, tuple(_row(each, part, names) for each in comparison.candidates)) for part, label in parts
        ),
    )
    return ComparisonChart(
        element_id,
        heading,
        interval_chart_svg(chart, width=CHART_WIDTH, element_id=element_id),
        interval_chart_svg(chart, width=PHONE_WIDTH, element_id=f"{element_id}-small"),
    )


def _row(candidate: CandidateResult, part: str, names: dict[str, str]) -> ChartRow:
    name, estimate = names[candidate.row.session_id], _estimate(candidate, part)
    if estimate is None:
        return ChartRow(name, None, None, None, "not scored")
    return ChartRow(name, estimate.score, estimate.interval, estimate.random_interval)


def _estimate(candidate: CandidateResult, part: str) -> ScoreEstimate | None:
    if candidate.stored is None:
        return None
    score = candidate.stored.score
    return score.overall if part == OVERALL else score.competencies.get(part)


def _part(part: str, comparison: Comparison, names: dict[str, str]) -> PartWords:
    mine = [each for each in comparison.differences if each.part == part]
    larger = [each for each in mine if each.is_larger_than_error]
    unclear = [f"{names[each.first]} and {names[each.second]}" for each in mine if not each.is_larger_than_error]
    missing = _missing(part, comparison, names)
    return PartWords(
        name_of(part, comparison.bank),
        tuple(
            f"{_in_order(each, names)[0]} scores higher than {_in_order(each, names)[1]}, by "
            f"{shown_difference(each.difference)} points: larger than its error."
            for each in larger
        ),
        " ".join(
            sentence for sentence in (_rest(unclear, len(larger), len(comparison.candidates)), *missing) if sentence
        ),
    )


def _rest(unclear: list[str], n_larger: int, n_people: int) -> str:
    if not unclear:
        return ""
    if n_larger == 0 and n_people > COUPLE:
        return "No difference here is larger than its error."
    if len(unclear) == 1:
        return f"No difference larger than its error between {unclear[0]}."
    return f"No difference larger than its error: {'; '.join(unclear)}."


def _missing(part: str, comparison: Comparison, names: dict[str, str]) -> list[str]:
    sentences = []
    for each in comparison.candidates:
        if _estimate(each, part) is None and each.stored is not None:
            called = names_of(each.form, each.bank.model)
            why = why_part_not_scored(each.stored.score, part, called) or "the reason is not known"
            sentences.append(f"{names[each.row.session_id]} is not scored here: {why}.")
    return sentences


def _difference(each: ScoreDifference, comparison: Comparison, names: dict[str, str]) -> DifferenceLine:
    return DifferenceLine(
        name_of(each.part, comparison.bank),
        " over ".join(_in_order(each, names)),
        shown_difference(each.difference),
        f"{each.standard_error:.1f}",
        "< 0.001" if each.p_adjusted < SMALLEST_P else f"{each.p_adjusted:.3f}",
        each.is_larger_than_error,
    )
