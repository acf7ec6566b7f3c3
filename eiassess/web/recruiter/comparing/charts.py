"""Candidates side by side in pictures: overall scores and areas with their intervals, competencies by area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from eiassess.domain.charts import ChartGroup, ChartRow, IntervalChart
from eiassess.domain.competencies import CompetencyModel
from eiassess.domain.reasons import OVERALL
from eiassess.domain.scores import Interval
from eiassess.domain.shown_scores import shown_interval
from eiassess.reporting.charts.interval import interval_chart_svg
from eiassess.scoring.interpreting import in_words
from eiassess.services.results.comparing import Comparison
from eiassess.services.results.for_recruiters import CandidateResult
from eiassess.web.recruiter.comparing.expecting import expected_intervals

CHART_WIDTH, PHONE_WIDTH = 660, 320
NOT_SCORED = "not scored"


@dataclass(frozen=True)
class ComparisonChart:
    """A picture for wide and one for narrow screens, and what is drawn in both."""

    id: str
    heading: str
    drawn: IntervalChart
    wide: Markup
    phone: Markup


def tested_chart(comparison: Comparison, names: Mapping[str, str]) -> ComparisonChart:
    """Draw what is tested: overall scores and areas."""
    model = comparison.bank.model
    areas = {group.id: group.name for group in model.groups if group.id in comparison.areas}
    groups = [ChartGroup("Overall", tuple(_overall(each, comparison, names) for each in comparison.candidates))]
    groups += [
        ChartGroup(name, tuple(_area(area, each, comparison, names) for each in comparison.candidates))
        for area, name in areas.items()
    ]
    heading = "Overall and areas" if areas else OVERALL.capitalize()
    return _chart("chart-1", heading, tuple(groups), names, "The words below say which differences are larger.")


def competency_charts(comparison: Comparison, names: Mapping[str, str]) -> tuple[ComparisonChart, ...]:
    """Draw the competencies of each area; they are not tested between people."""
    model, expected = comparison.bank.model, expected_intervals(comparison)
    return tuple(
        _chart(
            f"chart-{number}",
            f"{group.name}: its competencies",
            tuple(
                ChartGroup(
                    model.competencies[part].short_name,
                    tuple(_competency(part, each, names, expected.get(part)) for each in comparison.candidates),
                )
                for part in group.competencies
            ),
            names,
            f"They are not tested between people.{_told(group.competencies, expected, model)}",
        )
        for number, group in enumerate((group for group in model.groups if group.id in comparison.areas), 2)
    )


def _chart(
    element_id: str, heading: str, groups: tuple[ChartGroup, ...], names: Mapping[str, str], note: str
) -> ComparisonChart:
    chart = IntervalChart(
        title=f"{heading}: scores side by side",
        summary=f"Scores from 0 to 100 with 95 % intervals of {in_words(list(names.values()))}. {note}",
        groups=groups,
    )
    return ComparisonChart(
        element_id,
        heading,
        chart,
        interval_chart_svg(chart, width=CHART_WIDTH, element_id=element_id),
        interval_chart_svg(chart, width=PHONE_WIDTH, element_id=f"{element_id}-small"),
    )


def _overall(each: CandidateResult, comparison: Comparison, names: Mapping[str, str]) -> ChartRow:
    """Draw the overall score with the interval that leans on who else sat the form, where there is one."""
    name, placed = names[each.row.session_id], comparison.differences.people[each.row.session_id]
    stored = each.stored.score.overall if each.stored else None
    if stored is None:
        return ChartRow(name, None, None, None, NOT_SCORED)
    return ChartRow(name, stored.score, placed.interval or stored.interval, stored.random_interval)


def _area(area: str, each: CandidateResult, comparison: Comparison, names: Mapping[str, str]) -> ChartRow:
    name = names[each.row.session_id]
    found = comparison.differences.people[each.row.session_id].areas.get(area)
    if found is None:
        return ChartRow(name, None, None, None, NOT_SCORED)
    return ChartRow(name, found.score, found.interval, None)


def _told(parts: Sequence[str], expected: Mapping[str, Interval], model: CompetencyModel) -> str:
    """Say the expected ranges of a picture, for those who cannot see the frames."""
    said = [
        f"{model.competencies[part].short_name} {shown_interval(expected[part])}" for part in parts if part in expected
    ]
    return f" Expected for the job, in dashed frames: {'; '.join(said)}." if said else ""


def _competency(part: str, each: CandidateResult, names: Mapping[str, str], expected: Interval | None) -> ChartRow:
    name = names[each.row.session_id]
    found = each.stored.score.competencies.get(part) if each.stored else None
    if found is None:
        return ChartRow(name, None, None, None, NOT_SCORED, expected=expected)
    return ChartRow(name, found.score, found.interval, found.random_interval, expected=expected)
