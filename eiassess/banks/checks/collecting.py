"""The loader's own reading, which complains about every field instead of stopping at the first."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

from eiassess.banks.reading import TableReader
from eiassess.errors import BankError

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)

Complaints = dict[tuple[str, str], BankError]
"""The first complaint about each field of each file: the second is most often its echo."""

FAR = 10**9
"""Ends of a scale that could not be read: every value lies within."""


class CollectingReader(TableReader):
    """Collects complaints, and stands in for what cannot be read: nothing, or a number that breaks no rule.

    Parameters
    ----------
    values
        The parsed table.
    file
        Its file as the reader knows it.
    found
        Where complaints go; ``None`` drops them, for a file whose absence was complained of before.
    path
        Where in the file the table stands; empty for the whole file.
    """

    def __init__(self, values: object, file: str, found: Complaints | None, path: str = "") -> None:
        self.found = found
        if not isinstance(values, dict):
            self._collect(BankError(file, path, "expected a table of fields"))
            self.found, values = None, {}
        super().__init__(values, file, path)

    def refuse(self, field: str, what: str) -> None:
        """Collect a complaint about one field."""
        self._collect(self.problem(field, what))

    def text(self, field: str, default: str | None = None) -> str:
        """Read a text; empty if there is none."""
        return self._or("", super().text, field, default)

    def integer(self, field: str) -> int:
        """Read a whole number, or 1."""
        return self._or(1, super().integer, field)

    def optional_integer(self, field: str, least: int = 0) -> int | None:
        """Read a whole number that may be left out."""
        return self._or(None, super().optional_integer, field, least)

    def integers(self, field: str, count: int) -> list[int]:
        """Read a list of whole numbers, or one from end to end of all numbers."""
        return self._or([-FAR] * (count - 1) + [FAR], super().integers, field, count)

    def number(self, field: str, minimum: float, maximum: float) -> float:
        """Read a number within limits, or NaN."""
        return self._or(float("nan"), super().number, field, minimum, maximum)

    def flag(self, field: str) -> bool:
        """Read a yes or no, or a no."""
        return self._or(False, super().flag, field)  # noqa: FBT003 - the value that stands in

    def choice(self, field: str, kind: type[Choice]) -> Choice:
        """Read one of the values of an enumeration, or its first."""
        return self._or(next(iter(kind)), super().choice, field, kind)

    def texts(self, field: str, default: Iterable[str] | None = None) -> tuple[str, ...]:
        """Read a list of texts, or an empty one."""
        return self._or((), super().texts, field, default)

    def table(self, field: str, default: dict[str, Any] | None = None) -> TableReader:
        """Read a table within this one; what is missing in one that is not there is not complained of."""
        nothing: TableReader = CollectingReader({}, self.file, None)
        return self._or(nothing, super().table, field, default)

    def tables(self, field: str, least: int = 1) -> tuple[TableReader, ...]:
        """Read a list of tables within this one, or none."""
        return self._or((), super().tables, field, least)

    def _inner(self, values: object, path: str) -> TableReader:
        return CollectingReader(values, self.file, self.found, path)

    def _or(self, instead: Value, read: Callable[..., Value], *words: object) -> Value:
        try:
            return read(*words)
        except BankError as problem:
            self._collect(problem)
            return instead

    def _collect(self, problem: BankError) -> None:
        if self.found is not None:
            self.found.setdefault((problem.file, problem.field), problem)
