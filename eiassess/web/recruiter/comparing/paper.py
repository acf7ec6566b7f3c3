"""A comparison on paper: exactly what the page has, in its words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from eiassess.domain.charts import ChartGroup
from eiassess.domain.reports import ComparisonReport, DrawnChart, PaperTable
from eiassess.services.results.comparing import Comparison
from eiassess.web.recruiter.comparing.answers import AnswerTable
from eiassess.web.recruiter.comparing.charts import ComparisonChart
from eiassess.web.recruiter.comparing.presenters import ComparisonPage
from eiassess.web.shell.papers import safe_name

ROWS_A_PICTURE = 30
"""What a sheet of paper holds of a picture, a heading counted as one row."""
TESTS = (
    "Overall scores by Welch's test of z = atanh(score / 50 \u2212 1), areas of their scores; adjusted p: weighted "
    "Holm over all rows."
)
EXPECTED = "Each person's score, with its 95 % interval, beside the range that the job expects."


def comparison_report(comparison: Comparison, page: ComparisonPage, now: datetime) -> ComparisonReport:
    """Put on paper what stands on a page."""
    return ComparisonReport(
        opening=page.opening_title,
        made_on=now.replace(hour=0, minute=0, second=0, microsecond=0),
        simulated=page.simulated,
        people=tuple(name for _, name in page.people),
        message=page.message,
        not_compared=page.not_compared,
        evidence_title=page.evidence_title,
        evidence=page.evidence,
        tested=tuple(_portions(page.tested)),
        parts=tuple((part.name, " ".join(filter(None, (*part.larger, part.rest)))) for part in page.parts),
        how_many=page.how_many,
        differences=_differences(page),
        chances=page.chances.lines,
        chances_caution=page.chances.caution,
        estimates=tuple(each.words for each in page.estimates),
        drawn_only=page.drawn_only,
        not_scored=page.not_scored,
        drawn=tuple(part for chart in page.competencies for part in _portions(chart)),
        expected=_expected(page),
        expected_note=page.expected.note,
        answers=tuple(_answers(each) for each in page.answers),
        provenance=_provenance(comparison, page),
    )


def file_name(report: ComparisonReport) -> str:
    """Name the PDF after the opening."""
    return f"{safe_name(f'Comparison {report.opening}')}{' (SIMULATED)' if report.simulated else ''}.pdf"


def _portions(each: ComparisonChart) -> Iterator[DrawnChart]:
    """Cut a picture between its groups where it is too long for a sheet."""
    portions: list[list[ChartGroup]] = [[]]
    for group in each.drawn.groups:
        rows = sum(1 + len(kept.rows) for kept in (*portions[-1], group))
        if rows > ROWS_A_PICTURE and portions[-1]:
            portions.append([])
        portions[-1].append(group)
    for number, groups in enumerate(portions):
        heading = f"{each.heading}, continued" if number else each.heading
        yield DrawnChart(heading, replace(each.drawn, groups=tuple(groups)))


def _differences(page: ComparisonPage) -> PaperTable | None:
    if not page.differences:
        return None
    columns = ("Part", "Higher over lower", "Points", "t", "df", "Adjusted p", "More than the error")
    rows = tuple(
        (
            line.part,
            line.pair,
            line.difference,
            line.t,
            line.df,
            line.p_adjusted,
            "yes" if line.larger else "no",
        )
        for line in page.differences
    )
    return PaperTable("All differences in numbers", TESTS, columns, rows)


def _expected(page: ComparisonPage) -> PaperTable | None:
    if not page.expected.lines:
        return None
    rows = tuple((f"{line.name}: {line.because}", line.expected, *line.scores) for line in page.expected.lines)
    return PaperTable("What the job expects", EXPECTED, ("Competency, and why", "Expected", *page.expected.names), rows)


def _answers(table: AnswerTable) -> PaperTable:
    rows = tuple((row.text, *row.answers, row.key) for row in table.rows)
    return PaperTable(table.title, table.situation, (table.heading, *table.names, "Key"), rows)


def _provenance(comparison: Comparison, page: ComparisonPage) -> tuple[tuple[str, str], ...]:
    stored = [each.stored for each in comparison.candidates if each.stored is not None]
    forms = dict.fromkeys((each.form.title, each.stored.form_digest) for each in comparison.candidates if each.stored)
    return (
        *((f"Form: {title}", digest) for title, digest in forms),
        ("Answer key", stored[0].key_digest),
        ("Scoring engine", ", ".join(dict.fromkeys(each.engine for each in stored))),
        *(("Estimate of errors", each.digest or "none on file") for each in page.estimates),
    )
