"""``eiassess analyse dif``: whether columns work differently in two groups of equal standing."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import numpy as np

from eiassess.banks.tables.csv_records import listed, shown
from eiassess.cli.analyse.groups import GroupColumn, group_column, named_unknown, never_used, takes_groups
from eiassess.cli.analyse.options import Job, analysis, finite, takes_columns
from eiassess.cli.analyse.results import Result, finish, naming
from eiassess.cli.analyse.tables import LABEL, NUMBER, Array, open_table
from eiassess.cli.output import say
from eiassess.cli.progress import working
from eiassess.psychometrics import DifAnalysis, ItemDif, differential_item_functioning


@analysis("dif")
@takes_columns
@click.option("--group", required=True, metavar="COLUMN", help="Column that names each row's group.")
@click.option("--focal", required=True, metavar="LABEL", help="The group that is looked at.")
@click.option("--reference", metavar="LABEL", help="The group that it is compared with; else all others.")
@takes_groups
@click.option("--purify", is_flag=True, help="Match a second time without the columns of class B and C.")
@click.option(
    "--cut",
    type=float,
    callback=finite,
    help="Score that Mantel-Haenszel counts as right; else of each column the lowest above the middle of its range.",
)
def command(  # noqa: PLR0913 - one argument an option
    job: Job,
    *,
    columns: str,
    group: str,
    focal: str,
    reference: str | None,
    unknown: str | None,
    merge: bool,
    cut: float | None,
    purify: bool,
) -> None:
    """Look for columns of FILE that people of two groups answer differently at equal standing.

    Standing is the total of the columns. Rows with a missing entry, and rows whose group is unknown, are left out.
    """
    where = job.destination()
    source = open_table(job.file, job.written)
    names = source.select(columns)
    table = source.read((names, NUMBER), ((source.column(group),), LABEL))
    groups = group_column(group, table.labels(group), named_unknown(unknown), merge=merge)
    membership = _membership(groups, focal, reference, job.file)
    with naming(names), working(f"comparing two groups on {len(names)} columns"):
        analysis = differential_item_functioning(table.scores(names), membership, purify=purify, cut=cut)
    warnings = (*groups.warnings, *never_used(named_unknown(unknown), [groups]))
    finish(job, table, replace(_result(analysis, names), warnings=warnings), where)


def _membership(groups: GroupColumn, focal: str, reference: str | None, path: Path) -> Array:
    """Give 1 for the focal group, 0 for the reference group, NaN for nobody's."""
    first, others = groups.two_groups(focal, reference)
    if len(others) > 1:
        place = f"{path}: column {shown(groups.name)}"
        say(f"{place}: the reference group is {listed(others)} together; --reference LABEL takes one of them")
    code = {**dict.fromkeys(others, 0.0), first: 1.0}
    return np.array([code.get(label or "", np.nan) for label in groups.labels])


def _result(analysis: DifAnalysis, names: Sequence[str]) -> Result:
    _say_why(analysis, names)
    items = [_item(name, item) for name, item in zip(names, analysis.items, strict=True)]
    verdict = _verdict(analysis, names)
    content = {
        "verdict": verdict,
        "n_reference": analysis.n_reference,
        "n_focal": analysis.n_focal,
        "cut": _whole(analysis.cut),
        "not_classed": _named(analysis, names, large=None),
        "items": items,
    }
    headline = (
        f"{verdict}\n{analysis.n_focal} rows of the focal group, {analysis.n_reference} of the reference group.\n"
        f"{_cut_words(analysis)}."
    )
    above = {"not_estimable"} | ({"cut"} if analysis.cut is not None else set())
    narrow = [{key: cell for key, cell in item.items() if key not in above} for item in items]
    return Result(headline, content, {"verdict": None, "not_classed": None, "items": narrow})


def _say_why(analysis: DifAnalysis, names: Sequence[str]) -> None:
    """Say each reason once, with all the columns that it holds for."""
    columns: dict[str, list[str]] = {}
    for name, item in zip(names, analysis.items, strict=True):
        for reason in item.not_estimable:
            columns.setdefault(reason, []).append(name)
    for reason, own in columns.items():
        say(f"column{'s' if len(own) > 1 else ''} {listed(own)}: {reason}")


def _named(analysis: DifAnalysis, names: Sequence[str], *, large: bool | None) -> list[str]:
    return [name for name, item in zip(names, analysis.items, strict=True) if item.is_large is large]


def _verdict(analysis: DifAnalysis, names: Sequence[str]) -> str:
    """Count what is large among what could be classed, and name what could not."""
    large, unknown = (_named(analysis, names, large=kind) for kind in (True, None))
    classed = len(names) - len(unknown)
    if not classed:
        return f"None of {len(names)} columns can be classed: whether differences are large is not known."
    found = f"{len(large)} of {classed} columns have a large difference (class C)"
    said = [f"{found}: {listed(large)}. Have people review them; nothing is dropped by itself" if large else found]
    if unknown:
        said.append(f"{len(unknown)} more cannot be classed: {listed(unknown)}")
    return ". ".join(said) + "."


def _cut_words(analysis: DifAnalysis) -> str:
    """Say what Mantel-Haenszel took for right."""
    if analysis.cut is not None:
        return f"Mantel-Haenszel counts {analysis.cut:.15g} and more as right"
    return "Mantel-Haenszel counts as right what each column's own cut says"


def _whole(cut: float | None) -> float | None:
    """Write 3.0 as 3, as the data do."""
    return int(cut) if cut is not None and cut.is_integer() else cut


def _item(name: str, item: ItemDif) -> dict[str, Any]:
    mantel, difference, ordinal = item.mantel_haenszel, item.standardised_difference, item.ordinal_logistic
    return {
        "id": name,
        "cut": _whole(item.cut),
        "mh_delta": mantel and mantel.delta,
        "mh_class": mantel and mantel.dif_class.value,
        "smd": difference and difference.difference,
        "lr_uniform": ordinal and ordinal.lr_uniform,
        "lr_total": ordinal and ordinal.lr_total,
        "nagelkerke": ordinal and ordinal.nagelkerke,
        "jodoin_gierl": ordinal and ordinal.dif_class.value,
        "p_adjusted": item.p_adjusted,
        "not_estimable": item.not_estimable,
    }
