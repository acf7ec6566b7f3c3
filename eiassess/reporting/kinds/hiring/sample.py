"""A report of a person who does not exist, to look at a report's design without a database."""

import json
from datetime import datetime
from typing import Any

from eiassess._resources import data_folder
from eiassess.domain.charts import ChartGroup, ChartRow, IntervalChart
from eiassess.domain.competencies import InterviewQuestion
from eiassess.domain.reports import CompetencyLine, CompetencySection, HiringReport, ProbingArea
from eiassess.domain.scores import Interval


def sample_hiring_report() -> HiringReport:
    """Return the sample in the report's folder: SIMULATED, and about as long as a real report gets."""
    raw = json.loads((data_folder("reports") / "hiring" / "sample.json").read_text(encoding="utf-8"))
    built = {
        "scored_at": datetime.fromisoformat(raw["scored_at"]),
        "submitted_at": datetime.fromisoformat(raw["submitted_at"]),
        "chart": _chart(raw["chart"]),
        "sections": tuple(CompetencySection(**each | {"lines": _lines(each["lines"])}) for each in raw["sections"]),
        "styles": _lines(raw["styles"]),
        "probing": tuple(_area(each) for each in raw["probing"]),
        "irritants": tuple(_area(each) for each in raw["irritants"]),
        "evidence": tuple((name, statement) for name, statement in raw["evidence"]),
        "provenance": tuple((name, value) for name, value in raw["provenance"]),
    }
    texts = {name: tuple(raw[name]) for name in ("summary", "profile", "how_scored")}
    return HiringReport(**raw | texts | built)


def _lines(raw: list[dict[str, str]]) -> tuple[CompetencyLine, ...]:
    return tuple(CompetencyLine(**each) for each in raw)


def _area(raw: dict[str, Any]) -> ProbingArea:
    return ProbingArea(raw["name"], raw["reason"], tuple(InterviewQuestion(**each) for each in raw["questions"]))


def _chart(raw: dict[str, Any]) -> IntervalChart:
    groups = tuple(ChartGroup(each["heading"], tuple(_row(row) for row in each["rows"])) for each in raw["groups"])
    return IntervalChart(raw["title"], raw["summary"], groups)


def _row(raw: dict[str, Any]) -> ChartRow:
    intervals = {name: raw[name] and Interval(**raw[name]) for name in ("interval", "random_interval")}
    return ChartRow(**raw | intervals)
