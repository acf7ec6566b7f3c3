"""The tables of New York City's Local Law 144: every category, those left out by choice with their reason."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from eiassess.banks.tables.csv_records import listed, shown
from eiassess.cli.analyse.groups import GroupColumn, Labels
from eiassess.errors import InvalidInputError
from eiassess.psychometrics import ImpactCategory, intersections, local_law_144_table, spelling

Flags = npt.NDArray[np.bool_]


def _tables(columns: Sequence[GroupColumn]) -> list[Labels]:
    """Give each column and, of two, their intersections."""
    by_column = [column.labels for column in columns]
    crossed = intersections(*by_column) if len(by_column) > 1 else ()
    return [*by_column, crossed] if any(crossed) else by_column


def left_out_reasons(given: Sequence[str], columns: Sequence[GroupColumn]) -> dict[str, str]:
    """Read ``CATEGORY=REASON`` for each category that is to be left out.

    Raises
    ------
    InvalidInputError
        There is no such category, it is named twice, or no reason is given.
    """
    categories = sorted({label for labels in _tables(columns) for label in labels if label})
    reasons: dict[str, str] = {}
    for words in given:
        name, reason = _category_and_reason(words, categories)
        if name in reasons:
            message = f"--leave-out {words}: {shown(name)} is named twice"
            raise InvalidInputError(message)
        reasons[name] = reason
    return reasons


def _category_and_reason(words: str, categories: Sequence[str]) -> tuple[str, str]:
    """Part the words at the sign before which a category stands; a category can have the sign in its name."""
    places = [place for place, character in enumerate(words) if character == "="]
    for place in reversed(places):
        found = [name for name in categories if spelling(name) == spelling(words[:place])]
        exact = [name for name in found if name == words[:place].strip()]
        if not found:
            continue
        if words[place + 1 :].strip():
            return (exact or found)[0], words[place + 1 :].strip()
        message = f"--leave-out {words}: no reason is given; expected CATEGORY=REASON"
        raise InvalidInputError(message)
    if places:
        message = f"--leave-out {words}: there is no such category; there are {listed(categories)}"
    else:
        message = f"--leave-out {words}: is not understood; expected CATEGORY=REASON"
    raise InvalidInputError(message)


def local_law_144(columns: Sequence[GroupColumn], selected: Flags, reasons: Mapping[str, str]) -> dict[str, Any]:
    """Give the categories of all tables, and of how many people a category is not known.

    Raises
    ------
    InvalidInputError
        A category may not be left out.
    """
    by_column = [column.labels for column in columns]
    content: dict[str, Any] = {
        "categories": [_row(row, reasons) for labels in _tables(columns) for row in _rows(labels, selected, reasons)],
        "unknown": sum(None in labels for labels in zip(*by_column, strict=True)),
    }
    if len(columns) > 1:
        content["unknown_by"] = {column.name: column.n_unknown for column in columns}
    return content


def _rows(labels: Labels, selected: Flags, reasons: Mapping[str, str]) -> tuple[ImpactCategory, ...]:
    left_out = [name for name in reasons if name in labels]
    return local_law_144_table(labels, selected, left_out=left_out).categories


def _row(row: ImpactCategory, reasons: Mapping[str, str]) -> dict[str, Any]:
    cells = {
        "category": row.category,
        "n": row.n,
        "rate": row.rate,
        "impact_ratio": row.impact_ratio,
        "excluded": row.excluded,
    }
    return cells | ({"reason": reasons[row.category]} if row.excluded else {})


def unknown_counted(columns: Sequence[GroupColumn]) -> Iterator[str]:
    """Say how many people's category is unknown, and where they count all the same."""
    for column in columns:
        if column.n_unknown:
            words = f" ({listed(column.unknown)})" if column.unknown else ""
            elsewhere = "".join(_counted_by(column, other) for other in columns if other is not column)
            yield f"{column.n_unknown} people's {shown(column.name)} is unknown{words}: counted apart{elsewhere}."


def _counted_by(column: GroupColumn, other: GroupColumn) -> str:
    n = sum(own is None and its is not None for own, its in zip(column.labels, other.labels, strict=True))
    return f"; {n} of them count by {shown(other.name)}, and in no intersection" if n else ""
