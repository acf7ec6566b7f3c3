"""``eiassess analyse norms``: a table from scores to percentile ranks and standard scores."""

from collections.abc import Sequence
from dataclasses import replace

import click
import numpy as np

from eiassess.cli.analyse.options import Job, analysis
from eiassess.cli.analyse.results import Result, finish
from eiassess.cli.analyse.tables import NUMBER, Array, open_table
from eiassess.cli.output import say
from eiassess.cli.progress import working
from eiassess.errors import NotEstimableError
from eiassess.psychometrics import (
    NormStatus,
    norm_status,
    normalised_z,
    percentile_rank,
    percentile_standard_error,
    says_nothing,
    shown_percentile,
    stanine,
    sten,
    t_score,
)

DOUBTFUL = "doubtful"
DESCRIPTION = ("population", "language", "dates")


@analysis("norms")
@click.option("--score", required=True, metavar="COL", help="Column of scores.")
@click.option("--population", metavar="TEXT", help="Who these people are, as 'applicants for service jobs'.")
@click.option("--language", metavar="TEXT", help="In which language they answered.")
@click.option("--dates", metavar="TEXT", help="When they answered, as '2026-01 to 2026-06'.")
def command(job: Job, *, score: str, **described: str | None) -> None:
    """Make a norm table of a column of FILE: percentile ranks, T, stens and stanines of each score.

    At least 100 scores are needed; below 300 the table is provisional. A simulated sample never norms a real person.
    """
    where = job.destination()
    source = open_table(job.file, job.written)
    table = source.read(((source.column(score),), NUMBER))
    scores = table.numbers(score)
    with working(f"making norms of {len(table.rows)} scores"):
        result = _result(scores[~np.isnan(scores)], {name: described[name] for name in DESCRIPTION})
    finish(job, table, _doubted(result) if table.warnings else result, where)


def _doubted(result: Result) -> Result:
    """Take back what the number of people seemed to warrant: not all that stands there are scores of all of them."""
    headline = f"{result.headline} They are doubtful: see the warning."
    if result.content["status"] == NormStatus.NOT_DOCUMENTED:
        return replace(result, headline=headline)
    return replace(result, headline=headline, content=result.content | {"status": DOUBTFUL})


def _result(scores: Array, described: dict[str, str | None]) -> Result:
    n = scores.size
    missing = [name for name, said in described.items() if says_nothing(said)]
    status = norm_status(n, is_documented=not missing)
    if status is NormStatus.NONE:
        message = f"{n} scores are too few for norms: percentiles need 100, and 300 not to be called provisional"
        raise NotEstimableError(message)
    content = {
        "n_used": n,
        "status": status.value,
        **{name: None if name in missing else said for name, said in described.items()},
        "mean": scores.mean(),
        "sd": scores.std(ddof=1),
        "scores": _rows(scores),
    }
    if missing:
        say(f"a norm is used only with its {', '.join(missing)}: give {' '.join('--' + name for name in missing)}")
    return Result(f"Norms over {n} people, {_status_words(status, missing)}.", content)


def _status_words(status: NormStatus, missing: Sequence[str]) -> str:
    if missing:
        return f"{status.value}: {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not given"
    return "at least 300" if status is NormStatus.PLAIN else status.value


def _rows(scores: Array) -> list[dict[str, object]]:
    """Give one row for each score that somebody has."""
    values, counts = np.unique(scores, return_counts=True)
    rank = percentile_rank(values, scores)
    z = normalised_z(rank, scores.size)
    columns = {
        "score": [int(value) if value.is_integer() else value for value in values.tolist()],
        "n": counts,
        "percentile_rank": rank,
        "percentile": shown_percentile(rank).astype(int),
        "percentile_se": percentile_standard_error(rank, scores.size),
        "z": z,
        "t": t_score(z),
        "sten": sten(z).astype(int),
        "stanine": stanine(z).astype(int),
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
