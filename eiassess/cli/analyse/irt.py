"""``eiassess analyse irt``: a graded response or generalised partial credit model of some columns."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from eiassess.banks.tables.csv_cells import csv_line
from eiassess.banks.tables.csv_records import shown
from eiassess.cli.analyse.irt_steps import Item, by_step, in_words
from eiassess.cli.analyse.options import Job, analysis, takes_columns
from eiassess.cli.analyse.results import Result, adding, attempt, finish, naming, with_names
from eiassess.cli.analyse.tables import WHOLE_NUMBER, DataTable, open_table
from eiassess.cli.output import say, write_result
from eiassess.cli.progress import working
from eiassess.psychometrics import (
    Calibration,
    GeneralizedPartialCreditModel,
    GradedResponseModel,
    StandardErrors,
    silent_items,
)

MODELS = {"grm": GradedResponseModel, "gpcm": GeneralizedPartialCreditModel}


@analysis("irt")
@takes_columns
@click.option("--model", type=click.Choice(list(MODELS)), required=True, help="Graded response or partial credit.")
@click.option("--scores", type=click.Path(path_type=Path, dir_okay=False), help="CSV file for each row's theta and se.")
@click.option("--min-category", type=click.IntRange(min=1), help="Collapse categories with fewer answers than this.")
@click.option("--priors", is_flag=True, help="Put priors on slopes and intercepts; they move the slopes.")
def command(job: Job, *, columns: str, model: str, scores: Path | None, min_category: int | None, priors: bool) -> None:
    """Calibrate some columns of FILE, ordered categories as whole numbers, with theta ~ N(0, 1).

    Missing entries are skipped; a column on which all have the same is left out, and named. At least 250 rows are
    needed; below 500 there is a warning.
    """
    where = job.destination(scores)
    source = open_table(job.file, job.written)
    chosen = source.select(columns)
    table = source.read((chosen, WHOLE_NUMBER))
    left_out = {chosen[place]: why for place, why in silent_items(table.scores(chosen), min_category).items()}
    names = [name for name in chosen if name not in left_out]
    what = f"calibrating {len(names)} columns of {len(table.rows)} rows"
    with naming(names), adding([*_left_out_words(left_out), *table.warnings]), working(what):
        calibration = MODELS[model](min_category=min_category, priors=priors).fit(table.scores(names))
    for warning in calibration.warnings:
        say(f"warning: {with_names(warning, names)}")
    result = _result(calibration, names, model, left_out)
    if scores is not None:
        write_result(scores, _scores(calibration, table))
    finish(job, table, result, where)


def _result(calibration: Calibration, names: Sequence[str], model: str, left_out: dict[str, str]) -> Result:
    reliability = attempt("empirical_reliability", names, lambda: calibration.empirical_reliability)
    errors = attempt("standard errors", names, lambda: calibration.standard_errors)
    items = [_item(calibration, errors, place, name) for place, name in enumerate(names)]
    content = {
        "n_used": calibration.n_used,
        "log_likelihood": calibration.log_likelihood,
        "converged": calibration.converged,
        "iterations": calibration.iterations,
        "empirical_reliability": reliability,
        **({"left_out": [{"id": name, "reason": why} for name, why in left_out.items()]} if left_out else {}),
        "items": items,
    }
    ended = "converged" if calibration.converged else "NOT converged"
    known = "not estimable" if reliability is None else f"{reliability:.2f}"
    headline = f"{model.upper()} of {len(names)} columns over {calibration.n_used} rows: {ended}; reliability {known}."
    tables = {"in_table": {"items": in_words(items)}, "in_csv": {"items": by_step(items)}}
    return Result(headline, content, **tables, warnings=_left_out_words(left_out))


def _left_out_words(left_out: dict[str, str]) -> list[str]:
    return [f"column {shown(name)} is left out: {why}" for name, why in left_out.items()]


def _item(calibration: Calibration, errors: StandardErrors | None, place: int, name: str) -> Item:
    """Describe a column; a category is called by the lowest score in it."""
    scores = calibration.category_scores[place]
    collapsed = [" and ".join(f"{score:g}" for score in own) for own in scores if len(own) > 1]
    return {
        "id": name,
        "a": calibration.a[place],
        "categories": [int(own[0]) for own in scores],
        "d": calibration.d[place],
        "se_a": errors and errors.a[place],
        "se_d": errors and errors.d[place],
        **({"collapsed": collapsed} if collapsed else {}),
    }


def _scores(calibration: Calibration, table: DataTable) -> Iterator[str]:
    """Write a line for each usable row; blank for who answered nothing."""
    yield csv_line(["row", "theta", "se"])
    people = calibration.abilities
    columns = (table.rows, people.theta.tolist(), people.standard_error.tolist(), people.answered.tolist())
    for row, theta, error, answered in zip(*columns, strict=True):
        yield csv_line([row, theta, error] if answered else [row, None, None])
