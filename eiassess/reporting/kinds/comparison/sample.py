"""A comparison of people who do not exist, to look at its design without a database."""

import json
from datetime import datetime
from typing import Any

from eiassess._resources import data_folder
from eiassess.domain.charts import ChartGroup, ChartRow, IntervalChart
from eiassess.domain.reports import ComparisonReport, DrawnChart, PaperTable
from eiassess.domain.scores import Interval

TEXTS = ("people", "not_compared", "evidence", "chances", "estimates", "not_scored")


def sample_comparison_report() -> ComparisonReport:
    """Return the sample in the report's folder: SIMULATED, and about as long as a real one gets."""
    raw = json.loads((data_folder("reports") / "comparison" / "sample.json").read_text(encoding="utf-8"))
    built = {
        "made_on": datetime.fromisoformat(raw["made_on"]),
        "parts": tuple((name, said) for name, said in raw["parts"]),
        "provenance": tuple((name, value) for name, value in raw["provenance"]),
        "tested": tuple(_chart(each) for each in raw["tested"]),
        "drawn": tuple(_chart(each) for each in raw["drawn"]),
        "differences": _table(raw["differences"]),
        "expected": _table(raw["expected"]),
        "answers": tuple(_table(each) for each in raw["answers"]),
    }
    return ComparisonReport(**raw | {name: tuple(raw[name]) for name in TEXTS} | built)


def _table(raw: dict[str, Any]) -> PaperTable:
    return PaperTable(raw["title"], raw["note"], tuple(raw["columns"]), tuple(tuple(row) for row in raw["rows"]))


def _chart(raw: dict[str, Any]) -> DrawnChart:
    groups = tuple(ChartGroup(each["heading"], tuple(_row(row) for row in each["rows"])) for each in raw["groups"])
    return DrawnChart(raw["heading"], IntervalChart(raw["title"], raw["summary"], groups))


def _row(raw: dict[str, Any]) -> ChartRow:
    """Read a row: its label, score, the ends of its interval, those of random answering and of what is expected."""
    ends = [Interval(*each) if each else None for each in (raw["interval"], raw["random"], raw["expected"])]
    return ChartRow(raw["label"], raw["score"], ends[0], ends[1], expected=ends[2])
