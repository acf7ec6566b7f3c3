"""``eiassess analyse quality``: whose answers are a reason for a conversation, never for a rejection."""

from collections.abc import Sequence
from typing import Any

import click
import numpy as np

from eiassess.cli.analyse.options import Job, analysis, takes_columns
from eiassess.cli.analyse.quality_indices import Flags, Index, page_index, profile_indices
from eiassess.cli.analyse.results import Result, finish
from eiassess.cli.analyse.tables import NUMBER, SECONDS, YES_OR_NO, Array, DataTable, open_table
from eiassess.cli.progress import working
from eiassess.errors import InvalidInputError
from eiassess.psychometrics import INDICES_NEEDED, longest_run, two_index_rule

FOR_A_CONVERSATION = "Flags are reasons for a conversation, never for a rejection."


@analysis("quality")
@takes_columns
@click.option("--times", metavar="COLUMNS", help="Columns of seconds, one for each page.")
@click.option("--options", "n_options", type=click.IntRange(min=1), help="Options on a page; else COLUMNS by pages.")
@click.option("--extra-time", metavar="COL", help="Column that says who was granted extra time: 1 or 0, yes or no.")
def command(job: Job, *, columns: str, times: str | None, n_options: int | None, extra_time: str | None) -> None:
    """Look for signs of careless answers in columns of FILE, row by row.

    A row is worth a conversation when two or more indices agree; one alone says nothing.
    """
    where = job.destination()
    source = open_table(job.file, job.written)
    names = source.select(columns)
    pages = source.select(times) if times else ()
    granted = (source.column(extra_time),) if extra_time else ()
    table = source.read((names, NUMBER), (pages, SECONDS), (granted, YES_OR_NO))
    indices = profile_indices(table.scores(names), names)
    if pages:
        exempt = table.numbers(granted[0]) == 1 if granted else np.zeros(len(table.rows), dtype=np.bool_)
        indices = (page_index(table.scores(pages), _options(names, pages, n_options), exempt), *indices)
    with working(f"judging {len(table.rows)} rows by {len(indices)} indices"):
        result = _result(table, table.scores(names), indices)
    finish(job, table, result, where)


def _options(names: Sequence[str], pages: Sequence[str], given: int | None) -> int:
    """Say how many options a page has: if nothing is given, the columns shared out evenly over the pages."""
    if given is None and len(names) % len(pages):
        message = f"{len(names)} columns on {len(pages)} pages; say with --options how many options a page has"
        raise InvalidInputError(message)
    return given or len(names) // len(pages)


def _result(table: DataTable, scores: Array, indices: Sequence[Index]) -> Result:
    flags = np.column_stack([index.flags for index in indices])
    agreed = two_index_rule(flags)
    content: dict[str, Any] = {
        "n_used": len(table.rows),
        "n_conversation": int(agreed.sum()),
        "indices": [_index(index) for index in indices],
        "persons": _persons(table, scores, indices, flags, agreed),
    }
    headline = f"{agreed.sum()} of {len(table.rows)} rows have {INDICES_NEEDED} flags or more. {FOR_A_CONVERSATION}"
    flagged = sorted((row for row in content["persons"] if row["flags"]), key=lambda row: -len(row["flags"]))
    return Result(headline, content, {"persons": flagged})


def _index(index: Index) -> dict[str, Any]:
    return {
        "index": index.name,
        "rule": index.rule,
        "cut": index.cut,
        "n_flagged": None if index.problem else int(index.flags.sum()),
        "not_estimable": index.problem,
    }


def _persons(
    table: DataTable, scores: Array, indices: Sequence[Index], flags: Flags, agreed: Flags
) -> list[dict[str, Any]]:
    names = [index.name for index in indices]
    columns = {
        "row": table.rows,
        "flags": [[name for name, flag in zip(names, row, strict=True) if flag] for row in flags.tolist()],
        "conversation": agreed.tolist(),
        **{name: values.tolist() for index in indices for name, values in index.values.items()},
        "longest_run": longest_run(scores).tolist(),
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
