"""Results as text for programs: JSON, and the same as CSV."""

import json
from collections.abc import Iterator
from typing import Any

from eiassess.banks.tables.csv_cells import csv_line

Cells = dict[str, Any]

ENDS = ("low", "high")
"""Columns of an interval; other lists are numbered from 1."""
TOTAL = "total"


def as_json(content: Cells) -> Iterator[str]:
    """Write one object: a line for each of its keys, and for each entry of a list or dictionary of objects."""
    yield "{\n" + ",\n".join(f"{_line(name)}: {_json(value)}" for name, value in content.items()) + "\n}\n"


def _json(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    if isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
        return "[\n" + ",\n".join(map(_line, value)) + "\n]"
    if isinstance(value, dict) and any(isinstance(entry, dict | list) for entry in value.values()):
        return "{\n" + ",\n".join(f"{_line(name)}: {_json(entry)}" for name, entry in value.items()) + "\n}"
    return _line(value)


def _line(value: Any) -> str:  # noqa: ANN401 - the same
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def as_csv(content: Cells) -> Iterator[str]:
    """Write a row ``total`` of the single figures, then a row for each entry of each list."""
    single, lists = divided(content)
    rows = [(TOTAL, flat(single)), *((part, flat(entry)) for part, entries in lists.items() for entry in entries)]
    known = dict.fromkeys(column for _, row in rows for column in row)
    columns = [name for name in known if f"{name}.1" not in known]  # a list that is null in some row
    yield csv_line(["part", *columns])
    for part, row in rows:
        yield csv_line([part, *(_csv_cell(row.get(column)) for column in columns)])


def _csv_cell(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def divided(content: Cells, prefix: str = "") -> tuple[Cells, dict[str, list[Cells]]]:
    """Part single figures from lists of entries, wherever in the object these stand.

    A dictionary of dictionaries is a list whose entries have the key as ``id``.

    Examples
    --------
    >>> divided({"n": 3, "items": [{"id": "a"}], "law": {"unknown": 1, "categories": []}, "scales": {"x": {"n": 2}}})
    ({'n': 3, 'law.unknown': 1}, {'items': [{'id': 'a'}], 'law.categories': [], 'scales': [{'id': 'x', 'n': 2}]})
    """
    single: Cells = {}
    lists: dict[str, list[Cells]] = {}
    for key, value in content.items():
        name = prefix + key
        if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
            lists[name] = value
        elif isinstance(value, dict) and all(isinstance(entry, dict) for entry in value.values()):
            lists[name] = [{"id": own, **entry} for own, entry in value.items()]
        elif isinstance(value, dict):
            inner, inner_lists = divided(value, f"{name}.")
            single |= inner
            lists |= inner_lists
        else:
            single[name] = value
    return single, lists


def flat(values: Cells) -> Cells:
    """Spread lists and dictionaries over columns; texts are joined by ``; ``.

    Examples
    --------
    >>> flat({"interval": [0.1, 0.2], "d": [1, 2], "doubts": ["a", "b"], "z": None})
    {'interval.low': 0.1, 'interval.high': 0.2, 'd.1': 1, 'd.2': 2, 'doubts': 'a; b', 'z': None}
    >>> flat({"d": {"2": 0.5, "5": None}})
    {'d.2': 0.5, 'd.5': None}
    """
    return dict(_cells(values))


def _cells(values: Cells) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if name.endswith("interval"):
            ends = value if value is not None else (None, None)
            yield from ((f"{name}.{end}", number) for end, number in zip(ENDS, ends, strict=True))
        elif isinstance(value, list) and all(isinstance(entry, str) for entry in value):
            yield name, "; ".join(value)
        elif isinstance(value, dict):
            yield from ((f"{name}.{key}", entry) for key, entry in value.items())
        elif isinstance(value, list):
            yield from ((f"{name}.{number}", entry) for number, entry in enumerate(value, start=1))
        else:
            yield name, value
