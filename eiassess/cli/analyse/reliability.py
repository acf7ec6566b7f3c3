"""``eiassess analyse reliability``: how repeatable the sum of some columns is."""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from typing import Any

import click
import numpy as np

from eiassess.banks.tables.csv_records import listed, shown
from eiassess.cli.analyse.options import Job, analysis, takes_columns
from eiassess.cli.analyse.results import Result, attempt, finish, naming
from eiassess.cli.analyse.tables import NUMBER, Array, DataFile, open_table
from eiassess.cli.output import say
from eiassess.cli.progress import working
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
    runs_against_others,
    standard_error_of_measurement,
    stratified_alpha,
)

Scales = dict[str, tuple[str, ...]]
PEOPLE_FOR_DIRECTIONS = 10


@analysis("reliability")
@takes_columns
@click.option("--scale", "scales", multiple=True, metavar="NAME=COLUMNS", help="A competency's columns; repeatable.")
@click.option("--reverse", metavar="COLUMNS", help="Columns that run the other way: each is turned round first.")
def command(job: Job, *, columns: str, scales: tuple[str, ...], reverse: str | None) -> None:
    """Say how repeatable the sum of some columns of FILE is, and what each column adds.

    Rows with a missing entry are left out.
    """
    where = job.destination()
    source = open_table(job.file, job.written)
    names = source.select(columns)
    parts = _scales(source, scales, names)
    turned = source.select(reverse) if reverse else ()
    _check_among(turned, names, f"--reverse {reverse}")
    table = source.read((names, NUMBER))
    with naming(names), working(f"comparing {len(names)} columns with their sum"):
        result = _result(item_moments(table.scores(names)), names, parts, turned)
    # What may be a code for missing comes first: it alone can turn a correlation round.
    finish(job, table, replace(result, warnings=()) if table.suspected else result, where)


def _check_among(chosen: Sequence[str], names: Sequence[str], option: str) -> None:
    strangers = sorted(set(chosen) - set(names))
    if strangers:
        message = f"{option}: {', '.join(strangers)} not among --columns"
        raise InvalidInputError(message)


def _scales(source: DataFile, scales: Sequence[str], names: Sequence[str]) -> Scales:
    parts: Scales = {}
    for scale in scales:
        name, equals, columns = (piece.strip() for piece in scale.partition("="))
        if not (name and equals and columns) or name in parts:
            problem = "stands twice" if name in parts else "is not understood; expected NAME=COLUMNS"
            message = f"--scale {scale}: {problem}"
            raise InvalidInputError(message)
        parts[name] = source.select(columns)
        _check_among(parts[name], names, f"--scale {scale}")
    return parts


def _result(raw: ItemMoments, names: Sequence[str], parts: Scales, turned: Sequence[str]) -> Result:
    moments = raw.turned([names.index(name) for name in turned])
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
    content["items"] = _items(moments, names, raw.means)
    if turned:
        content["reversed"] = list(turned)
    ends = f"95 % {alpha.lower:.2f} to {alpha.upper:.2f}"
    headline = (
        f"Coefficient alpha {alpha.value:.2f} ({ends}, {reliability_level(alpha.value).value}) of {len(names)} columns,"
        f" over {moments.n_persons} complete rows."
    )
    if turned:
        headline += f"\nTurned round: {listed(turned)}."
    return Result(headline, content, warnings=_against_words(moments, names, parts, turned))


def _against_words(moments: ItemMoments, names: Sequence[str], parts: Scales, turned: Sequence[str]) -> list[str]:
    """Ask whether columns run the other way, of all together and of each scale; of a few people it would be chance."""
    if moments.n_persons < PEOPLE_FOR_DIRECTIONS:
        return []
    said: dict[str, None] = {}
    for own in (names, *parts.values()):
        part = moments.part(np.array([names.index(name) for name in own]))
        against = [own[place] for place in runs_against_others(part)] if len(own) > 1 else []
        again = [name for name in against if name in turned]
        new = [name for name in against if name not in turned]
        if new:
            said[f"{_question(new)} --reverse {','.join(new)} turns {'them' if len(new) > 1 else 'it'} round"] = None
        if again:
            said[f"{_question(again)} --reverse has turned {'them' if len(again) > 1 else 'it'} round"] = None
    return list(said)


def _question(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"column {shown(names[0])} goes against the others: does this item run the other way?"
    return f"columns {listed(names)} go against the others: do these items run the other way?"


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


def _items(moments: ItemMoments, names: Sequence[str], means: Array) -> list[dict[str, Any]]:
    without = attempt("alpha_if_deleted", names, lambda: alpha_if_deleted(moments)) or (None,) * len(names)
    figures = zip(names, corrected_item_total(moments), without, means, np.sqrt(moments.variances), strict=True)
    keys = ("id", "corrected_item_total", "alpha_if_deleted", "mean", "sd")
    return [dict(zip(keys, item, strict=True)) for item in figures]
