"""``eiassess analyse impact``: whether one group is selected less often than another."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import click
import numpy as np
import numpy.typing as npt

from eiassess.banks.csv_records import listed, shown
from eiassess.cli.analyse.options import Job, analysis
from eiassess.cli.analyse.results import Result, finish
from eiassess.cli.analyse.tables import LABEL, NUMBER, YES_OR_NO, DataTable, open_table
from eiassess.cli.output import say
from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics import (
    SMALLEST_GROUP_SHOWN,
    AdverseImpact,
    above_median,
    adverse_impact_by_group,
    highest_rate_group,
    intersections,
    local_law_144_table,
)

Labels = Sequence[str | None]
Flags = npt.NDArray[np.bool_]
MOST_COLUMNS = 2
NO_AUDIT = "These figures are not the independent audit that laws such as New York City's Local Law 144 ask for."


@dataclass(frozen=True)
class _People:
    """Those whose outcome is known: categories by column, and who is selected."""

    categories: dict[str, Labels]
    selected: Flags


@analysis("impact")
@click.option("--group", required=True, metavar="COL[,COL2]", help="Column of groups, or two, as sex and ethnicity.")
@click.option("--selected", metavar="COL", help="Column that says who was selected: 1 or 0, yes or no.")
@click.option("--score", metavar="COL", help="Instead: above the median of these scores counts as selected.")
def command(job: Job, *, group: str, selected: str | None, score: str | None) -> None:
    """Compare how often groups in FILE are selected: four-fifths rule, tests, Local Law 144 tables.

    With --score, selected means: strictly above the median of everybody in the file who has a score.
    """
    where = job.destination()
    if (selected is None) == (score is None):
        message = "give either --selected or --score"
        raise InvalidInputError(message)
    source = open_table(job.file, job.written)
    groups = source.select(group)
    if len(groups) > MOST_COLUMNS:
        message = f"--group {group}: {len(groups)} columns; one or two can be crossed"
        raise InvalidInputError(message)
    outcome = source.column(selected or score or "")
    table = source.read((groups, LABEL), ((outcome,), YES_OR_NO if selected else NUMBER))
    people = _people(table, groups, outcome, by_score=score is not None)
    result = _result(people)
    say(NO_AUDIT)
    finish(job, table, result, where)


def _people(table: DataTable, groups: Sequence[str], outcome: str, *, by_score: bool) -> _People:
    """Leave out who has no outcome."""
    values = table.numbers(outcome)
    known = ~np.isnan(values)
    if not known.all():
        say(f"{np.count_nonzero(~known)} rows have no {shown(outcome)} and are left out")
    if not known.any():
        message = f"column {shown(outcome)} is blank everywhere"
        raise NotEstimableError(message)
    categories = {name: _known(table.labels(name), known) for name in groups}
    for name, labels in categories.items():
        if not any(labels):
            message = f"column {shown(name)}: nobody's group is known"
            raise NotEstimableError(message)
    return _People(_told_apart(categories), above_median(values[known]) if by_score else values[known] == 1)


def _told_apart(categories: dict[str, Labels]) -> dict[str, Labels]:
    """Put the column's name before a category that both columns have."""
    columns = Counter(label for labels in categories.values() for label in set(labels) if label is not None)
    return {
        name: [f"{name}={label}" if columns[label or ""] > 1 else label for label in labels]
        for name, labels in categories.items()
    }


def _known(labels: Labels, known: Flags) -> Labels:
    return [label for label, keep in zip(labels, known.tolist(), strict=True) if keep]


def _result(people: _People) -> Result:
    groups = [row for labels in people.categories.values() for row in _groups(labels, people.selected)]
    law = _local_law_144(people)
    below = [row["group"] for row in groups if row["below_four_fifths"]]
    verdict = f"{listed(below)}: below four fifths of the highest rate" if below else "No group is below four fifths"
    headline = f"{verdict}, over {people.selected.size} people, {np.count_nonzero(people.selected)} of them selected."
    return Result(f"{headline}\n{NO_AUDIT}", {"groups": groups, "local_law_144": law})


def _groups(labels: Labels, selected: Flags) -> Iterator[dict[str, Any]]:
    """Give each group of at least ten, compared with the one selected most often."""
    names = sorted({label for label in labels if label is not None})
    members = [np.array([label == name for label in labels]) for name in names]
    n = [int(member.sum()) for member in members]
    chosen = [int((member & selected).sum()) for member in members]
    small = [name for name, size in zip(names, n, strict=True) if size < SMALLEST_GROUP_SHOWN]
    if small:
        say(f"groups of fewer than {SMALLEST_GROUP_SHOWN} are in the Local Law 144 table only: {listed(small)}")
    if len(small) == len(names):
        return
    best = highest_rate_group(chosen, [size if size >= SMALLEST_GROUP_SHOWN else 0 for size in n])
    for place, impact in enumerate(adverse_impact_by_group(chosen, n)):
        if impact is not None:
            yield _row(names[place], impact, compared=place != best)


def _row(name: str, impact: AdverseImpact, *, compared: bool) -> dict[str, Any]:
    """Describe a group; the one selected most often is compared with nobody."""
    return {
        "group": name,
        "n": impact.n,
        "selected": impact.selected,
        "rate": impact.selected / impact.n,
        "impact_ratio": impact.impact_ratio,
        "below_four_fifths": impact.below_four_fifths,
        "z": impact.z if compared else None,
        "p_fisher": impact.p_fisher if compared else None,
        "p_mid": impact.p_mid if compared else None,
        "ratio_interval": impact.ratio_interval if compared else None,
        "shortfall": impact.shortfall,
        "flip": [change.value for change in impact.flips] if compared else [],
    }


def _local_law_144(people: _People) -> dict[str, Any]:
    """Give the table of each column and, of two, that of their intersections."""
    by_column = list(people.categories.values())
    crossed = intersections(*by_column) if len(by_column) > 1 else ()
    tables = [*by_column, crossed] if any(crossed) else by_column
    rows = [row for labels in tables for row in local_law_144_table(labels, people.selected).categories]
    return {
        "categories": [
            {
                "category": row.category,
                "n": row.n,
                "rate": row.rate,
                "impact_ratio": row.impact_ratio,
                "excluded": row.excluded,
            }
            for row in rows
        ],
        "unknown": sum(None in labels for labels in zip(*by_column, strict=True)),
    }
