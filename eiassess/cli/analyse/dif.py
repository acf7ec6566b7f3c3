"""``eiassess analyse dif``: whether columns work differently in two groups of equal standing."""

from collections.abc import Sequence
from typing import Any

import click
import numpy as np

from eiassess.banks.csv_records import listed, shown
from eiassess.cli.analyse.options import Job, analysis, finite, takes_columns
from eiassess.cli.analyse.results import Result, finish, naming
from eiassess.cli.analyse.tables import LABEL, NUMBER, Array, open_table
from eiassess.cli.output import say
from eiassess.errors import InvalidInputError
from eiassess.psychometrics import DifAnalysis, DifClass, ItemDif, differential_item_functioning

CUT = 3.0


@analysis("dif")
@takes_columns
@click.option("--group", required=True, metavar="COLUMN", help="Column that names each row's group.")
@click.option("--focal", required=True, metavar="LABEL", help="The group that is looked at.")
@click.option("--reference", metavar="LABEL", help="The group that it is compared with; else all others.")
@click.option("--purify", is_flag=True, help="Match a second time without the columns of class B and C.")
@click.option(
    "--cut", default=CUT, show_default=True, callback=finite, help="Score that Mantel-Haenszel counts as right."
)
def command(job: Job, *, columns: str, group: str, focal: str, reference: str | None, cut: float, purify: bool) -> None:
    """Look for columns of FILE that people of two groups answer differently at equal standing.

    Rows with a missing entry, and rows whose group is unknown, are left out.
    """
    where = job.destination()
    source = open_table(job.file)
    names = source.select(columns)
    table = source.read((names, NUMBER), ((source.column(group),), LABEL))
    membership = _membership(table.labels(group), focal, reference, f"{job.file}: column {shown(group)}")
    with naming(names):
        analysis = differential_item_functioning(table.scores(names), membership, purify=purify, cut=cut)
    finish(job, table, _result(analysis, names), where)


def _membership(labels: Sequence[str | None], focal: str, reference: str | None, place: str) -> Array:
    """Give 1 for the focal group, 0 for the reference group, NaN for nobody's."""
    there = sorted({label for label in labels if label is not None})
    for wanted in (focal, reference):
        if wanted is not None and not any(_same(label, wanted) for label in there):
            message = f"{place}: nobody has {shown(wanted)}; there are {listed(there) or 'no labels'}"
            raise InvalidInputError(message)
    if reference is not None and _same(focal, reference):
        message = f"--reference {reference} is the focal group; give another one"
        raise InvalidInputError(message)
    others = [label for label in there if not _same(label, focal)]
    if reference is None and len(others) > 1:
        say(f"{place}: the reference group is {listed(others)} together; --reference LABEL takes one of them")
    code = {label: 0.0 for label in others if reference is None or _same(label, reference)}
    code |= {label: 1.0 for label in there if _same(label, focal)}
    return np.array([code.get(label or "", np.nan) for label in labels])


def _same(label: str, wanted: str) -> bool:
    """Compare labels; 1 and 1.0 are the same, since data frames write whole numbers so."""
    try:
        return label == wanted or float(label) == float(wanted)
    except ValueError:
        return False


def _result(analysis: DifAnalysis, names: Sequence[str]) -> Result:
    for name, item in zip(names, analysis.items, strict=True):
        for reason in item.not_estimable:
            say(f"column {shown(name)}: {reason}")
    content = {
        "n_reference": analysis.n_reference,
        "n_focal": analysis.n_focal,
        "items": [_item(name, item) for name, item in zip(names, analysis.items, strict=True)],
    }
    large = [name for name, item in zip(names, analysis.items, strict=True) if DifClass.C in _classes(item)]
    review = f"{len(large)} of {len(names)} columns have a large difference (class C)"
    headline = (
        f"{review}{': ' + listed(large) if large else ''}. Have people review them; nothing is dropped by itself.\n"
        f"{analysis.n_focal} rows of the focal group, {analysis.n_reference} of the reference group."
    )
    return Result(headline, content)


def _classes(item: ItemDif) -> set[DifClass]:
    return {found.dif_class for found in (item.mantel_haenszel, item.ordinal_logistic) if found is not None}


def _item(name: str, item: ItemDif) -> dict[str, Any]:
    mantel, difference, ordinal = item.mantel_haenszel, item.standardised_difference, item.ordinal_logistic
    return {
        "id": name,
        "mh_delta": mantel and mantel.delta,
        "mh_class": mantel and mantel.dif_class.value,
        "smd": difference and difference.difference,
        "lr_uniform": ordinal and ordinal.lr_uniform,
        "lr_total": ordinal and ordinal.lr_total,
        "nagelkerke": ordinal and ordinal.nagelkerke,
        "jodoin_gierl": ordinal and ordinal.dif_class.value,
        "p_adjusted": item.p_adjusted,
    }
