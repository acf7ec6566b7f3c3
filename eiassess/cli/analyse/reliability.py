"""``eiassess analyse reliability``: how repeatable the sum of some columns is."""

from collections.abc import Sequence
from math import sqrt
from typing import Any

import click
import numpy as np

from eiassess.cli.analyse.options import Job, analysis, takes_columns
from eiassess.cli.analyse.results import Result, attempt, finish, naming
from eiassess.cli.analyse.tables import NUMBER, DataFile, open_table
from eiassess.cli.output import say
from eiassess.errors import InvalidInputError
from eiassess.psychometrics import (
    ItemMoments,
    SubscoreValue,
    alpha_if_deleted,
    coefficient_alpha,
    corrected_item_total,
    haberman_prmse,
    item_moments,
    omega_total,
    reliability_level,
    standard_error_of_measurement,
    stratified_alpha,
)

Scales = dict[str, tuple[str, ...]]


@analysis("reliability")
@takes_columns
@click.option("--scale", "scales", multiple=True, metavar="NAME=COLUMNS", help="A competency's columns; repeatable.")
def command(job: Job, *, columns: str, scales: tuple[str, ...]) -> None:
    """Say how repeatable the sum of some columns of FILE is, and what each column adds.

    Rows with a missing entry are left out.
    """
    where = job.destination()
    source = open_table(job.file, job.written)
    names = source.select(columns)
    parts = _scales(source, scales, names)
    table = source.read((names, NUMBER))
    with naming(names):
        result = _result(item_moments(table.scores(names)), names, parts)
    finish(job, table, result, where)


def _scales(source: DataFile, scales: Sequence[str], names: Sequence[str]) -> Scales:
    parts: Scales = {}
    for scale in scales:
        name, equals, columns = (piece.strip() for piece in scale.partition("="))
        if not (name and equals and columns) or name in parts:
            problem = "stands twice" if name in parts else "is not understood; expected NAME=COLUMNS"
            message = f"--scale {scale}: {problem}"
            raise InvalidInputError(message)
        parts[name] = source.select(columns)
        strangers = sorted(set(parts[name]) - set(names))
        if strangers:
            message = f"--scale {scale}: {', '.join(strangers)} not among --columns"
            raise InvalidInputError(message)
    return parts


def _result(moments: ItemMoments, names: Sequence[str], parts: Scales) -> Result:
    alpha = coefficient_alpha(moments)
    strata = _strata(names, parts)
    stratified = None
    if strata is not None:
        stratified = attempt("stratified_alpha", names, lambda: stratified_alpha(moments, strata))
    worth = {} if strata is None else {part.name: part for part in haberman_prmse(moments, strata)}
    content = _figures(moments, names, "", stratified)
    content["scales"] = {
        name: _scale(moments.part(np.array([names.index(column) for column in own])), own, name, worth.get(name))
        for name, own in parts.items()
    }
    content["items"] = _items(moments, names)
    ends = f"95 % {alpha.lower:.2f} to {alpha.upper:.2f}"
    headline = (
        f"Coefficient alpha {alpha.value:.2f} ({ends}, {reliability_level(alpha.value).value}) of {len(names)} columns,"
        f" over {moments.n_persons} complete rows."
    )
    return Result(headline, content)


def _strata(names: Sequence[str], parts: Scales) -> "np.ndarray[tuple[int], np.dtype[np.str_]] | None":
    """Give the scale of each column, if every column is in one."""
    owners = {column: name for name, own in parts.items() for column in own}
    if parts and sum(map(len, parts.values())) == len(names) == len(owners):
        return np.array([owners[name] for name in names], dtype=np.str_)
    if parts:
        say("stratified_alpha: not estimable: it needs every column in one scale, and none in two")
    return None


def _figures(moments: ItemMoments, names: Sequence[str], what: str, stratified: float | None) -> dict[str, Any]:
    alpha = attempt(f"{what}alpha", names, lambda: coefficient_alpha(moments))
    reliability = stratified if stratified is not None or alpha is None else alpha.value
    omega = attempt(f"{what}omega_total", names, lambda: omega_total(moments))
    sem = None
    if reliability is not None:
        sd = sqrt(moments.total_variance)
        sem = attempt(f"{what}sem", names, lambda: standard_error_of_measurement(sd, reliability))
    return {
        "n_used": moments.n_persons,
        "alpha": alpha and alpha.value,
        "alpha_interval": alpha and (alpha.lower, alpha.upper),
        "stratified_alpha": stratified,
        "omega_total": omega and omega.value,
        "sem": sem,
    }


def _scale(moments: ItemMoments, own: Sequence[str], name: str, worth: SubscoreValue | None) -> dict[str, Any]:
    figures = _figures(moments, own, f"{name}: ", None)
    del figures["stratified_alpha"]
    return figures | {
        "n_items": len(own),
        "prmse_subscore": worth and worth.prmse_subscore,
        "prmse_total": worth and worth.prmse_total,
        "adds_value": worth and worth.adds_value,
    }


def _items(moments: ItemMoments, names: Sequence[str]) -> list[dict[str, Any]]:
    without = attempt("alpha_if_deleted", names, lambda: alpha_if_deleted(moments)) or (None,) * len(names)
    figures = zip(names, corrected_item_total(moments), without, moments.means, np.sqrt(moments.variances), strict=True)
    keys = ("id", "corrected_item_total", "alpha_if_deleted", "mean", "sd")
    return [dict(zip(keys, item, strict=True)) for item in figures]
