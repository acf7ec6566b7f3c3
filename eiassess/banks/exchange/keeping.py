"""What sheets do not show: kept beside them, and put back wherever what they show was left as it was."""

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eiassess.banks.escapes import ESCAPE
from eiassess.banks.nesting import is_nested_deeper

Path = tuple[str | int, ...]
ABSENT = object()
SECTION_AND_FIELD = 2
DEEPEST = 16


@dataclass(frozen=True)
class Kept:
    """A place where a file holds something else than the sheets alone would make of it; ``ABSENT`` is nothing."""

    path: Path
    shown: Any
    written: Any


def kept(shown: Mapping[str, Any], written: Mapping[str, Any]) -> tuple[Kept, ...]:
    """Find every place where the files differ from what the sheets alone would make."""
    return tuple(_differences(dict(shown), dict(written), ()))


def _differences(shown: Any, written: Any, path: Path) -> Iterator[Kept]:  # noqa: ANN401 - any content
    if isinstance(shown, dict) and isinstance(written, dict):
        for name in dict.fromkeys((*shown, *written)):
            yield from _differences(shown.get(name, ABSENT), written.get(name, ABSENT), (*path, name))
    elif isinstance(shown, list) and isinstance(written, list) and len(shown) == len(written):
        for place, (one, other) in enumerate(zip(shown, written, strict=True)):
            yield from _differences(one, other, (*path, place))
    elif not _is_same(shown, written):
        yield Kept(path, shown, written)


def _is_same(one: object, other: object) -> bool:
    """Tell 5 from 5.0 and from true: their digests differ."""
    if one is ABSENT or other is ABSENT:
        return one is other
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def put_back(tree: Mapping[str, Any], records: tuple[Kept, ...]) -> dict[str, Any]:
    """Return the contents with everything that was kept, except where somebody has changed what was shown."""
    whole = copy.deepcopy(dict(tree))
    for record in records:
        inner = _inner(whole, record.path[:-1])
        if inner is not None and _is_same(_get(inner, record.path[-1]), record.shown):
            _set(inner, record.path[-1], record.written)
    return whole


def _inner(tree: Any, path: Path) -> dict[str, Any] | list[Any] | None:  # noqa: ANN401 - any content
    for step in path:
        tree = _get(tree, step)
    return tree if isinstance(tree, dict | list) else None


def _get(content: Any, step: str | int) -> Any:  # noqa: ANN401 - any content
    if isinstance(content, dict) and isinstance(step, str):
        return content.get(step, ABSENT)
    if isinstance(content, list) and isinstance(step, int) and 0 <= step < len(content):
        return content[step]
    return ABSENT


def _set(content: Any, step: str | int, value: Any) -> None:  # noqa: ANN401 - any content
    if isinstance(content, list):
        place = int(step)
        if 0 <= place < len(content) and value is not ABSENT:  # or the list has changed meanwhile
            content[place] = value
    elif value is not ABSENT:
        content[step] = value
    else:
        content.pop(step, None)


def as_text(records: tuple[Kept, ...]) -> str:
    """Write what is kept as JSON; nothing is a list without an element.

    What a spreadsheet would read as the number of a letter is written so that it does not.
    """
    text = json.dumps([[list(each.path), _boxed(each.shown), _boxed(each.written)] for each in records])
    return ESCAPE.sub(r"\\u005fx\1_", text)


def from_text(text: str) -> tuple[Kept, ...]:
    """Read what was kept.

    Raises
    ------
    ValueError
        Somebody has changed it.
    """
    if is_nested_deeper(text, DEEPEST):
        message = "is nested too deep"
        raise ValueError(message)
    try:
        entries = json.loads(text)
        _check_letters(entries)
        return tuple(_record(*entry) for entry in entries)
    except TypeError as error:
        message = "is not a list of places and values"
        raise ValueError(message) from error


def _check_letters(content: object) -> None:
    """Refuse half of a pair of letters, which JSON can name and no file can hold."""
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        message = "has letters that cannot be written"
        raise ValueError(message) from error


def _record(path: list[str | int], shown: list[Any], written: list[Any]) -> Kept:
    if (
        not isinstance(path, list)
        or len(path) < SECTION_AND_FIELD
        or any(type(step) not in {str, int} for step in path)
    ):
        message = "names no place within a file"
        raise ValueError(message)
    return Kept(tuple(path), _unboxed(shown), _unboxed(written))


def _boxed(value: Any) -> list[Any]:  # noqa: ANN401 - any content
    return [] if value is ABSENT else [value]


def _unboxed(box: list[Any]) -> Any:  # noqa: ANN401 - any content
    if not isinstance(box, list) or len(box) > 1:
        message = "holds more than a value"
        raise ValueError(message)
    return box[0] if box else ABSENT
