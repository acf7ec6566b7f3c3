"""Reading a table of values with a place for every complaint."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, TypeVar

from eiassess.domain.digests import canonical_json, digest_of
from eiassess.errors import BankError

MAX_TEXT = 4000
MAX_NUMBER = 10**9
"""No whole number of ours nears it; a longer one could be too long to be written or stored."""

Choice = TypeVar("Choice", bound=StrEnum)


class TableReader:
    """Takes fields out of a parsed table and complains with file and field about what is missing or of the wrong kind.

    Parameters
    ----------
    values
        The parsed table.
    file
        Its file as the reader knows it.
    path
        Where in the file the table stands; empty for the whole file.
    """

    def __init__(self, values: object, file: str, path: str = "") -> None:
        self.file, self.path = file, path
        if not isinstance(values, dict):
            raise BankError(file, path, "expected a table of fields")
        self.values: dict[str, Any] = values
        self._read: set[str] = set()

    def problem(self, field: str, what: str) -> BankError:
        """Make an error about one field."""
        return BankError(self.file, self._place(field), what)

    def refuse(self, field: str, what: str) -> None:
        """Complain about one field where reading could go on."""
        raise self.problem(field, what)

    def text(self, field: str, default: str | None = None) -> str:
        """Read a text that is not empty."""
        value = self._get(field, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise self.problem(field, "expected a text that is not empty")
        if len(value) > MAX_TEXT:
            raise self.problem(field, f"expected at most {MAX_TEXT} characters")
        return " ".join(value.split())

    def optional_text(self, field: str) -> str | None:
        """Read a text that may be left out."""
        return self.text(field) if field in self.values else None

    def integer(self, field: str) -> int:
        """Read a whole number."""
        value = self._get(field)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.problem(field, "expected a whole number")
        if abs(value) > MAX_NUMBER:
            raise self.problem(field, f"expected a whole number of at most {MAX_NUMBER:,}")
        return value

    def optional_integer(self, field: str, least: int = 0) -> int | None:
        """Read a whole number of at least so much that may be left out."""
        self._read.add(field)
        if field not in self.values:
            return None
        value = self.integer(field)
        if value < least:
            raise self.problem(field, f"expected a whole number from {least} up")
        return value

    def integers(self, field: str, count: int) -> list[int]:
        """Read a list of so many whole numbers."""
        values = self._get(field)
        if not isinstance(values, list) or [type(value) for value in values] != [int] * count:
            raise self.problem(field, f"expected {count} whole numbers")
        if any(abs(value) > MAX_NUMBER for value in values):
            raise self.problem(field, f"expected {count} whole numbers of at most {MAX_NUMBER:,}")
        return values

    def number(self, field: str, minimum: float, maximum: float) -> float:
        """Read a number within limits."""
        value = self._get(field)
        if isinstance(value, bool) or not isinstance(value, int | float) or not minimum <= value <= maximum:
            raise self.problem(field, f"expected a number from {minimum:g} to {maximum:g}")
        return float(value)

    def flag(self, field: str) -> bool:
        """Read a yes or no; left out, it is a no."""
        self._read.add(field)
        value = self.values.get(field, False)
        if not isinstance(value, bool):
            raise self.problem(field, "expected true or false")
        return value

    def choice(self, field: str, kind: type[Choice]) -> Choice:
        """Read one of the values of an enumeration."""
        value = self._get(field)
        try:
            return kind(value)
        except ValueError:
            said = f", not {value!r}" if isinstance(value, str) else ""  # a number can be too long to be written
            raise self.problem(field, f"expected one of {', '.join(kind)}{said}") from None

    def texts(self, field: str, default: Iterable[str] | None = None) -> tuple[str, ...]:
        """Read a list of texts."""
        values = self._get(field, None if default is None else list(default))
        if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
            raise self.problem(field, "expected a list of texts")
        return tuple(" ".join(value.split()) for value in values)

    def table(self, field: str, default: dict[str, Any] | None = None) -> "TableReader":
        """Read a table within this one."""
        return self._inner(self._get(field, default), self._place(field))

    def tables(self, field: str, least: int = 1) -> tuple["TableReader", ...]:
        """Read a list of tables within this one, by default of at least one."""
        values = self._get(field)
        if not isinstance(values, list) or len(values) < least:
            raise self.problem(field, "expected at least one table" if least else "expected a list of tables")
        return tuple(self._inner(value, f"{self._place(field)}[{number}]") for number, value in enumerate(values, 1))

    def optional_tables(self, field: str) -> tuple["TableReader", ...]:
        """Read a list of tables that may be left out."""
        self._read.add(field)
        return self.tables(field) if field in self.values else ()

    def entries(self) -> tuple[tuple[str, "TableReader"], ...]:
        """Read every field as a table, with its name."""
        return tuple((name, self.table(name)) for name in self.values)

    def finish(self) -> None:
        """Complain about fields that nobody asked for: they are most often misspelt."""
        for field in self.values:
            if field not in self._read:
                self.refuse(field, f"unknown field; known are {', '.join(sorted(self._read))}")

    def _inner(self, values: object, path: str) -> "TableReader":
        """Make the reader of a table within this one."""
        return TableReader(values, self.file, path)

    def _get(self, field: str, default: object = None) -> Any:  # noqa: ANN401 - what stands in a file can be anything
        self._read.add(field)
        if field in self.values:
            return self.values[field]
        if default is None:
            raise self.problem(field, "is missing")
        return default

    def _place(self, field: str) -> str:
        return f"{self.path}.{field}" if self.path else field


def digest_of_table(table: TableReader) -> str:
    """Digest a table that was read to its end: fields that nobody knows are refused, not pinned."""
    table.finish()
    return digest_of(canonical_json(table.values))
