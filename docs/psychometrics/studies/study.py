"""What a study is: a seeded function that gives tables, and a figure drawn from them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

Cell = str | int | float | None
Row = dict[str, Cell]
Tables = dict[str, list[Row]]


@dataclass(frozen=True)
class Study:
    """A study by name: its page is ``<name>.md``.

    ``run`` takes a seed and an effort, 1.0 for the figures on the page and little for a quick look, and gives tables;
    ``draw`` makes the figure from them.
    """

    name: str
    seed: int
    run: Callable[[int, float], Tables]
    draw: Callable[[Mapping[str, list[Row]]], Markup]


def replicates(full: int, effort: float, least: int = 2) -> int:
    """Scale a number of replicates by the effort."""
    return max(least, round(full * effort))


def percent(happened: npt.ArrayLike) -> float:
    """Share of true entries in percent, one decimal; NaN does not count."""
    return round(100 * float(np.nanmean(np.asarray(happened, dtype=np.float64))), 1)


def number(row: Row, column: str) -> float | None:
    """Take a number out of a row; nothing where there is none."""
    value = row[column]
    return float(value) if isinstance(value, int | float) else None
