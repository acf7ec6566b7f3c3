"""What changed between two versions of a bank, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from eiassess.banks.exchange.contents import KEYS, PRACTICE, BankContents, Table
from eiassess.banks.exchange.merging import is_same

VERSION, STATUS = "version", "status"


class Change(StrEnum):
    """What happened to a part of a bank."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class FieldChange:
    """A field with what stood there and what stands there now; ``None`` is nothing.

    Parameters
    ----------
    only_layout
        Whether only spaces or line breaks differ, or how a number is written: people see no change, digests do.
    """

    field: str
    old: str | None
    new: str | None
    only_layout: bool = False


@dataclass(frozen=True)
class PartChange:
    """A scenario, key, form or other part that was added, removed or changed."""

    kind: str
    id: str
    change: Change
    fields: tuple[FieldChange, ...] = ()
    version_not_raised: int | None = None


def bank_differences(old: BankContents, new: BankContents) -> tuple[PartChange, ...]:
    """Compare two banks that can be read; empty if they are the same to the last digest."""
    return tuple(_changes(old.tree, new.tree))


def _changes(old: Mapping[str, Table], new: Mapping[str, Table]) -> Iterator[PartChange]:
    for kind, section in (("scenario", "scenarios"), ("practice scenario", PRACTICE)):
        yield from _parts(kind, old[section], new[section], versioned=True)
    yield from _parts("key", old[KEYS], new[KEYS], versioned=True)
    yield from _parts("form", old["forms"], new["forms"], versioned=True)
    for kind, name in (("competency", "competencies"), ("style", "styles"), ("irritant", "irritants")):
        yield from _parts(kind, old["competencies"].get(name, {}), new["competencies"].get(name, {}))
    yield from _parts("group", _by_id(old["competencies"]), _by_id(new["competencies"]))
    yield from _parts("source", old["sources"].get("sources", {}), new["sources"].get("sources", {}))
    yield from _bank(old, new)


def _by_id(model: Table) -> Table:
    return {group["id"]: group for group in model.get("groups", [])}


def _parts(kind: str, old: Table, new: Table, *, versioned: bool = False) -> Iterator[PartChange]:
    for name in dict.fromkeys((*old, *new)):
        if name not in old:
            yield PartChange(kind, name, Change.ADDED)
        elif name not in new:
            yield PartChange(kind, name, Change.REMOVED)
        elif not is_same(old[name], new[name]):
            fields = tuple(_fields(kind, old[name], new[name]))
            content = versioned and any(field.field != STATUS for field in fields)
            stale = content and new[name][VERSION] <= old[name][VERSION]
            yield PartChange(kind, name, Change.CHANGED, fields, new[name][VERSION] if stale else None)


def _bank(old: Mapping[str, Table], new: Mapping[str, Table]) -> Iterator[PartChange]:
    """Compare the bank's own texts; its version stands for the model and the sources too."""
    texts, order = list(_fields("bank", old["bank"], new["bank"])), list(_model_fields(old, new))
    if not old["bank"] and new["bank"]:
        yield PartChange("bank", new["bank"].get("id", ""), Change.ADDED)
        return
    rest = any(not is_same(old[section], new[section]) for section in ("bank", "competencies", "sources"))
    if not rest:
        return
    was, now = old["bank"].get(VERSION), new["bank"].get(VERSION)
    stale = was is not None and now is not None and now <= was
    yield PartChange("bank", new["bank"].get("id", ""), Change.CHANGED, (*texts, *order), now if stale else None)


def _model_fields(old: Mapping[str, Table], new: Mapping[str, Table]) -> Iterator[FieldChange]:
    was, now = old["competencies"].get(VERSION), new["competencies"].get(VERSION)
    if was != now:
        yield _field("competencies.toml version", was, now)
    orders = [list(_by_id(tree["competencies"])) for tree in (old, new)]
    if set(orders[0]) == set(orders[1]) and orders[0] != orders[1]:
        yield _field("order of the groups", *orders)


def _fields(kind: str, old: Table, new: Table) -> Iterator[FieldChange]:
    was, now = dict(_flat(kind, old, "")), dict(_flat(kind, new, ""))
    for name in dict.fromkeys((*was, *now)):
        if name not in was or name not in now or not is_same(was[name], now[name]):
            yield _field(name, was.get(name), now.get(name))
    ids = [[option["id"] for option in content.get("options", [])] for content in (old, new)]
    if ids[0] != ids[1] and sorted(ids[0]) == sorted(ids[1]):
        yield _field("order of the options", *ids)


def _flat(kind: str, content: Any, path: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any content
    """Name the values within a part as people do: ``option b text``, ``keep-the-twelve b value``."""
    for name, value in content.items():
        if kind == "key" and not path and name == "scenarios":
            for scenario, options in value.items():
                for option, credit in options.items():
                    yield from _flat(kind, credit, f"{scenario} {option} ")
        elif name == "options" and isinstance(value, list):
            for option in value:
                yield from _flat(
                    kind, {each: option[each] for each in option if each != "id"}, f"option {option['id']} "
                )
        elif name == "interview" and isinstance(value, list):
            for number, question in enumerate(value, 1):
                yield from _flat(kind, question, f"interview question {number} ")
        elif isinstance(value, dict):
            yield from _flat(kind, value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value


def _field(name: str, old: Any, new: Any) -> FieldChange:  # noqa: ANN401 - any content
    if name in {"scenarios", "practice", "competencies"} and isinstance(old, list) and isinstance(new, list):
        return FieldChange(name, *_members(old, new))
    was, now = _shown(old), _shown(new)
    return FieldChange(name, was, now, only_layout=was == now)


def _members(old: list[str], new: list[str]) -> tuple[str | None, str | None]:
    """Say who is out and who is in; if nobody is, the two orders."""
    out, entered = [each for each in old if each not in new], [each for each in new if each not in old]
    if out or entered:
        return ", ".join(out) or None, ", ".join(entered) or None
    return ", ".join(old), ", ".join(new)


def _shown(value: Any) -> str | None:  # noqa: ANN401 - any content
    if value is None:
        return None
    if isinstance(value, list):
        return ", ".join(str(_shown(each)) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else " ".join(str(value).split())
