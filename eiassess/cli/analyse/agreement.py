"""``eiassess analyse agreement``: how far experts agree on the effectiveness of options."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import click
import numpy as np

from eiassess.banks.tables.csv_faults import Faults, RowFault
from eiassess.banks.tables.csv_records import listed, shown
from eiassess.cli.analyse.options import Job, analysis
from eiassess.cli.analyse.results import Result, finish
from eiassess.cli.analyse.tables import NAME, Array, DataTable, open_table, rating
from eiassess.cli.output import say
from eiassess.cli.progress import working
from eiassess.errors import NotEstimableError
from eiassess.psychometrics import (
    Doubt,
    IntraclassCorrelation,
    OptionVerdict,
    intraclass_correlation,
    option_verdicts,
    scenario_verdict,
    within_group_agreement_over_options,
)

POINTS = 6
NAMES = ("expert", "scenario", "option")
RATING = "rating"
DISAGREEMENT = {Doubt.LOW_AGREEMENT, Doubt.LARGE_DEVIATION}


@dataclass(frozen=True)
class _Scenario:
    """One scenario's ratings: shape (experts, options), NaN where missing."""

    name: str
    options: tuple[str, ...]
    ratings: Array


@analysis("agreement", "RATINGS.csv")
@click.option("--points", type=click.IntRange(min=2), default=POINTS, show_default=True, help="Points of the scale.")
def command(job: Job, *, points: int) -> None:
    """Say on which options and scenarios experts agree well enough to key them.

    RATINGS.csv has the columns expert, scenario, option and rating: one row for each rating, 1 to --points.
    """
    where = job.destination()
    source = open_table(job.file, job.written)
    names, column = [source.column(name) for name in NAMES], source.column(RATING)
    table = _without_repeats(source.read((names, NAME), ((column,), rating(points))))
    with working(f"comparing experts in {len(table.rows)} ratings"):
        result = _result(list(_scenarios(table)), points, len(set(table.labels("expert"))))
    finish(job, table, result, where)


def _without_repeats(table: DataTable) -> DataTable:
    """Refuse a rating that an expert has given already."""
    seen: dict[tuple[str | None, ...], int] = {}
    refused = []
    faults = Faults(table.path)
    for place, who in enumerate(zip(*(table.labels(name) for name in NAMES), strict=True)):
        first = seen.setdefault(who, table.lines[place])
        if first != table.lines[place]:
            expert, scenario, option = (shown(name or "") for name in who)
            said = f"{expert} has rated option {option} of {scenario} in line {first} already"
            repeat = RowFault("repeat", f", column {RATING}: {said}; expected each rating once")
            faults.add(table.lines[place], [repeat])
            refused.append(place)
    for text in faults.texts(len(table.rows)):
        say(f"{table.path}: {text}")
    return table.without(refused)


def _scenarios(table: DataTable) -> Iterator[_Scenario]:
    """Arrange the ratings by scenario, in the order of the file; experts and options likewise."""
    experts, scenarios, options = (np.array(table.labels(name), dtype=np.str_) for name in NAMES)
    given = table.numbers(RATING)
    for scenario in dict.fromkeys(scenarios.tolist()):
        here = (scenarios == scenario) & ~np.isnan(given)
        rows, columns = (_places(names[scenarios == scenario]) for names in (experts, options))
        matrix = np.full((len(rows), len(columns)), np.nan)
        for expert, option, value in zip(experts[here], options[here], given[here], strict=True):
            matrix[rows[expert], columns[option]] = value
        yield _Scenario(scenario, tuple(columns), matrix)


def _places(names: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(dict.fromkeys(str(name) for name in names))}


def _result(scenarios: Sequence[_Scenario], points: int, n_experts: int) -> Result:
    verdicts = [(scenario, option_verdicts(scenario.ratings, points)) for scenario in scenarios]
    options = [
        _option(scenario.name, option, verdict)
        for scenario, found in verdicts
        for option, verdict in zip(scenario.options, found, strict=True)
    ]
    rows = [_scenario(scenario, found, points) for scenario, found in verdicts]
    kept = [row for row in rows if row["kept"]]
    headline = (
        f"{len(kept)} of {len(rows)} scenarios and {sum(row['kept'] for row in options)} of {len(options)} options are"
        f" agreed on well enough to be keyed by these {n_experts} experts."
    )
    return Result(headline, {"points": points, "n_experts": n_experts, "scenarios": rows, "options": options})


def _option(scenario: str, option: str, verdict: OptionVerdict) -> dict[str, Any]:
    return {
        "scenario": scenario,
        "option": option,
        "n_experts": verdict.n_experts,
        "mean": verdict.mean,
        "rwg": verdict.rwg,
        "average_deviation": verdict.average_deviation,
        "kept": verdict.kept,
        "doubts": [doubt.value for doubt in verdict.doubts],
    }


def _scenario(scenario: _Scenario, verdicts: Sequence[OptionVerdict], points: int) -> dict[str, Any]:
    """Give the figures over all options, and the verdict over those that the experts agree on."""
    complete = scenario.ratings[~np.isnan(scenario.ratings).any(axis=1)]
    icc = _icc(scenario.name, complete)
    agreed = np.array([not DISAGREEMENT & set(verdict.doubts) for verdict in verdicts])
    verdict = scenario_verdict(scenario.ratings[:, agreed], points)
    return {
        "scenario": scenario.name,
        "n_experts": len(complete),
        "n_options": len(scenario.options),
        "icc_2_k": icc and icc.value,
        "icc_2_k_interval": icc and [icc.lower, icc.upper],
        "rwg_j": _rwg_j(scenario, points),
        "n_agreed": int(agreed.sum()),
        "icc_2_k_agreed": verdict.icc,
        "spread": verdict.spread,
        "kept": verdict.kept,
        "doubts": [doubt.value for doubt in verdict.doubts],
    }


def _icc(name: str, complete: Array) -> IntraclassCorrelation | None:
    try:
        return intraclass_correlation(complete).icc_2_k
    except NotEstimableError as error:
        say(f"scenario {listed([name])}: icc_2_k: not estimable: {error}")
        return None


def _rwg_j(scenario: _Scenario, points: int) -> float | None:
    try:
        return within_group_agreement_over_options(scenario.ratings, points)
    except NotEstimableError:
        return None  # the options say which of them too few have rated
