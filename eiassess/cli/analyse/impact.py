"""``eiassess analyse impact``: whether one group is selected less often than another."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import click
import numpy as np
import numpy.typing as npt

from eiassess.banks.tables.csv_records import listed, shown
from eiassess.cli.analyse.four_fifths import TOO_SMALL, Judgement, judgement, rows_of
from eiassess.cli.analyse.groups import GroupColumn, group_column, named_unknown, never_used, takes_groups
from eiassess.cli.analyse.local_law_144 import left_out_reasons, local_law_144, unknown_counted
from eiassess.cli.analyse.options import Job, analysis
from eiassess.cli.analyse.results import Result, finish
from eiassess.cli.analyse.tables import LABEL, NUMBER, YES_OR_NO, DataTable, open_table
from eiassess.cli.output import say
from eiassess.cli.progress import working
from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics import SMALLEST_GROUP_SHOWN, above_median

Flags = npt.NDArray[np.bool_]
MOST_COLUMNS = 2
NO_AUDIT = "These figures are not the independent audit that laws such as New York City's Local Law 144 ask for."


@dataclass(frozen=True)
class _People:
    """Those whose outcome is known: their groups by column, and who is selected."""

    columns: tuple[GroupColumn, ...]
    selected: Flags
    warnings: tuple[str, ...]


@analysis("impact")
@click.option("--group", required=True, metavar="COL[,COL2]", help="Column of groups, or two, as sex and ethnicity.")
@click.option("--selected", metavar="COL", help="Column that says who was selected: 1 or 0, yes or no.")
@click.option("--score", metavar="COL", help="Instead: above the median of these scores counts as selected.")
@takes_groups
@click.option(
    "--leave-out",
    "leave_out",
    multiple=True,
    metavar="CATEGORY=REASON",
    help="Category under 2 % that is to have no Local Law 144 ratio, and why; repeatable.",
)
def command(
    job: Job,
    *,
    group: str,
    selected: str | None,
    score: str | None,
    unknown: str | None,
    merge: bool,
    leave_out: tuple[str, ...],
) -> None:
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
    with working(f"comparing groups of {len(table.rows)} people"):
        people = _people(table, groups, outcome, named_unknown(unknown), by_score=score is not None, merge=merge)
        result = _result(people, leave_out)
    _say_small(result.content["not_judged"])
    say(NO_AUDIT)
    finish(job, table, result, where)


def _people(
    table: DataTable, groups: Sequence[str], outcome: str, unknown: Sequence[str], *, by_score: bool, merge: bool
) -> _People:
    """Leave out who has no outcome."""
    values = table.numbers(outcome)
    known = ~np.isnan(values)
    if not known.all():
        say(f"{np.count_nonzero(~known)} rows have no {shown(outcome)} and are left out")
    if not known.any():
        message = f"column {shown(outcome)} is blank everywhere"
        raise NotEstimableError(message)
    columns = tuple(group_column(name, _of(table.labels(name), known), unknown, merge=merge) for name in groups)
    for column in columns:
        if not any(column.labels):
            message = f"column {shown(column.name)}: nobody's group is known"
            raise NotEstimableError(message)
    chosen = above_median(values[known]) if by_score else values[known] == 1
    warnings = (*(each for column in columns for each in column.warnings), *never_used(unknown, columns))
    return _People(_told_apart(columns), chosen, warnings)


def _say_small(not_judged: Sequence[dict[str, str]]) -> None:
    small = [each["group"] for each in not_judged if each["reason"] == TOO_SMALL]
    if small:
        say(f"groups of fewer than {SMALLEST_GROUP_SHOWN} are in the Local Law 144 table only: {listed(small)}")


def _of(labels: Sequence[str | None], known: Flags) -> list[str | None]:
    return [label for label, keep in zip(labels, known.tolist(), strict=True) if keep]


def _told_apart(columns: tuple[GroupColumn, ...]) -> tuple[GroupColumn, ...]:
    """Put the column's name before a category that both columns have."""
    owners = Counter(label for column in columns for label in set(column.labels) if label is not None)
    return tuple(
        replace(
            column,
            labels=[f"{column.name}={label}" if owners[label or ""] > 1 else label for label in column.labels],
        )
        for column in columns
    )


def _result(people: _People, leave_out: Sequence[str]) -> Result:
    judged = [judgement(column, people.selected) for column in people.columns]
    reasons = left_out_reasons(leave_out, people.columns)
    law = local_law_144(people.columns, people.selected, reasons)
    verdict = _verdict(judged, people)
    content = {
        "verdict": verdict,
        "not_judged": [{"group": name, "reason": reason} for each in judged for name, reason in each.not_judged],
        "unknown_labels": {column.name: column.unknown for column in people.columns},
        "groups": [row for each in judged for row in rows_of(each)],
        "local_law_144": law,
    }
    said = [verdict, *unknown_counted(people.columns)]
    if reasons:
        names = "; ".join(f"{shown(name)} ({shown(why)})" for name, why in reasons.items())
        said.append(f"Left out of the Local Law 144 ratios: {names}.")
    in_table = {"verdict": None, "not_judged": None, "unknown_labels": None}
    return Result("\n".join([*said, NO_AUDIT]), content, in_table, warnings=people.warnings)


def _verdict(judged: Sequence[Judgement], people: _People) -> str:
    """Say which groups are below four fifths, and of which that cannot be said."""
    below = [row.name for each in judged for row in each.groups if row.impact and row.impact.below_four_fifths]
    small = [name for each in judged for name in each.small]
    can = [each.column for each in judged if not each.reason]
    parts = [f"four fifths cannot be judged for {shown(each.column)} ({each.reason})" for each in judged if each.reason]
    if below:
        parts.insert(0, f"{listed(below)}: below four fifths of the highest rate")
    elif can:
        parts.insert(0, f"No group {_of_which(can, judged, small)}is below four fifths")
    sentence = "; ".join(parts)
    said = f"{sentence if below else sentence[0].upper() + sentence[1:]}, {_counts(people)}."
    return f"{said} Not judged: {listed(small)} ({TOO_SMALL})." if small else said


def _of_which(can: Sequence[str], judged: Sequence[Judgement], small: Sequence[str]) -> str:
    """Limit what is said to the groups that could be judged."""
    columns = f"of {listed(can)} " if len(judged) > 1 else ""
    return f"{columns}that is large enough " if small else columns


def _counts(people: _People) -> str:
    """Count those whose group is known, by one column at least: nothing is said of the others."""
    of_known = [
        chosen
        for chosen, *labels in zip(people.selected.tolist(), *(each.labels for each in people.columns), strict=True)
        if any(label is not None for label in labels)
    ]
    return f"over {len(of_known)} people, {sum(of_known)} of them selected"
