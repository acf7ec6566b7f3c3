"""TOML from bytes that nobody vouches for: odd encodings, odd values and texts made to take for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eiassess.banks.checks.findings import Finding, error, printable
from eiassess.banks.reading import MAX_NUMBER
from eiassess.banks.toml_files import OutOfBoundsError, parse_toml

MAX_DEPTH = 12

AS_UTF8 = "Save it as UTF-8 without a byte order mark."
BOM = b"\xef\xbb\xbf"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class UnusableError(Exception):
    """A file whose content cannot be used at all.

    Parameters
    ----------
    said
        What is wrong.
    mend
        What to do.
    """

    def __init__(self, said: str, mend: str) -> None:
        super().__init__(said)
        self.mend = mend


@dataclass(frozen=True)
class Parsed:
    """A file's content, and what is wrong with it although it can be read."""

    table: dict[str, Any]
    findings: tuple[Finding, ...] = ()


def parse(content: bytes, file: str) -> Parsed:
    """Parse a file's bytes.

    Raises
    ------
    UnusableError
        They are not UTF-8, or not TOML.
    """
    text = _text(content.removeprefix(BOM))
    try:
        table = plain(parse_toml(text))
    except OutOfBoundsError as problem:
        raise UnusableError(str(problem), "Write it as docs/question-banks.md shows.") from None
    except ValueError as problem:  # also a number of thousands of digits
        said = printable(f"is not TOML: {problem}")
        raise UnusableError(said, "Mend the line that is named, or write the file anew.") from None
    if content.startswith(BOM):
        return Parsed(table, (error(file, "", "file", "begins with a byte order mark", AS_UTF8),))
    return Parsed(table)


def _text(content: bytes) -> str:
    if content.startswith(UTF_16):
        said = "is UTF-16 text"
        raise UnusableError(said, AS_UTF8)
    if b"\0" in content:
        said = "holds NUL bytes: it is UTF-16 text without a mark, or no text"
        raise UnusableError(said, AS_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        said = f"is not UTF-8 text (line {line})"
        raise UnusableError(said, AS_UTF8) from None


def plain(table: Mapping[str, Any]) -> dict[str, Any]:
    """Copy a table without what no field takes: dates, numbers out of all bounds, depths; ``None`` stands instead."""
    return {name: _plain(value, 1) for name, value in table.items()}


def _plain(value: object, depth: int) -> object:
    if isinstance(value, str | bool):
        return value
    if isinstance(value, int | float):
        return value if -MAX_NUMBER <= value <= MAX_NUMBER else None  # NaN lies nowhere
    if depth < MAX_DEPTH and isinstance(value, list):
        return [_plain(each, depth + 1) for each in value]
    if depth < MAX_DEPTH and isinstance(value, dict):
        return {name: _plain(each, depth + 1) for name, each in value.items()}
    return None
