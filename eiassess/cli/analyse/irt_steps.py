"""The steps of calibrated columns by the category that each leads into, not by their place among these."""

from collections.abc import Sequence
from typing import Any

from eiassess.cli.analyse.terminal import shown_value

Item = dict[str, Any]
STEPS = ("d", "se_d")


def by_step(items: Sequence[Item]) -> list[Item]:
    """Give intercepts and errors a column of their own for each category, blank where an item does not have it.

    Examples
    --------
    >>> items = [{"categories": [1, 3], "d": [0.5], "se_d": None}, {"categories": [1, 2], "d": [0.1], "se_d": [0.2]}]
    >>> by_step(items)[0]
    {'categories': ['1', '3'], 'd': {'2': None, '3': 0.5}, 'se_d': {'2': None, '3': None}}
    """
    steps = sorted({category for item in items for category in item["categories"][1:]})
    return [item | _named(item, steps) for item in items]


def _named(item: Item, steps: Sequence[int]) -> Item:
    own = item["categories"][1:]
    found = {name: dict(zip(own, () if item[name] is None else item[name], strict=False)) for name in STEPS}
    spread = {name: {str(step): values.get(step) for step in steps} for name, values in found.items()}
    return {"categories": [str(category) for category in item["categories"]], **spread}


def in_words(items: Sequence[Item]) -> list[Item]:
    """Put the category before each intercept and error.

    Examples
    --------
    >>> in_words([{"id": "c", "categories": [1, 3], "d": [0.5], "se_d": None}])
    [{'id': 'c', 'd': ['3: 0.500'], 'se_d': None}]
    """
    return [
        {name: _led(item, name) if name in STEPS else cell for name, cell in item.items() if name != "categories"}
        for item in items
    ]


def _led(item: Item, name: str) -> list[str] | None:
    if item[name] is None:
        return None
    into = item["categories"][1:]
    return [f"{category}: {shown_value(float(each))}" for category, each in zip(into, item[name], strict=True)]
