"""What the analyses give back, and what they say where a statistic has no value."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from eiassess.banks.tables.csv_records import shown
from eiassess.cli.analyse.options import Destination, Job
from eiassess.cli.analyse.rendering import as_csv, as_json
from eiassess.cli.analyse.tables import DataTable
from eiassess.cli.analyse.terminal import as_table
from eiassess.cli.output import say, write_result
from eiassess.errors import InvalidInputError, NotEstimableError

SOME_REFUSED = 1

Value = TypeVar("Value")


@dataclass(frozen=True)
class Result:
    """What an analysis found.

    Parameters
    ----------
    headline
        The message in a sentence or two, above the table.
    content
        What is written as JSON and CSV, below ``warnings``: numbers, text, lists and dictionaries; NaN becomes null.
    in_table
        What a table shows instead of some of it; what is None there a table leaves out.
    in_csv
        What CSV holds instead of some of it.
    warnings
        What has to be known before the figures, beside what the rows themselves give cause for.
    """

    headline: str
    content: dict[str, Any]
    in_table: dict[str, Any] = field(default_factory=dict)
    in_csv: dict[str, Any] = field(default_factory=dict)
    warnings: Sequence[str] = ()


def finish(job: Job, table: DataTable, result: Result, where: Destination) -> None:
    """Write a result, say how many rows it rests on, and leave with the exit code."""
    warnings = [*table.warnings, *result.warnings]
    content = ({"warnings": warnings} if warnings else {}) | plain(result.content)
    if where.layout == "table":
        left_out = {name for name, cells in result.in_table.items() if cells is None} | {"warnings"}
        in_table = {name: cells for name, cells in (content | plain(result.in_table)).items() if name not in left_out}
        headline = "".join(f"Warning: {warning}\n" for warning in warnings) + result.headline
        write_result(where.path, as_table(headline, in_table))
    else:
        is_csv = where.layout == "csv"
        write_result(where.path, as_csv(content | plain(result.in_csv)) if is_csv else as_json(content))
    for warning in warnings:
        say(f"warning: {warning}")
    say(f"{len(table.rows)} of {len(table.rows) + table.n_refused} rows read")
    if table.n_refused:
        job.context.exit(SOME_REFUSED)


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Turn numpy's numbers into Python's, tuples into lists, and what is no number into None.

    Examples
    --------
    >>> plain({"a": (np.float64(0.5), np.nan), "b": np.bool_(True)})
    {'a': [0.5, None], 'b': True}
    """
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [plain(each) for each in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not np.isfinite(value) else value


def attempt(what: str, columns: Sequence[str], statistic: Callable[[], Value]) -> Value | None:
    """Take a statistic; where it has no value, say why and give None."""
    try:
        return statistic()
    except NotEstimableError as error:
        say(f"{what}: not estimable: {with_names(str(error), columns)}")
        return None


@contextmanager
def naming(columns: Sequence[str]) -> Iterator[None]:
    """Let errors of the statistics, which know columns by number only, name them."""
    try:
        yield
    except (NotEstimableError, InvalidInputError) as error:
        raise type(error)(with_names(str(error), columns)) from error


@contextmanager
def adding(words: Sequence[str]) -> Iterator[None]:
    """Add to the reason why there is no result what was left out before."""
    try:
        yield
    except (NotEstimableError, InvalidInputError) as error:
        raise type(error)("; ".join([str(error), *words])) from error


def with_names(message: str, columns: Sequence[str]) -> str:
    """Put the name of a column for its number.

    Examples
    --------
    >>> with_names("item 2 is the same for everybody", ["s01", "s02"])
    'column s02 is the same for everybody'
    """

    def name(match: re.Match[str]) -> str:
        number = int(match[1])
        return f"column {shown(columns[number - 1])}" if 1 <= number <= len(columns) else match[0]

    return re.sub(r"\bitem ([0-9]+)\b", name, message)
