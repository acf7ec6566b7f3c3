"""Flip pairs that a workbook would leave one-way: a half names a scenario that does not name it back."""

from collections.abc import Iterator, Mapping

from eiassess.banks.checks.findings import printable
from eiassess.banks.checks.twins import names_back
from eiassess.banks.exchange.contents import SCENARIOS, Table

Twins = Mapping[str, str]


def one_way_twins(before: Mapping[str, Table], after: Mapping[str, Table]) -> Iterator[tuple[str, str]]:
    """Give the scenarios whose new twin breaks a pair, each once, with what is wrong and how to mend it.

    A pair that was one-way in the bank already is left to ``eiassess bank check``.
    """
    old, new = _twins(before), _twins(after)
    found: dict[str, str] = {}
    for name, twin in new.items():
        is_new = old.get(name) != twin or names_back(name, twin, old.get(twin))
        if twin in after[SCENARIOS] and is_new and not names_back(name, twin, new.get(twin)):
            blamed, said = _blamed(name, twin, old, new)
            found.setdefault(blamed, said)
    yield from found.items()


def _twins(tree: Mapping[str, Table]) -> dict[str, str]:
    found = {name: content.get("twin") for name, content in tree[SCENARIOS].items() if isinstance(content, dict)}
    return {name: str(twin) for name, twin in found.items() if twin}


def _blamed(name: str, twin: str, old: Twins, new: Twins) -> tuple[str, str]:
    """Say which half the workbook changed: the one that names, or the one that names it no longer."""
    if name == twin:
        return name, "is the scenario itself; name the pair's other half"
    if old.get(name) == twin:
        said = f"{name!r} names it as its twin; change the twin there too, or leave this one"
        return twin, printable(said)
    there = f"names {new[twin]!r} as its twin" if twin in new else "does not name it back"
    return name, printable(f"{twin!r} {there}; write {name!r} as the twin there too, or take this one out")
