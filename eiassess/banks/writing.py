"""The files of a bank as TOML, laid out as our authors write them; read again, they hold the same."""

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

LINE = 120
PROSE = 118
"""Width of a situation's lines."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_CONTROL = re.compile(r'[\x00-\x1f\x7f"\\]')
_CONTROL_IN_LINES = re.compile(r'[\x00-\x09\x0b-\x1f\x7f\\]|"(?="")|"\Z')


def toml_text(content: Mapping[str, Any], heading: str = "") -> str:
    r"""Write a file's content; a text with line breaks stands between triple quotes.

    Parameters
    ----------
    heading
        Comment lines to stand before everything else.

    Examples
    --------
    >>> print(toml_text({"id": "late-repair", "options": [{"id": "a", "text": "\"Sorry.\""}]}), end="")
    id = "late-repair"
    <BLANKLINE>
    [[options]]
    id = "a"
    text = "\"Sorry.\""
    """
    return heading + "\n".join(_table(content, ())).lstrip("\n") + "\n"


def prose(text: str) -> str:
    """Lay out a situation as the house does: wrapped lines, and a line break at the end."""
    return "\n".join(textwrap.wrap(text, PROSE, break_long_words=False, break_on_hyphens=False)) + "\n"


def leading_comment(text: str) -> str:
    """Return the comment with which a file begins, to be kept when the file is written anew."""
    lines = text.splitlines(keepends=True)
    end = next((place for place, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(lines[:end])


def _table(content: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Write fields before the tables within: after a table's head, fields would belong to it."""
    for name, value in content.items():
        if not _is_table(value) and not _is_tables(value):
            yield f"{_name(name)} = {toml_value(value, len(_name(name)) + 3)}"
    for name, value in content.items():
        inner = (*path, name)
        if _is_table(value):
            if not value or not all(map(_is_table, value.values())):  # a head of its own only where it says something
                yield from ("", f"[{_dotted(inner)}]")
            yield from _table(value, inner)
        elif _is_tables(value):
            for each in value:
                yield from ("", f"[[{_dotted(inner)}]]", *_table(each, inner))


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_table, value))


def _dotted(path: tuple[str, ...]) -> str:
    return ".".join(map(_name, path))


def _name(name: str) -> str:
    return name if _BARE.fullmatch(name) else _basic(name)


def toml_value(value: Any, taken: int = 0) -> str:  # noqa: ANN401 - what TOML can hold
    """Write a value in one line, or in several if that many letters of its line are taken already."""
    if isinstance(value, str):
        return _lines(value) if "\n" in value and taken else _basic(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _list(value, taken)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_name(name)} = {toml_value(each)}' for name, each in value.items())}}}"
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)


def _list(values: list[Any], taken: int) -> str:
    parts = [toml_value(each) for each in values]
    line = f"[{', '.join(parts)}]"
    if not taken or taken + len(line) <= LINE:
        return line
    return "\n".join(("[", *(f"  {part}," for part in parts), "]"))


def _basic(text: str) -> str:
    return f'"{_CONTROL.sub(_escape, text)}"'


def _lines(text: str) -> str:
    return f'"""\n{_CONTROL_IN_LINES.sub(_escape, text)}"""'


def _escape(found: re.Match[str]) -> str:
    letter = found[0]
    return _ESCAPES.get(letter) or f"\\u{ord(letter):04x}"
